// A room as one of its members sees it: signalling on one side, a connection per member on the other.

import type {
  CallError,
  FileSource,
  FileTransfer,
  Kind,
  Member,
  Receivers,
  Room,
  RoomEvents,
  SignallingHandlers,
  SignallingMember,
  SignallingState,
  SignallingTransport,
} from '../../koeru.call.js';
import type { Clock } from './clock.js';
import type { Credentials } from './credentials.js';
import { EventSource } from './emitter.js';
import { callError } from './errors.js';
import { FileSender } from './file_sender.js';
import type { LocalMedia } from './local_media.js';
import { RoomMember, type MemberOwner } from './member.js';
import { copyOf, sizeOf } from './message_bytes.js';
import type { PeerNews } from './media_peer.js';
import type { PeerSignal } from './peer.js';

// How long a member that the signalling does not know any more, and whose connection broke, may
// take to come back: as long as koeru-relay's grace.
const kMissingMs = 30_000;

export interface RoomOptions {
  room: string;
  name: string;
  relayOnly: boolean;
  transport: SignallingTransport;
  credentials: Credentials;
  clock: Clock;
  isFirefox: boolean;
}

export class CallRoom extends EventSource<RoomEvents> implements Room {
  self = '';
  state: SignallingState = 'reconnecting';
  media!: LocalMedia;
  private byId = new Map<string, RoomMember>();
  private joins = 0;

  constructor(private options: RoomOptions) {
    super();
    options.credentials.onchange = (config) => {
      this.byId.forEach(({ connection }) => {
        if (connection.signalingState !== 'closed') connection.setConfiguration(config);
      });
    };
  }

  // Whoever waited for `join` missed those who were there first: they are told of now.
  override on<Name extends keyof RoomEvents>(
    name: Name,
    handler: (event: RoomEvents[Name]) => void,
  ): () => void {
    const off = super.on(name, handler);
    if (name === 'member') this.members.forEach((member) => (handler as (m: Member) => void)(member));
    return off;
  }

  get room(): string {
    return this.options.room;
  }
  get name(): string {
    return this.options.name;
  }
  get members(): RoomMember[] {
    return [...this.byId.values()];
  }
  get stream(): MediaStream | null {
    return this.media.stream;
  }
  get screen(): MediaStream | null {
    return this.media.screen;
  }
  get muted(): Readonly<Record<Kind, boolean>> {
    return this.media.muted;
  }

  // ------------------------------------------------------------------------------- what we send

  setStream(stream: MediaStream | null): Promise<void> {
    return this.media.setStream(stream);
  }
  switchDevice(kind: Kind, deviceId: string): Promise<MediaStreamTrack> {
    return this.media.switchDevice(kind, deviceId);
  }
  shareScreen(stream?: MediaStream): Promise<MediaStream> {
    return this.media.shareScreen(stream);
  }
  stopScreen(): void {
    this.media.stopScreen();
  }

  mute(kind: Kind, muted = true): void {
    this.media.mute(kind, muted);
    this.members.forEach((member) => this.tellMuted(member));
    this.emit('media', undefined);
  }

  // LocalMedia's onchange.
  async sync(): Promise<void> {
    await Promise.all(this.members.map(({ peer }) => peer.sync()));
    this.emit('media', undefined);
  }

  say(text: string): boolean {
    const line = String(text);
    const bytes = sizeOf('say', line);
    const members = this.members.filter(({ canHear }) => canHear);
    members.forEach((member) => member.say(line, bytes));
    return members.length > 0;
  }

  async send(data: string | ArrayBuffer | ArrayBufferView, to?: Receivers): Promise<void> {
    const bytes = sizeOf('send', data);
    const message = typeof data === 'string' ? data : copyOf(data);
    const receivers = to ? ([] as Member[]).concat(to) : this.members.filter(({ canHear }) => canHear);
    await Promise.all(receivers.map((member) => (member as RoomMember).send(message, bytes)));
  }

  sendFile(file: FileSource, to: Member, { name }: { name?: string } = {}): FileTransfer<void> {
    const member = to as RoomMember;
    if (!member.isOpen) throw callError('PeerError', 'closed', { member: to.name || to.id });
    return new FileSender(member.peer.openFileChannel(), to, file, name || file.name || 'file');
  }

  restart(): void {
    this.members.forEach(({ peer }) => peer.mend());
  }

  leave(): void {
    if (this.state === 'closed') return;
    this.members.forEach((member) => member.tell({ type: 'bye' }));
    this.options.transport.close();
    this.close();
  }

  // -------------------------------------------------------------------------------- signalling

