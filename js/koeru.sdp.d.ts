// Koeru.sdp: session descriptions (RFC 8866) without loss, with a type for every line.
//
//   await Koeru.sdp.ready;
//   const offer = Koeru.sdp.parse(await pc.createOffer());
//   offer.section('0').direction = 'recvonly';
//   offer.keepCodecs(['opus', 'VP8']).setBandwidth('AS', 500);
//   await pc.setLocalDescription(offer);
//
// Every byte stays where it was: order, unknown lines, odd spacing, line endings. toString() of an
// unedited description is the text that was parsed, and an edit touches its own lines only.
//
// parse() looks at nothing; lines are found and read when they are asked for. The text, `kind`, `port`,
// `mid`, `direction` and the like need no WebAssembly. Typed values need koeru.wasm (`await
// Koeru.ready` is enough); the helpers, `lint` and `diff` need koeru.sdp.wasm besides, which
// `await Koeru.sdp.ready` loads. Before that they throw an `InvalidStateError`.
//
// What cannot be read throws a `ParseError` with `reason`, `line`, `column` and, where it is about
// one field, `field`. A wrong argument is a `TypeError` that says what to pass. Nothing is changed
// by a call that throws.

import type {
  Candidate,
  CandidateInput,
  KoeruError,
  KoeruFallback,
  Ready,
  WasmSource,
} from './koeru.js';
import type {
  Bandwidth,
  Extmap,
  Fingerprint,
  Msid,
  Parameter,
  Raw,
  Rid,
  Ssrc,
  Values,
} from './koeru.sdp.values.js';

export * from './koeru.sdp.values.js';

/**
 * `await Koeru.sdp.ready` loads koeru.wasm and koeru.sdp.wasm, each once, or their stand-ins. Rejects
 * as `Koeru.ready` does.
 */
export const ready: Ready;

/** Loads koeru.sdp.wasm from elsewhere than beside the script, as `Koeru.load` does koeru.wasm. */
export function load(source?: WasmSource | KoeruFallback): Promise<void>;

/** A text, or an object that has it in `sdp`: RTCSessionDescription(Init), or a Description. */
export type DescriptionInput =
  | string
  | { readonly sdp?: string | null | undefined; readonly type?: string | undefined };

/** How values are read. Lenient: more spaces for one, and words in either case. */
export type Mode = 'strict' | 'lenient';

export interface ParseOptions {
  /** Default: "lenient". */
  mode?: Mode;
}

/** Reads a session description. Refuses no text; `errors` and `lint` tell what is wrong in it. */
export function parse(
  input: RTCSessionDescriptionInit | RTCSessionDescription,
  options?: ParseOptions,
): Description & { readonly type: RTCSdpType };
export function parse(input: DescriptionInput, options?: ParseOptions): Description;

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** A codec as the helpers take it: "VP8", "opus/48000/2", a payload type, or one of `codecs`. */
export type CodecName = string | number | Codec;

/**
 * What edits more than one line. On a description: in every media section to which it applies; on a
 * section: there. Each gives back what it was called on. Throws a `ParseError` with a remedy in
 * `reason` when it cannot be done.
 */
export interface Edits {
  /** Puts these codecs first, in this order; the others stay behind them as they are. */
  reorderCodecs(codecs: CodecName[]): this;
  /** Removes codecs with all that belongs to them: rtx, rtpmap, fmtp, rtcp-fb, format in m=. */
  removeCodecs(codecs: CodecName[]): this;
  /** Removes all codecs but these, and what belongs to these. */
  keepCodecs(codecs: CodecName[]): this;
  /** Writes b=: "AS" in kbit/s, "TIAS" in bit/s (RFC 8866 section 5.8). Null removes it. */
  setBandwidth(type: string, bandwidth: number | null): this;
  setDirection(direction: Direction): this;
  /** Sets parameters of a codec's fmtp; those that are not named stay as they are. */
  setFmtp(codec: CodecName, parameters: { [name: string]: string | number | boolean }): this;
  removeFmtp(codec: CodecName, names: string[]): this;
  /**
   * Adds a candidate: its line, an RTCIceCandidate(Init) or what Koeru.candidate.parse gives. On a
   * description `sdpMid` or `sdpMLineIndex` say which section gets it. "" says that no more will come.
   */
  addCandidate(candidate: string | CandidateInput | RTCIceCandidateInit | RTCIceCandidate): this;
  /** Removes candidates that meet all conditions, such as { type: 'host', transport: 'tcp' }, or all. */
  removeCandidates(filter?: { [field: string]: string | number }): this;
  /** Sets Opus' parameters (RFC 7587 section 6.1), and ptime and maxptime in milliseconds. */
  setOpus(parameters: OpusParameters): this;
  /** Writes a=rid and a=simulcast of a direction (RFC 8853). Null removes them. */
  setSimulcast(direction: 'send' | 'recv', rids: Array<string | RidInput> | null): this;
}

