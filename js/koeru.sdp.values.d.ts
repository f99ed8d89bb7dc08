// Typed values of session descriptions: what `section.get('rtpmap')` gives and `section.set()` takes.
//
// Texts are as they stand in the line. Parts that are absent have no member. Numbers are numbers, or
// text where a double would not hold them exactly (`Long`). `spacing` is what a sender put where
// others put nothing; leave it out in a value of your own.

import type { Candidate as IceCandidate } from './koeru.js';

/** A whole number of up to 64 bits: text when it is beyond 2^53. */
export type Long = number | string;

/** `send` or `recv`, seen from the one who wrote the description. */
export type StreamDirection = 'send' | 'recv';

/** A line that no registry row knows: what stands behind its colon or "x=", or null without a colon. */
export interface Raw {
  raw: string | null;
}

/** A parameter of a list; `value` is missing where there is no "=". */
export interface Parameter {
  spacing?: string;
  name: string;
  value?: string;
}

/** RFC 8866 section 5.2. The numbers stay text: senders put 64 bits there. */
export interface Origin {
  username: string;
  sessionId: string;
  sessionVersion: string;
  /** "IN". */
  networkType: string;
  /** "IP4" or "IP6". */
  addressType: string;
  address: string;
}

/** RFC 8866 section 5.7. */
export interface ConnectionData {
  networkType: string;
  addressType: string;
  address: string;
  /** Of a multicast address: TTL (IPv4 only) and the number of addresses. */
  multicast: number[];
}

/** RFC 8866 section 5.8. */
export interface Bandwidth {
  /** "AS" (kbit/s), "TIAS" (bit/s, RFC 3890), "CT", "RR", "RS" (RFC 3556), ... */
  type: string;
  bandwidth: Long;
}

/** RFC 8866 section 5.9: seconds since 1900; 0 0 in WebRTC. */
export interface Timing {
  startTime: Long;
  stopTime: Long;
}

/** RFC 8866 section 5.10: times in seconds or with a unit, such as "7d". */
export interface RepeatTime {
  interval: string;
  duration: string;
  offsets: string[];
}

/** RFC 8866 section 5.11. */
export interface ZoneAdjustment {
  time: string;
  offset: string;
}

/** RFC 8866 section 5.12, obsolete. */
export interface EncryptionKey {
  method: string;
  key?: string;
}

/** RFC 8866 section 5.14. */
export interface Media {
  /** "audio", "video", "application", ... */
  media: string;
  /** 0 refuses the medium (RFC 3264 section 6), or waits for the bundle's (RFC 9143 section 6). */
  port: number;
  portCount?: number;
  /** "UDP/TLS/RTP/SAVPF", "UDP/DTLS/SCTP", ... */
  protocol: string;
  /** Payload types for RTP. */
  formats: string[];
}

/** RFC 8866 section 6.6. */
export interface Rtpmap {
  payloadType: number;
  encodingName: string;
  /** In Hz. */
  clockRate: number;
  /** Of audio: the number of channels; 1 when missing. */
  encodingParameters?: string;
}

/** RFC 8866 section 6.15. A ";" at the end is a last parameter with the name "". */
export interface Fmtp {
  /** The payload type as text. */
  format: string;
  parameters: Parameter[];
}

/** RFC 3605 section 2.1. */
export interface Rtcp {
  port: number;
  networkType?: string;
  addressType?: string;
  address?: string;
}

/** RFC 4585 section 4.2. */
export interface RtcpFeedback {
  /** A payload type, or "*" for all. */
  payloadType: string;
  /** "nack", "ccm", "transport-cc", ... */
  type: string;
  parameter?: string;
}

/** RFC 3611 section 5.1; `true` where no report is wanted. */
export type RtcpXr = true | { formats: Parameter[] };

/** RFC 8285 section 5. */
export interface Extmap {
  id: number;
  /** "sendrecv", "sendonly", "recvonly" or "inactive"; leniently any token. */
  direction?: string;
  uri: string;
  attributes?: string;
}

/** RFC 5888 section 5. */
export interface Group {
  /** "BUNDLE", "LS", ... */
  semantics: string;
  mids: string[];
}

/** RFC 8830 section 2. */
export interface Msid {
  /** "-" for a track that is in no stream. */
  stream: string;
  track?: string;
}

/** draft-ietf-mmusic-msid-02. */
export interface MsidSemantic {
  spacing?: string;
  semantic: string;
  streams?: string[];
}

/** RFC 5576 section 4.1. */
export interface Ssrc {
  id: number;
  attribute: string;
  value?: string;
}

/** RFC 5576 section 4.2. */
export interface SsrcGroup {
  /** "FID", "SIM", "FEC-FR", ... */
  semantics: string;
  ssrcs: number[];
}

/** RFC 8851 section 4. */
export interface Rid {
  id: string;
  direction: StreamDirection;
  parameters?: Parameter[];
}

/** RFC 8853 section 5.1. */
export interface Simulcast {
  spacing?: string;
  directions: SimulcastStreams[];
}
export interface SimulcastStreams {
  direction: StreamDirection;
  /** As draft 03 had it: "rid=" or "pt=" in front of the list. */
  draft03Rid?: boolean;
  draft03Pt?: boolean;
  /** For each stream its alternatives. */
  streams: SimulcastFormat[][];
  /** As draft 03 had it: " paused=" behind the list, and the ids that are. */
  draft03Paused?: string[];
}
export interface SimulcastFormat {
  paused?: boolean;
  id: string;
}

