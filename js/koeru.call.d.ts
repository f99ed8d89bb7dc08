// koeru.call.js: calls between the members of a room. What travels: CALL.md.
//
//   const room = await Koeru.join('https://relay.example', 'blue-whale-42', { stream });
//   room.on('member', (member) => member.on('stream', ({ stream }) => show(stream)));
//   room.on('message', ({ member, text }) => print(member.name, text));
//   room.say('Hello');
//
// Every failure is a CallError: a `name` to switch on, a `message`, and `advice` in words.

export interface CallError extends Error {
  /**
   * - `SignallingError`: the server or the room said no, or is not there. `code` is the server's
   *   (`native_server/web/SIGNALLING.md`), or 'no-server', 'refused'
   *   (it answers, but takes no WebSocket: `facts.status`, 0 where a page may not know), 'server-lost'
   * - `CredentialError`: no credential for a relay could be had; `code` 'no-answer', 'no-relay'
   * - `RelayError`: no relay gave an address; `code` 'refused', 'full', 'unreachable', 'no-candidates'
   * - `PeerError`: no path to a member works, or it ended; `code` 'failed', 'closed', 'negotiation',
   *   'full' (too much waits for a member)
   * - `FileError`: `code` 'rejected', 'cancelled', 'lost', 'sink', 'source', 'protocol'
   * - `MediaError`: a device or the screen could not be had; `code` is the browser's error name
   * - `NotSupportedError`, `TypeError`, `InvalidStateError`: of the page itself
   */
  name: string;
  code: string;
  /** What to do about it. */
  advice: { en: string; ja: string };
  /** Facts that belong to it, such as `url` or `status`. */
  facts: Record<string, string | number>;
  cause?: unknown;
}

/** `on` gives the function that takes the handler off again. */
export interface Emitter<Events> {
  on<Name extends keyof Events>(name: Name, handler: (event: Events[Name]) => void): () => void;
  once<Name extends keyof Events>(name: Name, handler: (event: Events[Name]) => void): () => void;
}

// ---------------------------------------------------------------------------------- joining

export interface IceServers {
  iceServers: RTCIceServer[];
  /** Seconds for which the credentials are good. Default: 3600. */
  ttl?: number;
}

export interface JoinOptions {
  /** What the others are told. 1 to 64 characters. */
  name?: string;
  /** What is sent: camera and microphone, or nothing. */
  stream?: MediaStream | null;
  /** Sends everything through the relay. Default: false. */
  relayOnly?: boolean;
  /** Default: `GET /ice-servers` of the server. A function is asked again before the credentials
   *  expire and when a connection has to be mended. */
  iceServers?: RTCIceServer[] | (() => Promise<IceServers>);
  /** Signalling of your own, in place of the server's. */
  transport?: SignallingTransport;
  /** Calls the server's own media peer: a member that only this page sees, and that sends back what
   *  it gets. Needs a server with `media-peer`, and a credential for its TURN. */
  peer?: PeerChoice;
  /** How devices are opened. Default: Koeru.getUserMedia, else the browser's. */
  getUserMedia?: (constraints: MediaStreamConstraints) => Promise<MediaStream>;
}

export interface PeerChoice {
  /** 'echo' (default) sends back at once, 'delay' after `delay` seconds (0.5 to 5, default 1), 'sink'
   *  nothing, 'source' a clock and its beeps: VP8 and Opus, also to who sends nothing. */
  mode?: 'echo' | 'delay' | 'sink' | 'source';
  delay?: number;
}

/**
 * Enters a room. `url`: the server's page, such as "https://relay.example" ('' is this page's
 * server); not looked at when both `transport` and `iceServers` are given. Resolves when the server
 * has let us in; connections to the members come up after that. With `peer` the name may be ''.
 *
 * Rejects with SignallingError, TypeError or NotSupportedError.
 */
export function join(url: string, room: string, options?: JoinOptions): Promise<Room>;

/** A name for a room that nobody guesses: 128 random bits. */
export function newRoomName(): string;

/** The signalling of koeru-relay, for a transport of your own to begin with. */
export function webSocketTransport(url: string, room: string, name?: string): SignallingTransport;

// ------------------------------------------------------------------------------------- a room

export type Kind = 'audio' | 'video';
/** Who hears of something: all members, one, or several. */
export type Receivers = Member | Member[];