export interface OpusParameters {
  /** The decoder prefers stereo. */
  stereo?: boolean | 0 | 1;
  /** The encoder is likely to send stereo. */
  'sprop-stereo'?: boolean | 0 | 1;
  /** In bit/s. */
  maxaveragebitrate?: number;
  /** In Hz. */
  maxplaybackrate?: number;
  'sprop-maxcapturerate'?: number;
  useinbandfec?: boolean | 0 | 1;
  usedtx?: boolean | 0 | 1;
  cbr?: boolean | 0 | 1;
  /** In milliseconds. */
  minptime?: number;
  ptime?: number;
  maxptime?: number;
}

export interface RidInput {
  rid: string;
  /** "max-width=1280;max-fps=30", or { "max-width": 1280, "max-fps": 30 } (RFC 8851 section 5). */
  restrictions?: string | { [name: string]: string | number };
}

/** A whole description. pc.setLocalDescription() and its like take it as it is. */
export interface Description extends Edits {
  /** "offer", "answer", ... when it was parsed out of an object that has one. */
  readonly type: string | undefined;
  /** The text, as toString() gives it. */
  readonly sdp: string;
  /** The lines in front of the first m= line. */
  readonly session: Section;
  /** One for each m= line. */
  readonly media: Section[];
  /** Of every line that cannot be read, in order: `ParseError`s. Unknown lines are none. */
  readonly errors: KoeruError[];
  /** The media section with that a=mid (RFC 5888). */
  section(mid: string): Section | undefined;
  /** What is wrong with it, or will surprise: see `lint`. */
  lint(options?: LintOptions): Finding[];
  toString(): string;
}

/** The session's lines, or those of one m= line. Names: "rtpmap" is an attribute, "b=" a type. */
export interface Section extends Edits {
  /** "audio", "video", "application", ...; "" for the session, which has no m= line. */
  readonly kind: string;
  /** NaN where the m= line has none; undefined for the session. */
  readonly port: number | undefined;
  readonly protocol: string;
  /** What the m= line ends with; for RTP the payload types. */
  readonly formats: string[];
  readonly mid: string | undefined;
  /** Port 0 without bundle-only (RFC 8866 section 5.14, RFC 9143 section 6). */
  readonly rejected: boolean;
  /** Its own, else the session's, else "sendrecv" (RFC 8866 section 6.7). */
  direction: Direction;

  /** In the order of the m= line. The same objects until the section is edited. */
  readonly codecs: Codec[];

  // Values of lines, as getAll() gives them. Those marked so are the session's where the section
  // has none of its own.
  readonly bandwidths: Bandwidth[];
  readonly candidates: Candidate[];
  /** Or the session's. */
  readonly fingerprints: Fingerprint[];
  /** Or the session's. */
  readonly headerExtensions: Extmap[];
  readonly msids: Msid[];
  readonly rids: Rid[];
  readonly ssrcs: Ssrc[];
  /** Or the session's. */
  readonly iceUfrag: string | undefined;
  /** Or the session's. */
  readonly icePwd: string | undefined;
  /** Or the session's. */
  readonly setup: string | undefined;

