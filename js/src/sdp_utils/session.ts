// RFC 8866 section 5.2: o=<username> <sess-id> <sess-version> <nettype> <addrtype> <address>
// and the beginning of a new description.

import type { SDPBlob, SDPOLine } from '../../sdp.js';
import { readNumber, writtenNumber } from './kept.js';
import { randomDigits } from './random.js';
import { firstValue } from './sections.js';
import { words } from './text.js';

export function parseOLine(description: SDPBlob): SDPOLine {
  const parts = words(firstValue(description, 'o=') || '');
  const line = { username: parts[0] || '', sessionId: parts[1] } as SDPOLine;
  const version = readNumber(line, 'sessionVersion', parts[2]);
  if (!Number.isSafeInteger(version) && /^\d+$/.test(parts[2] || '')) {
    line.sessionVersionText = writtenNumber(line, 'sessionVersion', line.sessionVersion);
  }
  line.netType = parts[3] as string;
  line.addressType = parts[4] as string;
  line.address = parts[5] as string;
  return line;
}

// RFC 8829 section 5.2.1: a random number of 64 bits, the highest of them zero.
export function generateSessionId(): string {
  return randomDigits(18);
}

export function writeSessionBoilerplate(
  sessId?: string | number,
  sessVer?: string | number,
  sessUser?: string,
): SDPBlob {
  const id = sessId || generateSessionId();
  const version = sessVer === undefined ? 2 : sessVer;
  const user = sessUser || 'thisisadapterortc';
  return `v=0\r\no=${user} ${id} ${version} IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n`;
}
