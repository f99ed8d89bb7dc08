// The lines m= and c= as browsers write them, read like the attributes of hot_lines.ts.

import { isEnd, isWordAt, kAny, kBlank, kDigit, kSlash, kVisible, kWord } from './codes.js';
import { numberAt, skip } from './codes.js';
import type { Section } from './hot_lines.js';
import { valueAt } from './value_at.js';

// RFC 8866 section 5.14: video 58817 UDP/TLS/RTP/SAVPF 96 97. All of a new section in one literal.
export function mediaAt(text: string, codes: Uint8Array, at: number): Section | undefined {
  const typeEnd = skip(codes, at, kWord);
  if (codes[typeEnd] !== kBlank) return undefined;
  const portEnd = skip(codes, typeEnd + 1, kDigit);
  const port = numberAt(codes, typeEnd + 1, portEnd);
  if (port < 0 || codes[portEnd] !== kBlank) return undefined;
  let protocolEnd = skip(codes, portEnd + 1, kWord);
  while (codes[protocolEnd] === kSlash) protocolEnd = skip(codes, protocolEnd + 1, kWord);
  if (codes[protocolEnd] !== kBlank) return undefined;
  const end = skip(codes, protocolEnd + 1, kAny);
  if (!isEnd(codes[end])) return undefined;
  return {
    rtp: [],
    fmtp: [],
    type: valueAt(text, codes, at, typeEnd),
    port: port,
    protocol: valueAt(text, codes, portEnd + 1, protocolEnd),
    payloads: valueAt(text, codes, protocolEnd + 1, end),
  };
}

// RFC 8866 section 5.7: IN IP4 127.0.0.1
export function readConnection(
  section: Section,
  text: string,
  codes: Uint8Array,
  at: number,
): boolean {
  if (section.connection !== undefined || !isWordAt(codes, at, at + 5, 'IN IP')) return false;
  const version = numberAt(codes, at + 5, skip(codes, at + 5, kDigit));
  if (version < 0 || version > 9 || codes[at + 6] !== kBlank) return false;
  const end = skip(codes, at + 7, kVisible);
  if (!isEnd(codes[end])) return false;
  section.connection = { version: version, ip: valueAt(text, codes, at + 7, end) };
  return true;
}
