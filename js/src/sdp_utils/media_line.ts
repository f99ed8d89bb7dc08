// RFC 8866 section 5.14: m=<media> <port>["/"<number of ports>] <proto> <fmt> ...
// and what is asked of a media section as a whole.

import type { SDPDirection, SDPMLine, SDPSection } from '../../sdp.js';
import { readNumber } from './kept.js';
import { hasOwn } from './own.js';
import { firstLine, firstValue, splitLines } from './sections.js';
import { fields } from './text.js';

export function parseMLine(mediaSection: SDPSection): SDPMLine {
  const [kind, port, protocol, fmt] = fields(firstLine(mediaSection).slice(2), 3);
  const line = { kind: kind || '' } as SDPMLine;
  readNumber(line, 'port', port);
  line.protocol = protocol as string;
  line.fmt = fmt || '';
  const count = /^\d+\/(\d+)$/.exec(port || '');
  if (count) line.portCount = Number(count[1]);
  return line;
}

export function getKind(mediaSection: SDPSection): string {
  return (firstLine(mediaSection).split(' ')[0] as string).slice(2);
}

// RFC 3264 section 6: a port of zero rejects the section.
export function isRejected(mediaSection: SDPSection): boolean {
  return fields(firstLine(mediaSection), 2)[1] === '0';
}

export function getMid(mediaSection: SDPSection): string | undefined {
  return firstValue(mediaSection, 'a=mid:');
}

const kDirections: { [line: string]: SDPDirection } = {
  'a=sendrecv': 'sendrecv',
  'a=sendonly': 'sendonly',
  'a=recvonly': 'recvonly',
  'a=inactive': 'inactive',
};

// RFC 8866 section 6.7: of the section, else of the session, else "sendrecv".
export function getDirection(mediaSection: SDPSection, session?: SDPSection): SDPDirection {
  return directionOf(mediaSection) || directionOf(session || '') || 'sendrecv';
}

function directionOf(section: SDPSection): SDPDirection | undefined {
  const line = splitLines(section).find(function (text) {
    return hasOwn(kDirections, text);
  });
  return kDirections[line || ''];
}
