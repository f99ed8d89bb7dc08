// koeru/sdp-transform: in the place of sdp-transform 3, with the same results. SDP.md has the list of
// differences.
//
//   import { parse, write } from 'koeru/sdp-transform';
//   const session = parse(offer.sdp);
//   session.media[0].direction = 'recvonly';
//   const text = write(session);

/** A number where the text is exactly what that number would be written as, else the text. */
export type Value = number | string;

export interface Section {
  [key: string]: any;
  description?: string;
  connection?: { version: number; ip: string };
  bandwidth?: Array<{ type: string; limit: Value }>;
  direction?: 'sendrecv' | 'recvonly' | 'sendonly' | 'inactive';
  iceUfrag?: string;
  icePwd?: string;
  iceOptions?: string;
  icelite?: string;
  /** The last one; `write` puts back the others. */
  fingerprint?: { type: string; hash: string };
  setup?: string;
  ext?: Array<{
    value: number;
    direction?: string;
    uri: string;
    config?: string;
    'encrypt-uri'?: string;
  }>;
  invalid?: Array<{ value: string }>;
}

export interface Candidate {
  foundation: Value;
  component: number;
  transport: string;
  priority: Value;
  ip: string;
  port: number;
  type: string;
  raddr?: string;
  rport?: number;
  tcptype?: string;
  generation?: number;
  'network-id'?: number;
  'network-cost'?: number;
}

export interface MediaDescription extends Section {
  type: string;
  port: number;
  /** Of "m=audio 49170/2 ..."; sdp-transform loses such a line. */
  portCount?: number;
  protocol: string;
  /** One format alone may be a number. */
  payloads?: Value;
  mid?: Value;
  rtp: Array<{ payload: number; codec: string; rate?: number; encoding?: Value }>;
  fmtp: Array<{ payload: number; config: string }>;
  rtcpFb?: Array<{ payload: Value; type: string; subtype?: string }>;
  rtcpFbTrrInt?: Array<{ payload: Value; value: number }>;
  rtcp?: { port: number; netType?: string; ipVer?: number; address?: string };
  msid?: Array<{ id: string; appdata?: string }>;
  ssrcs?: Array<{ id: Value; attribute: string; value?: Value }>;
  ssrcGroups?: Array<{ semantics: string; ssrcs: string }>;
  candidates?: Candidate[];
  rids?: Array<{ id: Value; direction: string; params?: string }>;
  simulcast?: { dir1: string; list1: string; dir2?: string; list2?: string };
}

export interface SessionDescription extends Section {
  version?: number;
  origin?: {
    username: string;
    sessionId: Value;
    sessionVersion: Value;
    netType: string;
    ipVer: number;
    address: string;
  };
  name?: string;
  timing?: { start: Value; stop: Value };
  groups?: Array<{ type: string; mids: Value }>;
  msidSemantic?: { semantic: string; token?: string };
  media: MediaDescription[];
}

export interface GrammarRow {
  name?: string;
  push?: string;
  names?: string[];
  reg?: RegExp;
  format?: string | ((fields: any) => string);
}

/** Its rows may be changed and added to; from then on lines are read in sdp-transform's own way. */
export const grammar: { [type: string]: GrammarRow[] };

export function parse(sdp: string): SessionDescription;
/** Like sdp-transform it sets a missing version, name or list of payloads in `session`. */
export function write(
  session: SessionDescription,
  options?: { outerOrder?: string[]; innerOrder?: string[] },
): string;

export function parseParams(text: string): { [name: string]: Value | undefined };
export function parseFmtpConfig(text: string): { [name: string]: Value | undefined };
export function parsePayloads(text: string | number): number[];
export function parseRemoteCandidates(
  text: string,
): Array<{ component: Value; ip: string; port: Value }>;
export function parseImageAttributes(text: string): Array<{ [name: string]: Value | undefined }>;
export function parseSimulcastStreamList(
  text: string,
): Array<Array<{ scid: Value; paused: boolean }>>;