export interface RoomEvents {
  /** Somebody is in the room: a handler is told of those who are there at once, then of whoever
   *  comes. */
  member: Member;
  memberleft: Member;
  /** Chat. */
  message: { member: Member; text: string };
  /** What `send` sent. */
  data: { member: Member; data: string | ArrayBuffer };
  /** Somebody offers a file: call `accept` or `reject`. */
  file: FileOffer;
  /** Of the signalling. Connections go on while it reconnects. */
  state: SignallingState;
  /** What is sent changed: stream, screen, mute. */
  media: void;
  /** Something failed that no promise tells of. */
  error: CallError;
}

export type SignallingState = 'open' | 'reconnecting' | 'closed';

export interface Room extends Emitter<RoomEvents> {
  /** Our own id. It stays the same when the server restarts. */
  readonly self: string;
  readonly room: string;
  readonly name: string;
  readonly state: SignallingState;
  readonly members: Member[];

  readonly stream: MediaStream | null;
  readonly screen: MediaStream | null;
  readonly muted: Readonly<Record<Kind, boolean>>;
  /** Sends another stream, or none. Tracks of a kind that is sent already are replaced in place. */
  setStream(stream: MediaStream | null): Promise<void>;
  /** The others see it (`Member.muted`). The device stays open. */
  mute(kind: Kind, muted?: boolean): void;
  /** Opens another camera or microphone and sends it in place of the present one, which is
   *  stopped. Rejects with MediaError; the old one goes on then. */
  switchDevice(kind: Kind, deviceId: string): Promise<MediaStreamTrack>;
  /** Asks for a screen, or takes the one given, and sends it beside the camera. It ends with
   *  `stopScreen` or by the browser's own button. Rejects with MediaError. */
  shareScreen(stream?: MediaStream): Promise<MediaStream>;
  stopScreen(): void;

  /** Chat. What is said while a connection is being mended arrives afterwards, once and in order,
   *  unless the member leaves. At most 64 KiB. False: nobody is there to hear it. When more than 1 MiB
   *  waits for a member, the event `error` says so (PeerError 'full'), and it is not sent to that one. */
  say(text: string): boolean;
  /** Sends data; resolves when every receiver's buffer has taken it and at most 4 MiB are under way
   *  (back-pressure): while a connection is being mended it waits. A message has at most 64 KiB, and
   *  arrives once and in order, as chat does. Rejects with PeerError: 'closed' when the member leaves
   *  or has failed, 'full' when 16 MiB wait for it, which cannot be when each promise is awaited. */
  send(data: string | ArrayBuffer | ArrayBufferView, to?: Receivers): Promise<void>;
  /** Offers a file to one member. */
  sendFile(file: FileSource, to: Member, options?: { name?: string }): FileTransfer<void>;

  /** Restarts ICE on every connection, with fresh credentials. Network changes do it by themselves. */
  restart(): void;
  leave(): void;
}

// ----------------------------------------------------------------------------------- a member

export type MemberState = 'connecting' | 'connected' | 'lost' | 'failed' | 'closed';

export interface MemberEvents {
  state: MemberState;
  /** A handler is told of those that are there at once. */
  stream: MemberStream;
  streamend: MemberStream;
  muted: Readonly<Record<Kind, boolean>>;
  /** Of the server's media peer only: once a second, how what we send arrives there. */
  quality: PeerQuality;
}

export interface MemberStream {
  kind: 'camera' | 'screen';
  stream: MediaStream;
}

export interface Member extends Emitter<MemberEvents> {
  readonly id: string;
  readonly name: string | undefined;
  /** 'connected': media and messages pass. 'lost' is being mended; 'failed' needs another network, or `Room.restart`. */
  readonly state: MemberState;
  readonly muted: Readonly<Record<Kind, boolean>>;
  readonly streams: MemberStream[];
  /** The last one; null for everybody but the server's media peer. */
  readonly quality: PeerQuality | null;
  /** The browser's own object. It is another one after a connection had to be made anew. */
  readonly connection: RTCPeerConnection;
  /** The same in every browser; bitrates are since the last call. */
  stats(): Promise<MemberStats>;
}

/** What the server's media peer sees. `received` is what we send, `sent` what it sends to us. */
export interface PeerQuality {
  sections: PeerSection[];
  /** Milliseconds there and back. */
  roundTripMs: number | null;
  [more: string]: unknown;
}

