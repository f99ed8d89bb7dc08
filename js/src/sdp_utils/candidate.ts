// RFC 8839 section 5.1:
//   candidate:<foundation> <component-id> <transport> <priority> <address> <port> typ <type>
//     [raddr <address>] [rport <port>] *(<extension name> <extension value>)

import type { SDPIceCandidate, SDPLine } from '../../sdp.js';
import { extensionsText, readExtensions } from './candidate_extensions.js';
import { readNumber, writtenNumber } from './kept.js';
import { asText, fields, joinWords } from './text.js';

const kFixedFields = 8;
const kCandidate = 'candidate:';
const kAttribute = 'a=candidate:';

const kComponents: { [id: string]: 'rtp' | 'rtcp' } = { '1': 'rtp', '2': 'rtcp' };
const kComponentIds: { [name: string]: string } = { rtp: '1', rtcp: '2' };

export function parseCandidate(line: SDPLine): SDPIceCandidate {
  const parts = partsOf(withoutPrefix(line.trim()));
  const candidate = { foundation: parts[0] || '' } as SDPIceCandidate;
  const component = parts[1] as string;
  candidate.component = kComponents[component] || (component as unknown as number);
  candidate.protocol = (parts[2] || '').toLowerCase() as 'udp';
  readNumber(candidate, 'priority', parts[3]);
  candidate.ip = parts[4] as string;
  candidate.address = candidate.ip;
  readNumber(candidate, 'port', parts[5]);
  // parts[6] is "typ".
  candidate.type = parts[7] as 'host';
  readExtensions(candidate, parts, kFixedFields);
  return candidate;
}

function withoutPrefix(line: string): string {
  if (line.startsWith(kAttribute)) return line.slice(kAttribute.length);
  if (line.startsWith(kCandidate)) return line.slice(kCandidate.length);
  return line.replace(/^(?:a=)?candidate:/i, '');
}

// Only between the extensions does a second blank say something.
function partsOf(text: string): string[] {
  if (!text.includes('  ') && !text.startsWith(' ')) return text.split(' ');
  const found = fields(text, kFixedFields);
  const rest = found[kFixedFields];
  return rest === undefined ? found : found.slice(0, kFixedFields).concat(rest.split(' '));
}

export function writeCandidate(candidate: SDPIceCandidate): SDPLine {
  const protocol = asText(candidate.protocol).toUpperCase();
  const component = asText(candidate.component);
  const line = joinWords([
    candidate.foundation,
    kComponentIds[component] || component,
    protocol,
    writtenNumber(candidate, 'priority', candidate.priority),
    candidate.address || candidate.ip,
    writtenNumber(candidate, 'port', candidate.port),
    'typ',
    candidate.type,
    relatedText(candidate),
    candidate.tcpType && protocol === 'TCP' ? 'tcptype ' + candidate.tcpType : '',
  ]);
  return kCandidate + line + extensionsText(candidate);
}

// RFC 8839 section 5.1: a host candidate has none.
function relatedText(candidate: SDPIceCandidate): string {
  if (candidate.type === 'host' || !candidate.relatedAddress) return '';
  if (candidate.relatedPort === undefined) return '';
  const port = writtenNumber(candidate, 'relatedPort', candidate.relatedPort);
  return `raddr ${candidate.relatedAddress} rport ${port}`;
}
