// koeru/sdp: in the place of `sdp` 3, with the same results. SDP.md has the list of differences.
//
//   import SDPUtils from 'koeru/sdp';           // one object, as with `sdp`
//   import { splitSections } from 'koeru/sdp';  // or by name
//
//   const [session, ...media] = SDPUtils.splitSections(offer.sdp);
//   const { codecs } = SDPUtils.parseRtpParameters(media[0]);
//
// Lines are without their line end when they are read; what is written ends with CRLF, except
// `writeCandidate`. A number that is missing in a line is NaN; where it is written again, the line
// has what it had before.

export type SDPBlob = string;
export type SDPLine = string;
export type SDPSection = string;

export type SDPDirection = 'sendonly' | 'recvonly' | 'sendrecv' | 'inactive';

/** Extensions stand under their own names: `generation`, `network-id`, ... */
export interface SDPIceCandidate {
  foundation: string;
  component: 'rtp' | 'rtcp' | number;
  protocol: 'tcp' | 'udp';
  priority: number;
  ip: string;
  address: string;
  port: number;
  type: 'host' | 'prflx' | 'srflx' | 'relay';
  relatedAddress?: string;
  relatedPort?: number;
  tcpType?: string;
  ufrag?: string;
  usernameFragment?: string;
}

export interface SDPIceParameters {
  /** Only true or missing. */
  iceLite?: boolean;
  usernameFragment: string;
  password: string;
}

export interface SDPCodecParameters {
  payloadType: number;
  /** Written in the place of `payloadType`. */
  preferredPayloadType?: number;
  name: string;
  clockRate: number;
  channels: number;
  /** The same under ORTC's name. */
  numChannels?: number;
  maxptime?: number;
}

/** Values as they were written, quotes included; undefined where there was no "=". */
export interface SDPCodecAdditionalParameters {
  [name: string]: any;
}

export interface SDPHeaderExtension {
  id: number;
  direction?: SDPDirection;
  uri: string;
  attributes: string | undefined;
  /** Written where `id` is missing. */
  preferredId?: number;
}

export interface SDPFeedbackParameter {
  type: string;
  parameter: string;
}

export interface SDPFingerprint {
  /** In small letters. */
  algorithm: string;
  /** In capital letters. */
  value: string;
}

export interface SDPDtlsParameters {
  role: string;
  fingerprints: SDPFingerprint[];
}

export interface SDPMediaSource {
  ssrc: number;
  attribute?: string;
  value?: string;
}

export interface SDPMediaSourceGroup {
  semantics: string;
  ssrcs: number[];
}

export interface SDPMediaStreamId {
  stream: string;
  /** Undefined where the line names a stream alone. */
  track: string;
}

export interface SDPCodec extends SDPCodecParameters {
  parameters?: SDPCodecAdditionalParameters;
  rtcpFeedback?: SDPFeedbackParameter[];
}

export interface SDPGroup {
  semantics: string;
  mids: string[];
}

export interface SDPMLine {
  kind: string;
  port?: number;
  /** Only of "m=audio 49170/2 ...". */
  portCount?: number;
  protocol: string;
  fmt?: string;
}

export interface SDPOLine {
  username: string;
  sessionId: string;
  sessionVersion: number;
  /** Only where a number cannot hold the version exactly. */
  sessionVersionText?: string;
  netType: string;
  addressType: string;
  address: string;
}

export interface SDPRtcpParameters {
  cname?: string;
  ssrc?: number;
  reducedSize?: boolean;
  compound?: boolean;
  mux?: boolean;
}

export interface SDPEncodingParameters {
  /** False where the section names no source. */
  ssrc: number | false;
  codecPayloadType?: number;
  rtx?: { ssrc: number };
  fec?: { ssrc: number | false; mechanism: string };
  /** In bits per second. */
  maxBitrate?: number | undefined;
}

export interface SDPRtpCapabilities {
  codecs: SDPCodec[];
  headerExtensions: SDPHeaderExtension[];
  fecMechanisms: string[];
  rtcp?: SDPRtcpParameters[];
  /** The protocol of the m-line. */
  profile?: string;
}

/** What `writeRtpDescription` reads. */
export interface SDPWritableRtpParameters {
  codecs: SDPCodec[];
  headerExtensions?: SDPHeaderExtension[];
  /** Default: "UDP/TLS/RTP/SAVPF". */
  profile?: string;
}

export interface SDPCryptoKeyParameters {
  keyMethod: string;
  keySalt: string;
  lifeTime?: string | undefined;
  mkiValue?: string | undefined;
  mkiLength?: string | number | undefined;
  /** What follows the first key behind ";". */
  furtherKeys?: string;
}

export interface SDPCrypto {
  tag: number;
  cryptoSuite: string;
  /** Text from `parseCryptoLine`; `writeCryptoLine` takes either. */
  keyParams: string | SDPCryptoKeyParameters;
  sessionParams?: string[];
}

