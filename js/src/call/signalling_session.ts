// Our side of a membership that outlives its connection (SIGNALLING.md, "Coming back"): what was
// sent and not acknowledged, and how many messages came. No sockets, no time.

const kAckAfter = 16;

interface Outgoing {
  n: number;
  text: string;
}

export class SignallingSession {
  // How many messages of the server came that it keeps for us.
  received = 0;
  private last = 0;
  private unacknowledged: Outgoing[] = [];
  private sinceAck = 0;

  constructor(
    private room: string,
    private secret: string,
    private name?: string,
    // The "peer" of "join": who wants to call the server's own media peer.
    private peer: () => object | undefined = () => undefined,
  ) {}

  join(): string {
    const { room, secret } = this;
    const name = this.name || undefined;
    return JSON.stringify({ type: 'join', room, secret, name, peer: this.peer() });
  }

  resume(): string {
    const { room, secret, received } = this;
    return JSON.stringify({ type: 'resume', room, secret, received });
  }

  ack(): string {
    this.sinceAck = 0;
    return JSON.stringify({ type: 'ack', received: this.received });
  }

  signal(to: string, data: object): string {
    const n = ++this.last;
    const text = JSON.stringify({ type: 'signal', to, data, n });
    this.unacknowledged.push({ n, text });
    ++this.sinceAck;
    return text;
  }

  // A new membership: nothing of the old one counts.
  restart(): void {
    this.received = this.last = this.sinceAck = 0;
    this.unacknowledged = [];
  }

  count(type: string): void {
    if (type !== 'member-joined' && type !== 'member-left' && type !== 'signal') return;
    ++this.received;
    ++this.sinceAck;
  }

  // The server has all up to this number.
  acknowledged(received: number): void {
    this.unacknowledged = this.unacknowledged.filter(({ n }) => n > received);
  }

  // To be sent again, after a resume or when the server dropped some for speed.
  pending(): string[] {
    return this.unacknowledged.map(({ text }) => text);
  }

  get owesAck(): boolean {
    return this.sinceAck >= kAckAfter;
  }
}