export interface PeerSection {
  mid: string;
  media: string;
  received: PeerFlow;
  sent: PeerFlow;
  /** Why nothing is sent, as a sentence. */
  problem: string | null;
}

export interface PeerFlow {
  packets: number;
  bytes: number;
  /** Of the last second. */
  bitsPerSecond: number;
  lost: number;
  /** 0 to 1, of the last report. */
  fractionLost: number;
  jitterMs: number | null;
  frames: number;
  /** How often a packet was asked for again, and a whole picture. */
  nackedPackets: number;
  plis: number;
  [more: string]: unknown;
}

// -------------------------------------------------------------------------------------- files

/** A File or Blob, or anything that can be cut like one. */
export interface FileSource {
  readonly size: number;
  readonly name?: string;
  readonly type?: string;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** Pieces in their order. The next one comes when the promise is fulfilled. */
export type FileSink =
  | WritableStream<Uint8Array>
  | ((piece: Uint8Array, offset: number) => void | Promise<void>);

export interface FileTransfer<Result> extends Emitter<{ progress: number }> {
  readonly name: string;
  readonly size: number;
  /** Bytes that the receiver's sink has taken. */
  readonly bytes: number;
  readonly member: Member;
  /** Rejects with a FileError. A connection that is mended by an ICE restart loses nothing; one
   *  that had to be made anew ends the transfer with code 'lost'. */
  readonly done: Promise<Result>;
  cancel(): void;
}

export interface FileOffer {
  readonly name: string;
  readonly size: number;
  readonly type: string;
  readonly member: Member;
  /** Without a sink `done` gives a Blob. */
  accept(): FileTransfer<Blob>;
  accept(sink: FileSink): FileTransfer<void>;
  reject(): void;
}

// -------------------------------------------------------------------------------------- stats

export type CandidateType = 'host' | 'srflx' | 'prflx' | 'relay';

export interface Path {
  localType: CandidateType;
  remoteType: CandidateType;
  /** Of the path between the two candidates. */
  protocol: 'udp' | 'tcp';
  /** Between us and our relay, where the browser tells: 'udp', 'tcp', 'tls', else ''. */
  relayProtocol: string;
}

export interface Flow {
  bytes: number;
  /** Bits a second. */
  bitrate: number;
}

export interface MediaFlow extends Flow {
  packets: number;
  lost: number;
  /** Of the packets since the last call: 0 to 1. */
  lossRate: number;
  /** Milliseconds; 0 where unknown. */
  jitter: number;
}

export interface VideoFlow extends MediaFlow {
  width: number;
  height: number;
  framesPerSecond: number;
  /** Decoded, or sent. */
  frames: number;
  freezes: number;
}

export interface MemberStats {
  /** Milliseconds, of performance.now(). */
  at: number;
  /** Null before there is one. */
  path: Path | null;
  /** Milliseconds there and back; null where unknown. */
  roundTrip: number | null;
  sent: Flow;
  received: Flow;
  audio: { sent: MediaFlow; received: MediaFlow };
  video: { sent: VideoFlow; received: VideoFlow };
}

// --------------------------------------------------------------------------- signalling of your own

export interface SignallingMember {
  id: string;
  name?: string;
}

/** What a transport tells. Order matters: what one member sends arrives in that order, once. */
export interface SignallingHandlers {
  /** We are in. `members` were there before us, without ourselves. Once more after a connection
   *  was lost for so long that messages may have been: with the same `self`. */
  joined(event: { self: string; members: SignallingMember[] }): void;
  memberJoined(member: SignallingMember): void;
  /** `isLost`: nobody knows whether it left. Its connection is kept while it works. */
  memberLeft(id: string, isLost?: boolean): void;
  signal(from: string, data: object): void;
  state(state: 'open' | 'reconnecting'): void;
  /** `isFinal`: the transport has given up. Before `joined` it makes `join` reject. */
  error(error: Error, isFinal: boolean): void;
}

export interface SignallingTransport {
  open(handlers: SignallingHandlers): void;
  /** `data` is an object that JSON can hold. */
  send(to: string, data: object): void;
  close(): void;
  /** A connection to a member broke: is the signalling still there? Called often; may be left out. */
  check?(): void;
}