/** RFC 6236 section 3.1. */
export interface Imageattr {
  /** A payload type, or "*" for all. */
  payloadType: string;
  directions: ImageDirection[];
}
export interface ImageDirection {
  direction: StreamDirection;
  /** "*": anything goes, and there are no sets. */
  any?: boolean;
  /** Each set one "[...]"; values with their brackets, such as "[480:16:800]". */
  sets?: Array<Array<{ name: string; value: string }>>;
}

/** RFC 8839 section 5.2. */
export interface RemoteCandidate {
  component: number;
  address: string;
  port: number;
}

/** RFC 8122 section 5. */
export interface Fingerprint {
  /** "sha-256", ... */
  hashFunction: string;
  /** Bytes in hexadecimal with ":" between them. */
  hash: string;
}

/** RFC 8827 section 5. */
export interface Identity {
  assertion: string;
  extensions?: Parameter[];
}

/** RFC 4568 section 9.1. */
export interface Crypto {
  tag: number;
  suite: string;
  keyParameters: string[];
  sessionParameters?: string[];
}

/** draft-ietf-mmusic-sctp-sdp-05. */
export interface Sctpmap {
  port: number;
  app: string;
  streams?: number;
}

/** RFC 8864 section 5.1. Values have their quotes. */
export interface Dcmap {
  streamId: number;
  options?: Parameter[];
}

/** RFC 8864 section 5.2: an attribute of a data channel. */
export interface Dcsa {
  streamId: number;
  attribute: string;
  value?: string;
}

/** RFC 4570 section 3. */
export interface SourceFilter {
  spacing?: string;
  mode: 'incl' | 'excl';
  networkType: string;
  /** "IP4", "IP6" or "*". */
  addressTypes: string;
  destination: string;
  sources: string[];
}

/** RFC 7826 section D.1.6. */
export interface Range {
  /** "npt", "clock", "smpte", ... */
  unit: string;
  value: string;
}

/** RFC 4567 section 3.1. */
export interface KeyMgmt {
  spacing?: string;
  protocol: string;
  data: string;
}

/** RFC 8856 section 5.3. */
export interface Floorid {
  floor: number;
  /** "m-stream:" as RFC 4583 had it, in place of "mstrm:". */
  oldKeyword?: boolean;
  streams?: string[];
}

/** RFC 7273 section 4.8. */
export interface TsRefclk {
  /** "ntp", "ptp", "gps", "local", ... */
  source: string;
  /** ":traceable": a private clock that can be traced to a known one. */
  traceable?: true;
  parameter?: string;
}

/** RFC 7273 section 5.4. */
export interface Mediaclk {
  id?: string;
  /** "direct", "sender", "IEEE1722", ... */
  clock: string;
  value?: string;
  rate?: string;
}

/** 3GPP TS 26.234 section 5.3.3.2, in pixels. */
export interface Framesize {
  payloadType: number;
  width: number;
  height: number;
}

/** The type of each name that get(), getAll(), set() and add() take. A line without a value is `true`. */
export interface Values {
  'v=': number;
  'o=': Origin;
  's=': string;
  'i=': string;
  'u=': string;
  'e=': string;
  'p=': string;
  'c=': ConnectionData;
  'b=': Bandwidth;
  't=': Timing;
  'r=': RepeatTime;
  'z=': ZoneAdjustment[];
  'k=': EncryptionKey;
  'm=': Media;
  'bundle-only': true;
  candidate: IceCandidate;
  cat: string;
  charset: string;
  confid: number;
  connection: 'new' | 'existing';
  content: string[];
  control: string;
  crypto: Crypto;
  dcmap: Dcmap;
  dcsa: Dcsa;
  'end-of-candidates': true;
  extmap: Extmap;
  'extmap-allow-mixed': true;
  fingerprint: Fingerprint;
  floorctrl: string[];
  floorid: Floorid;
  fmtp: Fmtp;
  framerate: string;
  framesize: Framesize;
  group: Group;
  'ice-lite': true;
  'ice-mismatch': true;
  'ice-options': string[];
  'ice-pacing': Long;
  'ice-pwd': string;
  'ice-ufrag': string;
  identity: Identity;
  imageattr: Imageattr;
  inactive: true;
  'key-mgmt': KeyMgmt;
  keywds: string;
  label: string;
  lang: string;
  'max-message-size': Long;
  maxptime: string;
  mediaclk: Mediaclk;
  mid: string;
  msid: Msid;
  'msid-semantic': MsidSemantic;
  orient: 'portrait' | 'landscape' | 'seascape';
  /** In milliseconds, as it was written: "20" or "2.5". */
  ptime: string;
  quality: number;
  range: Range;
  recvonly: true;
  'remote-candidates': RemoteCandidate[];
  rid: Rid;
  rtcp: Rtcp;
  'rtcp-fb': RtcpFeedback;
  'rtcp-mux': true;
  'rtcp-mux-only': true;
  'rtcp-rsize': true;
  'rtcp-xr': RtcpXr;
  rtpmap: Rtpmap;
  'sctp-port': number;
  sctpmap: Sctpmap;
  sdplang: string;
  sendonly: true;
  sendrecv: true;
  setup: 'active' | 'passive' | 'actpass' | 'holdconn';
  simulcast: Simulcast;
  'source-filter': SourceFilter;
  ssrc: Ssrc;
  'ssrc-group': SsrcGroup;
  'tls-id': string;
  tool: string;
  'ts-refclk': TsRefclk;
  type: string;
  userid: number;
  'x-google-flag': string;
}