  // `onjoined` the first time, `onfailed` when there is none.
  open(onjoined: () => void, onfailed: (error: Error) => void): void {
    const handlers: SignallingHandlers = {
      joined: ({ self, members }) => {
        const isFirst = !this.self;
        this.self = self;
        ++this.joins;
        this.setState('open');
        if (isFirst) onjoined();
        this.meet(members, isFirst);
      },
      memberJoined: (member) => this.arrived(member, false),
      memberLeft: (id, isLost) => this.left(id, isLost === true),
      signal: (from, data) => this.receive(from, data as PeerSignal),
      state: (state) => this.self && this.follow(state),
      error: (error, isFinal) => {
        if (!this.self) return isFinal ? onfailed(error) : undefined;
        this.emit('error', error as CallError);
        if (isFinal) this.close();
      },
    };
    this.options.transport.open(handlers);
  }

  // The newcomer makes the offers, one to each member who was there before. After a break long
  // enough for messages to be lost, members are told from newcomers by their ids.
  private meet(members: SignallingMember[], isFirst: boolean): void {
    const present = new Set(members.map(({ id }) => id));
    for (const member of this.members) {
      if (!present.has(member.id)) this.missing(member);
    }
    members.forEach((member) => this.arrived(member, true));
    if (!isFirst) this.emit('media', undefined);
  }

  private arrived({ id, name }: SignallingMember, isNewcomer: boolean): void {
    const known = this.byId.get(id);
    if (known) {
      known.isMissing = false;
      return void known.peer.resync(isNewcomer);
    }
    const member = new RoomMember(id, name, isNewcomer, this.owner);
    this.byId.set(id, member);
    this.emit('member', member);
  }

  private receive(from: string, signal: PeerSignal): void {
    const member = this.byId.get(from);
    if (!member) return;
    const { peer } = signal as { peer?: PeerNews };
    if (peer) this.heard(member, peer);
    else member.peer.receive(signal);
  }

  // The server's own media peer. Whom it refuses it does not answer.
  private heard(member: RoomMember, { error, quality }: PeerNews): void {
    if (quality) member.setQuality(quality);
    if (!error) return;
    const facts = { member: member.name || member.id, reason: error.message };
    this.emit('error', callError('PeerError', 'refused', facts));
    member.fail();
  }

  private left(id: string, isLost: boolean): void {
    const member = this.byId.get(id);
    if (member && isLost) this.missing(member);
    else if (member) this.remove(member);
  }

  // Whether it left nobody knows: its connection does.
  private missing(member: RoomMember): void {
    member.isMissing = true;
    this.judge(member);
  }

  private judge(member: RoomMember): void {
    if (!member.isMissing || member.state === 'connected') return;
    this.options.clock.setTimeout(() => {
      if (member.isMissing && member.state !== 'connected') this.remove(member);
    }, kMissingMs);
  }

  private remove(member: RoomMember): void {
    if (this.byId.get(member.id) !== member) return;
    this.byId.delete(member.id);
    member.close();
    this.emit('memberleft', member);
  }

  private close(): void {
    this.options.credentials.close();
    this.members.forEach((member) => this.remove(member));
    this.media.stopScreen();
    this.setState('closed');
  }

  private follow(state: SignallingState): void {
    const isBack = state === 'open' && this.state === 'reconnecting';
    const { joins } = this;
    this.setState(state);
    if (!isBack) return;
    // Whoever has to join anew meets the members anew. Otherwise what was offered meanwhile may be of
    // the network before: paths that are still broken are tried again.
    queueMicrotask(() => {
      if (this.joins !== joins) return;
      this.members.forEach((member) => member.state === 'lost' && member.peer.mend());
    });
  }

  private setState(state: SignallingState): void {
    if (this.state === state || this.state === 'closed') return;
    this.state = state;
    this.emit('state', state);
  }

  private tellMuted(member: RoomMember): void {
    const { audio, video } = this.media.muted;
    member.tell({ type: 'muted', audio, video });
  }

  // -------------------------------------------------------------------------- what members tell

  private owner: MemberOwner = {
    peerOptions: (id) => ({
      isPolite: this.self < id,
      config: () => this.options.credentials.config,
      refresh: () => {
        // What broke one connection may have broken that to the server, which mending goes through.
        this.options.transport.check?.();
        return this.options.credentials.refresh();
      },
      tracks: () => this.media.tracks(),
      send: (signal) => this.options.transport.send(id, signal),
      clock: this.options.clock,
      isFirefox: this.options.isFirefox,
    }),
    onmessage: (member, text) => this.emit('message', { member, text }),
    ondata: (member, data) => this.emit('data', { member, data }),
    onfile: (offer) => this.emit('file', offer),
    onopen: (member) => {
      if (this.media.muted.audio || this.media.muted.video) this.tellMuted(member);
    },
    onbye: (member) => this.remove(member),
    onstate: (member) => {
      this.judge(member);
    },
    ongaveup: (member) =>
      this.emit('error', callError('PeerError', 'failed', { member: member.name || member.id })),
    onnorelay: (member) => {
      // While the server is away its relay is, too: both are tried again.
      if (!this.options.relayOnly || this.state !== 'open') return;
      this.emit('error', this.options.credentials.problem || member.peer.watch.reason());
      member.fail();
    },
    onerror: (error) => this.emit('error', error as CallError),
  };
}