export interface SDPSctpDescription {
  port: number;
  protocol: string;
  maxMessageSize?: number;
  /** Only of a=sctpmap. */
  streams?: number;
}

// -------------------------------------------------------------------------- lines and sections

/** Without blanks and line ends around them. */
export function splitLines(blob: SDPBlob): SDPLine[];
/** The session first, then each m-section; each ends with one CRLF. */
export function splitSections(blob: SDPBlob): SDPSection[];
/** The session's part. */
export function getDescription(blob: SDPBlob): SDPSection;
export function getMediaSections(blob: SDPBlob): SDPSection[];
/** Lines that begin with `prefix`, which they keep. */
export function matchPrefix(blob: SDPBlob, prefix: string): SDPLine[];
/** True when there are lines and all are a character, "=" and a value. */
export function isValidSDP(blob: unknown): boolean;

/** v=, o=, s= and t= of a new description. */
export function writeSessionBoilerplate(
  sessId?: string | number,
  sessVer?: string | number,
  sessUser?: string,
): SDPBlob;
export function generateSessionId(): string;
export function parseOLine(description: SDPBlob): SDPOLine;

// ----------------------------------------------------------------------------- media sections

export function parseMLine(mediaSection: SDPSection): SDPMLine;
export function getKind(mediaSection: SDPSection): string;
export function getMid(mediaSection: SDPSection): string | undefined;
export function isRejected(mediaSection: SDPSection): boolean;
/** Of the section, else of the session, else "sendrecv". */
export function getDirection(mediaSection: SDPSection, session?: SDPSection): SDPDirection;
export function parseMsid(mediaSection: SDPSection): SDPMediaStreamId | undefined;

// ------------------------------------------------------------------------------ ICE and DTLS

/** With "a=" in front, or without. */
export function parseCandidate(line: SDPLine): SDPIceCandidate;
/** Without "a=" and without a line end. */
export function writeCandidate(candidate: SDPIceCandidate): SDPLine;
export function parseIceOptions(line: SDPLine): string[];
/** Null unless there are a user fragment and a password. */
export function getIceParameters(
  mediaSection: SDPSection,
  session?: SDPSection,
): SDPIceParameters | null;
export function writeIceParameters(params: SDPIceParameters): SDPSection;

export function parseFingerprint(line: SDPLine): SDPFingerprint;
/** Fingerprints of the section, then of the session. */
export function getDtlsParameters(
  mediaSection: SDPSection,
  session?: SDPSection,
): SDPDtlsParameters;
export function writeDtlsParameters(params: SDPDtlsParameters, setupType: string): SDPSection;

export function parseCryptoLine(line: SDPLine): SDPCrypto;
export function writeCryptoLine(params: SDPCrypto): SDPLine;
/** Null for another method than "inline:". */
export function parseCryptoKeyParams(keyParams: string): SDPCryptoKeyParameters | null;
export function writeCryptoKeyParams(params: SDPCryptoKeyParameters): string;
export function getCryptoParameters(mediaSection: SDPSection, session?: SDPSection): SDPCrypto[];

// ------------------------------------------------------------------------------- RTP and RTCP

export function parseRtpMap(line: SDPLine): SDPCodecParameters;
export function writeRtpMap(codec: SDPCodecParameters): SDPLine;
export function parseFmtp(line: SDPLine): SDPCodecAdditionalParameters;
/** Empty when there is no parameter. */
export function writeFmtp(codec: SDPCodec): SDPLine;
export function parseRtcpFb(line: SDPLine): SDPFeedbackParameter;
/** A line for each of them. */
export function writeRtcpFb(codec: SDPCodec): SDPSection;
export function parseExtmap(line: SDPLine): SDPHeaderExtension;
export function writeExtmap(headerExtension: SDPHeaderExtension): SDPLine;

/** Codecs in the order of the m-line, each with its parameters and feedback. */
export function parseRtpParameters(mediaSection: SDPSection): SDPRtpCapabilities;
export function writeRtpDescription(kind: string, caps: SDPWritableRtpParameters): SDPSection;
export function parseRtpEncodingParameters(mediaSection: SDPSection): SDPEncodingParameters[];
export function parseRtcpParameters(mediaSection: SDPSection): SDPRtcpParameters;
export function writeRtcpParameters(params: SDPRtcpParameters): SDPSection;

export function parseSsrcMedia(line: SDPLine): SDPMediaSource;
export function parseSsrcGroup(line: SDPLine): SDPMediaSourceGroup;
/** Ten random characters. */
export function generateIdentifier(): string;
/** One for the page, made when the module is loaded. */
export const localCName: string;

// ------------------------------------------------------------------------------ data channels

export function parseSctpDescription(mediaSection: SDPSection): SDPSctpDescription | undefined;
export function writeSctpDescription(media: SDPMLine, desc: SDPSctpDescription): SDPSection;
