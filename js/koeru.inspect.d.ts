// koeru.inspect.js: what anything is, as a tree. INSPECT.md shows how to use it.
//
//   const { items } = await Koeru.inspect('000100002112a442000102030405060708090a0b');
//   items[0].tree.value;          // "Binding request"
//
// Texts in a result are safe to show as text: bytes of strangers are escaped.

import type { KoeruFallback, WasmSource } from './koeru.js';

/** Text is what a person pastes; a Blob may be a File that was dropped. */
export type InspectInput = string | ArrayBuffer | ArrayBufferView | Blob;

export interface InspectOptions {
  /** With a password, integrity attributes are checked. Without a username: the short-term key. */
  username?: string;
  /** For messages that name none, when no message before them did. */
  realm?: string;
  password?: string;
  /** Where koeru.inspect.wasm is, or its bytes, for the first call: where it does not lie beside the
   *  script. Or what koeru.inspect.wasm.js exports, to do without WebAssembly. */
  wasm?: WasmSource | KoeruFallback;
}

export interface Inspection {
  kind: 'empty' | 'text' | 'bytes' | 'capture';
  /** Of 'text': the text in which the ranges of trees count, as UTF-8. It is the input, or the `sdp` or
   *  `candidate` in it where the input was JSON of an RTCSessionDescription or RTCIceCandidate. */
  text?: string;
  /** What was found, in order. Empty for captures. */
  items: InspectedItem[];
  /** Of captures: UDP datagrams and TCP segments with data, 20,000 at most. */
  packets?: InspectedPacket[];
  counts?: CaptureCounts;
  /** Of captures whose packets have a link type that is not known: its number. */
  unknownLinkType?: number;
  /** Lines of a session description between other items: they were left out. */
  sdpLines?: number;
  /** What could not be read, where, and what would be right. What stands before it was read. */
  error?: string;
}

export interface InspectedItem {
  kind: 'sdp' | 'candidate' | 'uri' | 'packet';
  /** Of text: where it begins, from 1. */
  line?: number;
  /** Of packets: their bytes, in which the ranges of the tree count. Messages of a stream share them. */
  bytes?: Uint8Array;
  tree: InspectNode;
}

export interface InspectedPacket {
  /** Of the packet in the file, from 1. */
  number: number;
  /** Milliseconds since 1970, with a fraction. */
  time: number;
  /** "192.0.2.1:5000", "[2001:db8::1]:5000" */
  source: string;
  destination: string;
  transport: 'UDP' | 'TCP';
  /** 'TCP' is a segment that does not consist of whole messages. */
  kind: 'STUN' | 'ChannelData' | 'DTLS' | 'RTP' | 'RTCP' | 'TLS' | 'TCP' | 'other';
  /** "Binding success response  (mapped 192.0.2.1:32853)" */
  summary: string;
  /** Where its bytes stand in the file. */
  offset: number;
  size: number;
  /** The capture kept a part of it only. */
  cut?: true;
  bytes: Uint8Array;
  /** Made when it is read; ranges count in `bytes`. */
  readonly tree: InspectNode;
}

export interface CaptureCounts {
  packets: number;
  /** Neither UDP nor TCP, or of an unknown link type. */
  otherProtocols: number;
  malformed: number;
  /** Of IP: they are not put together. */
  fragments: number;
  /** Beyond the 20,000. */
  leftOut: number;
}

export interface InspectNode {
  /** "XOR-MAPPED-ADDRESS", "a=rtpmap" */
  label: string;
  /** The range in bytes. */
  offset: number;
  size: number;
  value?: string;
  /** "RFC 8489 §14.2", or where it comes from otherwise ("libwebrtc"). */
  rfc?: string;
  remarks?: Remark[];
  children?: InspectNode[];
}

export interface Remark {
  severity: 'note' | 'warning' | 'error';
  text: string;
  rfc?: string;
}

/** Rejects with TypeError for another kind of input, RangeError for more than 64 MiB, LoadError. */
export function inspect(input: InspectInput, options?: InspectOptions): Promise<Inspection>;

/** "RFC 8489 §14.2" -> "https://www.rfc-editor.org/rfc/rfc8489#section-14.2"; '' for what is no RFC. */
export function rfcUrl(rfc: string): string;
