// koeru.js: the page side of WebRTC over firewalls and NATs.
//
//   <script src="https://relay.example/koeru.js"></script>
//   <script>
//     Koeru.getUserMedia({ video: true, audio: true })
//       .then((stream) => Koeru.attach(document.querySelector('video'), stream, { muted: true }))
//       .catch((error) => alert(error.advice ? error.advice.en : error.message));
//   </script>
//
// or, as a module: import * as Koeru from './koeru.mjs';
//
// Cameras need no WebAssembly. `stun`, `candidate` and `uri` do: wait for `Koeru.ready` once, then
// call them as ordinary functions. koeru.wasm is fetched from beside the script, under a
// Content-Security-Policy of `script-src 'self' 'wasm-unsafe-eval'`. Where it cannot run, because
// WebAssembly is missing or forbidden, koeru.wasm.js from beside it does the same, and `script-src
// 'self'` is enough.
//
// Every failure is an Error with a `name` to switch on and a `message` that says what to do.

export as namespace Koeru;

export const version: string;

/** An Error of Koeru. `name` is one of those that each function lists. */
export interface KoeruError extends Error {
  /** What the browser said, when Koeru put it in other words. */
  cause?: unknown;
  /** Errors about cameras, microphones and screens: what happened and what to do. */
  advice?: Advice;
  /** OverconstrainedError: the constraint that cannot be met, by today's name, where known. */
  constraint?: string;
  /** OverconstrainedError: the nearest that a device can do, where that can be found out. */
  nearest?: string | number;
  /** InsecureContextError: addresses of this page at which the camera would work, best first. */
  addresses?: string[];
  /** ParseError: what is wrong, without the rest of the sentence. */
  reason?: string;
  /** ParseError: where, in bytes (or characters) from the start of the input or of `field`. */
  offset?: number;
  /** ParseError of an encoder: which part of the object, such as `attributes[2].value`. */
  field?: string;
  /** ParseError of a session description: where, from 1; columns in UTF-16 units. */
  line?: number;
  column?: number;
}

// ---------------------------------------------------------------------------------- the camera

/** What happened, in a word to switch on: js/MEDIA.md lists them with their texts. */
export type AdviceId =
  | 'insecure-page'
  | 'insecure-frame'
  | 'blocked'
  | 'refused'
  | 'blocked-by-system'
  | 'blocked-by-frame'
  | 'blocked-by-policy'
  | 'busy'
  | 'no-device'
  | 'device-gone'
  | 'impossible'
  | 'unanswered'
  | 'stopped'
  | 'needs-tap'
  | 'unsupported';

/** Sentences for the people in front of the page: `error.advice[language]`. */
export interface Advice {
  id: AdviceId;
  en: string;
  ja: string;
}

/** A constraint that the browser cannot be told, and which is left out. */
export interface MediaWarning {
  kind: 'audio' | 'video';
  /** By today's name, where it has one. */
  constraint: string;
  message: string;
}

export interface MediaOptions {
  /** Milliseconds after which an unanswered prompt is a `TimeoutError`. Default: none. A stream
   *  that comes later is stopped at once. */
  timeout?: number;
  /** Called for each constraint that is left out. Default: console.warn, once for each. */
  onWarning?: (warning: MediaWarning) => void;
}

/** Constraints of 2012 to 2015, which old pages have. */
export interface LegacyTrackConstraints {
  /** Chrome's: minWidth, maxHeight, sourceId, googEchoCancellation, ... */
  mandatory?: Record<string, unknown>;
  /** Chrome's: wishes, best first. */
  optional?: Record<string, unknown>[];
  /** Firefox's: the names of those that are no mere wishes. */
  require?: string[];
  [constraint: string]: unknown;
}
export interface LegacyConstraints {
  audio?: boolean | LegacyTrackConstraints;
  video?: boolean | LegacyTrackConstraints;
}

