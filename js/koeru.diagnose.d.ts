// koeru.diagnose.js: why a connection fails, found out by trying. How to read a report:
// DIAGNOSE.md.
//
//   const report = await Koeru.diagnose({ iceServers });
//   report.verdict[0].advice.en;   // "The relay refuses this user name and password. ..."
//
// A report is plain JSON: it can be stored, sent and compared. Passwords are not in it.

export interface DiagnoseOptions {
  /** As for RTCPeerConnection. Default: `GET /ice-servers` of `url`. */
  iceServers?: RTCIceServer[];
  /** The page that serves signalling and credentials, such as "https://relay.example"; '' (the
   *  default) is this page's server, null is none. */
  url?: string | null;
  /** Milliseconds for one server to give an address. Default: 12000 (browsers give up after 10). */
  timeout?: number;
  /** Whether a call is led through each relay that gave an address. Default: true. */
  calls?: boolean;
  /** After each step. */
  onProgress?: (progress: Progress) => void;
  /** Ends it early: the promise rejects with AbortError. */
  signal?: AbortSignal;
}

export interface Progress {
  done: number;
  of: number;
  /** What begins now: 'reach', 'devices', a server's URL, 'call ' and a URL, or 'verdict'. */
  step: string;
}

export interface Report {
  /** When it began, ISO 8601. */
  at: string;
  page: { origin: string; isSecure: boolean; isOnline: boolean };
  devices: DeviceFacts;
  /** The server of `url`; null without one. */
  reach: ReachFacts | null;
  servers: ServerFacts[];
  mapping: Mapping;
  /** What came of IPv4 and of IPv6. */
  families: { 4: FamilyFacts; 6: FamilyFacts };
  /** What it all means, the gravest first. Never empty. */
  verdict: Finding[];
}

export interface DeviceFacts {
  cameras: number;
  microphones: number;
  /** 'granted', 'denied', 'prompt'; 'unknown' where the browser does not tell. */
  camera: string;
  microphone: string;
}

export interface ReachFacts {
  https: boolean;
  webSocket: boolean;
  /** Why not. Empty when both work. */
  error: string;
}

export type ServerTransport = 'udp' | 'tcp' | 'tls' | 'dtls';
export type AddressKind = 'public' | 'private' | 'shared' | 'link-local' | 'loopback' | 'hidden';

export interface GatheredAddress {
  type: 'host' | 'srflx' | 'relay';
  address: string;
  port: number;
  family: 4 | 6;
  /** 'shared': 100.64.0.0/10, of a carrier's NAT. 'hidden': an mDNS name. */
  kind: AddressKind;
  /** The socket that it belongs to, "address:port"; empty where the browser hides it. */
  base: string;
  /** How the client speaks to the relay. Empty where the browser does not tell. */
  relayProtocol: string;
}

export interface ServerError {
  code: number;
  text: string;
  /** Whether a call can do without what failed here. */
  isHarmless: boolean;
  meaning: Advice;
}

export interface ServerFacts {
  url: string;
  /** Host and port, as they count. */
  host: string;
  port: number;
  isRelay: boolean;
  transport: ServerTransport;
  /** Whether it gave an address. A STUN server that tells a host its own address (no NAT) counts,
   *  too: browsers leave such an address out. */
  hasAnswered: boolean;
  /** What it gave: reflexive addresses of a STUN server, relayed ones of a TURN server. */
  addresses: GatheredAddress[];
  errors: ServerError[];
  /** Milliseconds to the first address; null when there was none. */
  ms: number | null;
  /** Milliseconds until the browser was done; null when it was not done in time. */
  gatheredMs: number | null;
  /** When a time-limited user name, or a JSON Web Token, ends or ended, ISO 8601; null: it does not
   *  say. */
  expires: string | null;
  /** A call through it, from this page to itself. Null: not tried. */
  call: CallFacts | null;
}

export interface CallFacts {
  isConnected: boolean;
  /** Milliseconds until data could be sent. */
  connectMs: number | null;
  /** Round trips over the data channel, in milliseconds. */
  latencyMs: { median: number; worst: number } | null;
  /** Of packets that nobody sends again, 0 to 1. */
  loss: number | null;
  /** Bits per second. */
  throughput: number | null;
  video: { bitrate: number; framesDecoded: number; freezes: number } | null;
}

export interface FamilyFacts {
  /** 'reached': a server answered over it. 'own': this device has an address, and no server told of it
   *  (without a NAT it may work all the same). 'none': the device has no address but local ones.
   *  'unknown': the browser hides addresses, and no server told of one. */
  state: 'reached' | 'own' | 'none' | 'unknown';
  /** Addresses at which STUN servers see this device. */
  seen: string[];
  /** Addresses that relays gave. */
  relayed: string[];
}

export interface Mapping {
  /**
   * How the NAT before this page maps (RFC 4787 section 4.1): 'none' (no NAT), 'independent'
   * (good), 'dependent' ("symmetric": direct calls need luck), 'unknown'. Filtering cannot be seen
   * from a page.
   */
  kind: 'none' | 'independent' | 'dependent' | 'unknown';
  /** Why it is unknown. Empty otherwise. */
  why: '' | 'no-answer' | 'one-server' | 'hidden-addresses' | 'several-interfaces';
}

export type FindingId =
  | 'no-network'
  | 'no-servers'
  | 'server-down'
  | 'port-closed'
  | 'udp-blocked'
  | 'only-443'
  | 'tls-intercepted'
  | 'wrong-credential'
  | 'expired-credential'
  | 'realm-missing'
  | 'stale-nonce'
  | 'server-refuses'
  | 'relay-full'
  | 'relay-refuses-peers'
  | 'relay-private'
  | 'no-relay'
  | 'symmetric-without-relay'
  | 'page-not-secure'
  | 'signalling-blocked'
  | 'good';

export interface Finding {
  id: FindingId;
  /** 'bad': calls fail. 'warning': some do, or go the long way. 'good'. */
  level: 'bad' | 'warning' | 'good';
  /** The servers that it is about. */
  urls: string[];
  /** What is so, and what to do next. */
  advice: Advice;
}

export interface Advice {
  en: string;
  ja: string;
}

/** Rejects with TypeError (a bad URL, no servers), NotSupportedError, or AbortError. */
export function diagnose(options?: DiagnoseOptions): Promise<Report>;

/** What a code of `icecandidateerror` means (RFC 8656 section 18, W3C WebRTC section 4.8.3). */
export function explainIceError(code: number, text?: string): ServerError;
