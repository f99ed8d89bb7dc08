// A member of the room: its connection, what it sends, and what it tells about itself.

import type {
  FileOffer,
  Kind,
  Member,
  MemberEvents,
  MemberState,
  MemberStats,
  MemberStream,
  PeerQuality,
} from '../../koeru.call.js';
import { Delivery, type DataMessage, type ReceivedMessage } from './delivery.js';
import { EventSource } from './emitter.js';
import { callError } from './errors.js';
import { receiveFile } from './file_receiver.js';
import { Peer, type PeerOptions } from './peer.js';
import { randomId } from './random.js';
import { RemoteStreams } from './remote_streams.js';
import { reportsOf } from './reports.js';
import { memberStats, type Counters } from './stats.js';

// Messages on koeru.control (CALL.md).
export type ControlMessage =
  | { type: 'text'; text: string }
  | { type: 'muted'; audio: boolean; video: boolean }
  | { type: 'ping' | 'pong' | 'bye' }
  | ReceivedMessage;

export interface MemberOwner {
  // Everything of PeerOptions that is not about one member.
  peerOptions(id: string): Pick<
    PeerOptions,
    'isPolite' | 'config' | 'refresh' | 'tracks' | 'send' | 'clock' | 'isFirefox'
  >;
  onmessage(member: RoomMember, text: string): void;
  ondata(member: RoomMember, data: string | ArrayBuffer): void;
  onfile(offer: FileOffer): void;
  onopen(member: RoomMember): void;
  onbye(member: RoomMember): void;
  onstate(member: RoomMember): void;
  ongaveup(member: RoomMember): void;
  onnorelay(member: RoomMember): void;
  onerror(error: unknown): void;
}

export class RoomMember extends EventSource<MemberEvents> implements Member {
  state: MemberState = 'connecting';
  muted: Record<Kind, boolean> = { audio: false, video: false };
  quality: PeerQuality | null = null;
  // The signalling does not know it any more; kept while its connection works.
  isMissing = false;
  readonly peer: Peer;
  private delivery: Delivery;
  private wasOpen = false;
  private remote: RemoteStreams;
  private counters: Counters | null = null;

  constructor(
    readonly id: string,
    readonly name: string | undefined,
    isNewcomer: boolean,
    private owner: MemberOwner,
  ) {
    super();
    this.remote = new RemoteStreams(
      (stream) => this.emit('stream', stream),
      (stream) => this.emit('streamend', stream),
    );
    this.delivery = new Delivery(randomId(), name || id);
    const options: PeerOptions = {
      ...owner.peerOptions(id),
      member: name || id,
      onstate: (state) => this.follow(state),
      onkinds: (kinds) => (this.remote.kinds = kinds),
      ontrack: (event) => this.remote.add(event),
      onreplaced: () => this.replaced(),
      ping: () => this.tell({ type: 'ping' }),
      oncontrol: (text) => this.control(text),
      oncontrolopen: () => {
        this.tell(this.delivery.report());
        this.follow(this.connection.connectionState);
        owner.onopen(this);
      },
      ondata: (data) => {
        const bytes = typeof data === 'string' ? data.length : data.byteLength;
        if (this.delivery.data.count(bytes)) this.tell(this.delivery.report());
        owner.ondata(this, data);
      },
      onfile: (channel) => receiveFile(channel, this, (offer) => owner.onfile(offer)),
      onnorelay: () => owner.onnorelay(this),
      onerror: (error) => owner.onerror(error),
    };
    this.peer = new Peer(options, isNewcomer);
  }

  override on<Name extends keyof MemberEvents>(
    name: Name,
    handler: (event: MemberEvents[Name]) => void,
  ): () => void {
    const off = super.on(name, handler);
    const tell = handler as (stream: MemberStream) => void;
    if (name === 'stream') this.streams.forEach((stream) => tell(stream));
    return off;
  }

  get connection(): RTCPeerConnection {
    return this.peer.connection;
  }

  get streams(): MemberStream[] {
    return this.remote.all;
  }

  get isOpen(): boolean {
    return this.peer.control.isOpen;
  }

  // Also while a connection is being mended or made anew: what is said then arrives later.
  get canHear(): boolean {
    return this.wasOpen && this.state !== 'failed' && this.state !== 'closed';
  }

  say(text: string, bytes: number): void {
    this.delivery.text.push(text, bytes).catch((error) => {
      if (error.code !== 'closed') this.owner.onerror(error);
    });
  }

  send(data: DataMessage, bytes: number): Promise<void> {
    if (!this.canHear) return Promise.reject(this.closed());
    return this.delivery.data.push(data, bytes);
  }

  tell(message: ControlMessage): void {
    if (this.isOpen) this.peer.control.channel.send(JSON.stringify(message));
  }

  async stats(): Promise<MemberStats> {
    const { connection } = this;
    const found = await reportsOf(connection);
    const sdp = connection.remoteDescription ? connection.remoteDescription.sdp : '';
    const { stats, counters } = memberStats(found, performance.now(), sdp, this.counters);
    if (found.length) this.counters = counters;
    return stats;
  }

  close(): void {
    this.peer.close();
    this.delivery.close(this.closed());
    this.setState('closed');
  }

  setQuality(quality: PeerQuality): void {
    this.quality = quality;
    this.emit('quality', quality);
  }

  // Where no relay gave an address and nothing else may be used, it cannot come up.
  fail(): void {
    this.setState('failed');
  }

  private closed(): Error {
    return callError('PeerError', 'closed', { member: this.name || this.id });
  }

  private replaced(): void {
    this.delivery.suspend();
    this.counters = null;
    this.remote.clear();
  }

  private follow(state: RTCPeerConnectionState | 'gave-up'): void {
    // Both are needed before anything can be said; which comes first depends on the browser.
    if (state === 'connected' && this.isOpen) {
      this.wasOpen = true;
      this.setState('connected');
    } else if (state === 'gave-up') {
      if (this.state !== 'failed') this.owner.ongaveup(this);
      this.setState('failed');
    } else if (state === 'disconnected' || state === 'failed') {
      // Until it is mended it stays what it is, whatever steps that takes.
      if (this.state !== 'failed') this.setState('lost');
    }
  }

  private setState(state: MemberState): void {
    if (this.state === state || this.state === 'closed') return;
    this.state = state;
    this.owner.onstate(this);
    this.emit('state', state);
  }

  private control(text: string): void {
    let message: ControlMessage;
    try {
      message = JSON.parse(text);
    } catch (error) {
      return; // of a later version: unknown messages are ignored
    }
    if (message.type === 'received') this.delivery.receive(message, () => this.writers());
    if (message.type === 'text') this.heard(String(message.text));
    if (message.type === 'ping') this.tell({ type: 'pong' });
    if (message.type === 'pong') this.peer.pong();
    if (message.type === 'bye') this.owner.onbye(this);
    if (message.type === 'muted') {
      this.muted = { audio: message.audio === true, video: message.video === true };
      this.emit('muted', this.muted);
    }
  }

  private heard(text: string): void {
    if (this.delivery.text.count(text.length)) this.tell(this.delivery.report());
    this.owner.onmessage(this, text);
  }

  // Into the present connection.
  private writers() {
    const { control, data } = this.peer;
    return {
      text: (text: string) => control.channel.send(JSON.stringify({ type: 'text', text })),
      data: (message: DataMessage) => data.send(message),
    };
  }
}