/**
 * Opens camera and microphone on every browser that ever had them: navigator.mediaDevices, else
 * webkitGetUserMedia, mozGetUserMedia, getUserMedia or msGetUserMedia with callbacks. Takes today's
 * constraints, and those of old pages (`mandatory` and `optional`, `require`, 'video,audio'), and
 * says them as the browser understands them. The stream has getTracks() and tracks that stop, also
 * where the browser's has not.
 *
 * Rejects with an Error whose `name` is today's, whatever the browser's age, with `advice`. An
 * error that had another name is kept as `cause`.
 * - `NotAllowedError`: the user, the system, or a page's policy said no: `advice.id` tells which
 * - `NotFoundError`: there is no such device
 * - `NotReadableError`: the device does not start; another program may hold it
 * - `OverconstrainedError`: no device can do it; `constraint` says which demand, and `nearest` what
 *   could be had
 * - `AbortError`: the device stopped before it delivered anything
 * - `TimeoutError`: nobody answered within `options.timeout`
 * - `NotSupportedError`: this browser has no getUserMedia in any form
 * - `InsecureContextError`: the browser hides the camera because the page did not come over https
 *   or from localhost; `addresses` has the addresses that would work
 * - `TypeError`: the constraints ask for neither audio nor video (no advice: that is the
 *   page's fault)
 */
export function getUserMedia(
  constraints: MediaStreamConstraints | LegacyConstraints | string,
  options?: MediaOptions,
): Promise<MediaStream>;

/**
 * A picture of the screen, a window or a tab: mediaDevices.getDisplayMedia, Edge's
 * navigator.getDisplayMedia, or `mediaSource` of Firefox 33 to 65. Call it from a click. Errors as
 * for getUserMedia, and `InvalidStateError` without a click.
 */
export function getDisplayMedia(
  constraints?: DisplayMediaStreamOptions,
  options?: MediaOptions,
): Promise<MediaStream>;

/**
 * Changes a running track. Errors as for getUserMedia; `NotSupportedError` in browsers that cannot.
 */
export function applyConstraints(
  track: MediaStreamTrack,
  constraints: MediaTrackConstraints | LegacyTrackConstraints,
  options?: MediaOptions,
): Promise<void>;

/**
 * Cameras, microphones and loudspeakers, in Chrome 30 to 55 by MediaStreamTrack.getSources. Labels
 * and ids may be empty until the user has allowed a device. `NotSupportedError` where no list can
 * be had.
 */
export function enumerateDevices(): Promise<MediaDeviceInfo[]>;

export interface DeviceChange {
  devices: MediaDeviceInfo[];
  added: MediaDeviceInfo[];
  removed: MediaDeviceInfo[];
}

/** Calls the listener when devices come and go (it looks every 2 s where the browser has no event),
 *  until the returned function is called. Where no list can be had it is never called. */
export function onDeviceChange(listener: (change: DeviceChange) => void): () => void;

/** `muted`: the source gives nothing for now (a switch on the headset, a shutter, a phone call).
 *  `ended`: it never will again. What the page itself switches off (`track.enabled`) stays live. */
export type TrackState = 'live' | 'muted' | 'ended';

/** Calls the listener at once for each track that is not live, then whenever one changes, until the
 *  returned function is called. */
export function onTrackChange(
  stream: MediaStream,
  listener: (track: MediaStreamTrack, state: TrackState) => void,
): () => void;

export interface AttachOptions {
  /** Say true for one's own picture, so that the microphone does not howl. Muted video may always
   *  start by itself; video with sound may need a tap first: 'if-needed' then plays it without. */
  muted?: boolean | 'if-needed';
  /** Where the browser wants a tap first, the next one anywhere in the page plays it. */
  playOnTap?: boolean;
}

/**
 * Shows a stream in a `<video>` or `<audio>` element and plays it, inline on phones. Resolves with
 * true when it plays (`element.muted` says how), and with false when the browser's autoplay rules
 * want a tap first: then show a button that calls `element.play()`. Throws a TypeError for anything
 * but an element and a stream.
 */
export function attach(
  element: HTMLMediaElement,
  stream: MediaStream,
  options?: AttachOptions,
): Promise<boolean>;

/** Takes the stream out of the element again. The stream itself goes on: see `stop`. */
export function detach(element: HTMLMediaElement): void;

/** Stops every track of the stream, or one track, so that the camera's light goes out. */
export function stop(stream: MediaStream | MediaStreamTrack): void;

/** Stops every stream that Koeru opened in this page and that still runs. */
export function stopAll(): void;

/**
 * Puts today's interface where the browser lacks it: navigator.mediaDevices with getUserMedia,
 * enumerateDevices and getDisplayMedia (where the screen can be had), `srcObject` of media
 * elements. And yesterday's on today's browsers: navigator.getUserMedia with callbacks,
 * MediaStream.prototype.stop, URL.createObjectURL(stream). What the browser does well by itself
 * stays as it is. Gives the names of what it changed.
 */
export function install(): string[];

/** Undoes every change of `install`; what somebody else changed since stays (console.warn). */
export function uninstall(): void;