  /** The value of the first line of that name; undefined when there is none. It is your own copy. */
  get<K extends keyof Values>(name: K): Values[K] | undefined;
  get(name: string): Raw | undefined;
  getAll<K extends keyof Values>(name: K): Array<Values[K]>;
  getAll(name: string): Raw[];
  /** Lines to read and edit, of that name or all. */
  lines<K extends keyof Values>(name: K): Array<Line<Input<K>>>;
  lines(name?: string): Line[];
  /**
   * Writes the first line of that name, or adds one. { raw: text } is written as it is, and names
   * that are not known take their text, or true for an attribute without a value.
   */
  set<K extends keyof Values>(name: K, value: Input<K> | Raw): Line<Input<K>>;
  set(name: string, value: string | true | Raw): Line;
  /** Adds a line behind those of its payload type, its name or its kind (RFC 8866 section 5). */
  add<K extends keyof Values>(name: K, value: Input<K> | Raw): Line<Input<K>>;
  add(name: string, value: string | true | Raw): Line;
  /** Removes lines: all of that name, or those for which the predicate gives true. How many? */
  remove<K extends keyof Values>(
    name: K,
    predicate?: (value: Values[K] | undefined, line: Line<Input<K>>) => boolean,
  ): number;
  remove(name: string, predicate?: (value: Raw, line: Line) => boolean): number;
  toString(): string;
}

/** What set() and add() take for a name: a candidate needs less than get() gives. */
export type Input<K extends keyof Values> = K extends 'candidate' ? CandidateInput : Values[K];

/** A line. It stays the same line while others are edited, added and removed. */
export interface Line<Value = any> {
  /** "rtpmap", "m=", or "" for what is no line. */
  readonly name: string;
  /** Undefined when it cannot be read: then `error` says why. Setting it writes a line that has a name. */
  value: Value;
  /** Without its ending. */
  text: string;
  /** From 1, at present. */
  readonly number: number;
  readonly error: KoeruError | undefined;
  remove(): void;
}

/** A codec: rtpmap, fmtp and rtcp-fb of one payload type. It reads lines when it is asked. */
export interface Codec {
  readonly payloadType: number;
  /** "VP8"; of a static payload type without rtpmap as RFC 3551 has it. Undefined: not known. */
  readonly name: string | undefined;
  /** In Hz. */
  readonly clockRate: number | undefined;
  /** Of audio. */
  readonly channels: number | undefined;
  /** The fmtp line's. A copy; set it to write the line, and to [] to remove it. */
  parameters: Parameter[];
  /** Its rtcp-fb lines, and those for "*". */
  readonly feedback: Array<{ type: string; parameter?: string }>;
  /** The codec that repairs this one (RFC 4588 section 8.6). */
  readonly rtx: Codec | undefined;
  /** The value of a format parameter, "" when it has none; names in any case. */
  parameter(name: string): string | undefined;
  /** Writes one format parameter and leaves the others as they are; undefined removes it. */
  setParameter(name: string, value?: string | number | boolean): Codec;
  /** "opus/48000/2". */
  toString(): string;
}

export interface LintOptions {
  /** Default: "lenient". */
  mode?: Mode;
  /** What it is, for rules that differ. Default: the `type` of the input, if it has one. */
  type?: 'offer' | 'answer' | 'pranswer' | '';
}

export interface Finding {
  /** "mid-not-in-bundle", ... */
  rule: string;
  severity: 'error' | 'warning' | 'info';
  /** What is wrong, and what to do. */
  message: string;
  /** From 1. */
  line: number;
  /** From 1, as editors count: in UTF-16 units. */
  column: number;
  /** The index of the media section; absent for the session. */
  section?: number;
  rfc?: string;
}

/** What browsers reject or warn about, and what contradicts itself. */
export function lint(input: DescriptionInput, options?: LintOptions): Finding[];

export interface Difference {
  /** "codec-removed", "direction-changed", ... */
  kind: string;
  /** The mid of the media section, or its index; absent for the session. */
  section?: string | number;
  message: string;
  before?: string;
  after?: string;
  /** From 1. */
  lineBefore?: number;
  lineAfter?: number;
}

/** What changed in meaning from one description to another; the order of lines is no meaning. */
export function diff(before: DescriptionInput, after: DescriptionInput): Difference[];
