// One kind of message from one member to another, and back: what was not acknowledged is kept, and
// sent again when the connection had to be made anew. So each arrives once, in order. No channels, no
// time. CALL.md, "Nothing is lost".

import { callError } from './errors.js';

// What a message takes beside its bytes, so that empty ones have a bound, too.
const kOverheadBytes = 64;
// A promise of `push` waits while more than this is kept: who awaits it never comes near the limit.
const kWindowBytes = 4 << 20;
// Much less than any limit: acknowledgements are due before somebody has to wait for them.
const kAckBytes = 256 << 10;

interface Kept<Message> {
  message: Message;
  bytes: number;
  isTaken: boolean; // by the channel's buffer, once
  done: () => void;
  fail: (error: Error) => void;
}

// Gives the message to a channel. A promise that rejects means: the connection is gone.
export type WriteMessage<Message> = (message: Message) => void | Promise<void>;

export class MessageLane<Message> {
  // How many of the other side's have come.
  received = 0;
  private unacknowledgedBytes = 0; // of what came
  private acknowledged = 0; // how many of ours were there before the first that is kept
  private kept: Kept<Message>[] = [];
  private bytes = 0; // of what is kept
  private written = 0; // how many of those went into the present connection
  private settled = 0; // how many of those need no promise any more
  private write: WriteMessage<Message> | null = null;
  private pumping: WriteMessage<Message> | null = null;

  // `mostBytes`: what may be kept. `member`: for the words of an error.
  constructor(
    private mostBytes: number,
    private member: string,
  ) {}

  // Resolves when a channel has taken it and not too much is under way; rejects with PeerError
  // 'full', or what `close` says.
  push(message: Message, bytes: number): Promise<void> {
    const size = bytes + kOverheadBytes;
    if (this.bytes + size > this.mostBytes) {
      const facts = { member: this.member, messages: this.kept.length, bytes: this.bytes };
      return Promise.reject(callError('PeerError', 'full', facts));
    }
    this.bytes += size;
    const result = new Promise<void>((done, fail) => {
      this.kept.push({ message, bytes: size, isTaken: false, done, fail });
    });
    void this.pump();
    return result;
  }

  // A connection is there. `received`: how many the other side has; null when it knows nothing of
  // us, and counts from the first that is sent now.
  start(write: WriteMessage<Message>, received: number | null): void {
    if (received === null) this.acknowledged = 0;
    else this.ack(received);
    this.written = 0;
    this.write = write;
    void this.pump();
  }

  // The connection is gone; another one may come.
  suspend(): void {
    this.write = null;
  }

  ack(received: number): void {
    const count = Math.min(Math.max(0, Math.trunc(received - this.acknowledged) || 0), this.kept.length);
    for (const { bytes, done } of this.kept.splice(0, count)) {
      this.bytes -= bytes;
      done();
    }
    this.acknowledged += count;
    this.written = Math.max(0, this.written - count);
    this.settled = Math.max(0, this.settled - count);
    this.settle();
  }

  close(error: Error): void {
    this.write = null;
    this.kept.splice(0).forEach(({ fail }) => fail(error));
    this.bytes = this.written = this.settled = 0;
  }

  // One came. True: it is time to acknowledge.
  count(bytes: number): boolean {
    ++this.received;
    this.unacknowledgedBytes += bytes + kOverheadBytes;
    if (this.unacknowledgedBytes < kAckBytes) return false;
    this.unacknowledgedBytes = 0;
    return true;
  }

  // Another page, which has sent nothing yet.
  forget(): void {
    this.received = this.unacknowledgedBytes = 0;
  }

  private async pump(): Promise<void> {
    const { write } = this;
    if (!write || this.pumping === write) return;
    this.pumping = write;
    while (this.write === write && this.written < this.kept.length) {
      const one = this.kept[this.written++]!;
      try {
        const taken = write(one.message);
        if (taken) await taken;
      } catch (error) {
        // The connection has ended: `start` begins with what has not arrived.
        if (this.write === write) this.write = null;
        break;
      }
      one.isTaken = true;
      this.settle();
    }
    if (this.pumping === write) this.pumping = null;
  }

  private settle(): void {
    if (this.bytes > kWindowBytes) return;
    while (this.settled < this.kept.length && this.kept[this.settled]!.isTaken) {
      this.kept[this.settled++]!.done();
    }
  }
}