// -------------------------------------------------------------------------------------- calls

/**
 * Enters a room and connects to everybody in it: koeru.call.d.ts. The first call loads koeru.call.js
 * from beside the script, with its nonce; where Trusted Types forbid that, the page loads it by a
 * script element of its own. Rejects with a `LoadError` when it cannot be had. Bundlers and modules
 * may import `join` from koeru.call.mjs instead.
 */
export function join(
  url: string,
  room: string,
  options?: import('./koeru.call.js').JoinOptions,
): Promise<import('./koeru.call.js').Room>;

/**
 * Finds out why calls fail from here, by trying: koeru.diagnose.d.ts, DIAGNOSE.md. The first call
 * loads koeru.diagnose.js from beside this script; bundlers may import `diagnose` from
 * koeru.diagnose.mjs instead.
 */
export function diagnose(
  options?: import('./koeru.diagnose.js').DiagnoseOptions,
): Promise<import('./koeru.diagnose.js').Report>;

/**
 * Shows what anything is, as a tree with byte ranges and RFC sections: a session description, candidate
 * lines, stun: and turn: URIs, packets (bytes or hexadecimal text), capture files:
 * koeru.inspect.d.ts, INSPECT.md. The first call loads koeru.inspect.js and koeru.inspect.wasm from
 * beside this script; bundlers may import `inspect` from koeru.inspect.mjs instead.
 */
export function inspect(
  input: import('./koeru.inspect.js').InspectInput,
  options?: import('./koeru.inspect.js').InspectOptions,
): Promise<import('./koeru.inspect.js').Inspection>;

// ------------------------------------------------------------------------------- WebAssembly

/** A promise in all but its type: loading begins with the first `then` or `await`. */
export interface Ready extends PromiseLike<void> {
  catch<T = never>(
    onFailed?: ((reason: KoeruError) => T | PromiseLike<T>) | null,
  ): Promise<void | T>;
}

/**
 * `await Koeru.ready` loads koeru.wasm once, or koeru.wasm.js in its place. Rejects with a
 * `LoadError` that says why neither would do; waiting again tries again. Before it is ready `stun`,
 * `candidate` and `uri` throw an `InvalidStateError`. When a call runs out of memory it throws a
 * `RangeError` (any other end is a `RuntimeError`), and `await Koeru.ready` loads a fresh instance.
 */
export const ready: Ready;

/** Which one runs: koeru.wasm or koeru.wasm.js. Undefined until it is ready. */
export const engine: 'wasm' | 'js' | undefined;

export type WasmSource = string | URL | BufferSource | WebAssembly.Module;

/** What koeru.wasm.js (and koeru.sdp.wasm.js) exports to CommonJS and to bundlers. */
export type KoeruFallback = () => unknown;

/**
 * Loads koeru.wasm from elsewhere than beside the script, for bundlers; koeru.wasm.js is looked for
 * beside it. Or takes what koeru.wasm.js exports, and uses no WebAssembly. Call it before `ready`.
 */
export function load(source?: WasmSource | KoeruFallback): Promise<void>;

// ------------------------------------------------------------------------------ STUN and TURN

/** The credential of MESSAGE-INTEGRITY: long-term with username and realm, else short-term. */
export interface StunKey {
  password: string;
  username?: string;
  realm?: string;
}

export type StunClass = 'request' | 'indication' | 'success response' | 'error response';
export type StunVerdict = 'absent' | 'valid' | 'invalid' | 'unchecked';

export interface StunAttribute {
  /** The number of IANA's registry, 0 to 65535. */
  type: number;
  /** The registry's name, such as "XOR-MAPPED-ADDRESS", or "0x0042" for an unknown one. */
  name: string;
  known: boolean;
  /** The value as text that `encode` turns into the very same bytes. Missing when there is none:
   *  then `hex` is all there is, and `problem` may say what is wrong with it. */
  value?: string;
  /** The bytes of the value, without padding. */
  hex: string;
  /** The padding, when it is not zero as RFC 8489 section 14 demands. */
  padding?: string;
  /** Where it stands in the message: [start, end), header included, padding not. */
  range: [number, number];
  /** Where it is defined, such as "RFC 8489 §14.2", or whose it is. */
  rfc?: string;
  /** Why the value could not be read. */
  problem?: string;
  /** Stands behind an integrity attribute, so receivers skip it (RFC 8489 section 14.5). */
  ignored?: boolean;
}

export interface StunMessage {
  class: StunClass;
  /** "Binding", "Allocate", ... or "0x0F0" for an unknown one. */
  method: string;
  /** 24 hexadecimal digits. */
  transactionId: string;
  attributes: StunAttribute[];
  /** MESSAGE-INTEGRITY and MESSAGE-INTEGRITY-SHA256; "unchecked" when no key was given. */
  integrity: { sha1: StunVerdict; sha256: StunVerdict };
  fingerprint: StunVerdict;
}

export interface StunAttributeInput {
  /** One of the two; `type` wins. */
  type?: number;
  name?: string;
  /** One of the two; `value` wins. */
  value?: string;
  hex?: string;
  padding?: string;
}

export interface StunMessageInput {
  /** Default: "request". */
  class?: StunClass;
  /** A name such as "Binding" or "Allocate", or a number from 0 to 4095. */
  method: string | number;
  /** Default: random. */
  transactionId?: string;
  attributes?: StunAttributeInput[];
  /** Appends a fresh integrity attribute over everything before it; needs the key. */
  addIntegrity?: 'sha1' | 'sha256';
  /** Appends a fresh FINGERPRINT. */
  addFingerprint?: boolean;
}

export namespace stun {
  /**
   * Takes a STUN or TURN message apart. `input`: bytes, or hexadecimal text as people paste it.
   * With a key it also checks integrity. Throws a `ParseError` with `reason` and `offset`.
   */
  function decode(input: BufferSource | string, key?: StunKey): StunMessage;
  /** Builds one. encode(decode(x)) is x. Throws a `ParseError` with `reason` and `field`. */
  function encode(message: StunMessageInput, key?: StunKey): Uint8Array;
}

// ------------------------------------------------------------------------------ ICE candidates

export interface CandidateExtension {
  name: string;
  value: string;
}

export interface CandidateInput {
  /** "candidate:" (default), "a=candidate:" or "". */
  prefix?: string;
  foundation: string;
  component?: number;
  /** "udp" (default) or "tcp", in the case it was written in. */
  transport?: string;
  priority: number;
  /** An IP address, or a name (mDNS, "….local"). */
  address: string;
  port: number;
  /** "host", "srflx", "prflx", "relay", or another token. */
  type: string;
  relatedAddress?: string;
  relatedPort?: number;
  /** tcptype, generation, ufrag, network-cost, ... in the order they were written. */
  extensions?: CandidateExtension[];
}

/** How a host is written; "mdns" for the ".local" names behind which browsers hide addresses. */
export type HostType = 'ipv4' | 'ipv6' | 'name' | 'mdns';

export interface Candidate extends CandidateInput {
  prefix: string;
  component: number;
  transport: string;
  addressType: HostType;
  /** Of an IPv6 address: what follows "%". */
  zone?: string;
  extensions: CandidateExtension[];
  /** What the well-known extensions say. To change them, change `extensions`: else format()
   * throws. */
  tcpType?: 'active' | 'passive' | 'so';
  generation?: number;
  usernameFragment?: string;
  networkId?: number;
  networkCost?: number;
  /** RFC 8445 section 5.1.2: what the priority was made of. */
  priorityParts: { typePreference: number; localPreference: number; component: number };
  /** The text says that no more candidates come; everything else is empty or zero then. */
  endOfCandidates?: boolean;
}

export namespace candidate {
  /** Reads a candidate line. Throws a `ParseError` with `reason` and `offset`. */
  function parse(text: string): Candidate;
  /** Writes one. format(parse(x)) is x. Throws a `ParseError` with `reason` and `field`. */
  function format(candidate: CandidateInput): string;
}

// ---------------------------------------------------------------------------------- server URIs

export interface ServerUri {
  scheme: 'stun' | 'stuns' | 'turn' | 'turns';
  host: string;
  hostType: HostType;
  /** Given, or the scheme's default: 3478, or 5349 for stuns and turns. */
  port: number;
  portGiven: boolean;
  /** Between the page and the server: given, or the scheme's default. */
  transport: 'udp' | 'tcp';
  transportGiven: boolean;
  /** TLS (or DTLS). */
  secure: boolean;
  /** The URI with nothing in it that was not given. */
  canonical: string;
}

export namespace uri {
  /** Reads what goes into `iceServers[].urls`, as strictly as browsers do. Throws a `ParseError`. */
  function parse(text: string): ServerUri;
}

// --------------------------------------------------------------------------- session descriptions

/** Session descriptions without loss: koeru.sdp.d.ts. */
export * as sdp from './koeru.sdp.js';
