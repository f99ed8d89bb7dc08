// Watches how a connection gathers its candidates, and says why no relay gave one.

import type { CallError } from '../../koeru.call.js';
import { callError } from './errors.js';

// RFC 8656 section 18 and RFC 8489 section 14.8.
const kRefused = [400, 401, 403, 431, 438, 441];
const kFull = [486, 508];
// W3C WebRTC section 4.8.3: no server answered.
const kSilent = 701;

interface GatheringError {
  status: number;
  url: string;
}

export class RelayWatch {
  gotRelay = false;
  // Gathering came to its end.
  ondone: () => void = () => {};
  private errors: GatheringError[] = [];

  constructor(private connection: RTCPeerConnection) {
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate && / typ relay /.test(candidate.candidate)) this.gotRelay = true;
    });
    connection.addEventListener('icecandidateerror', (event) => {
      const { errorCode, url } = event as RTCPeerConnectionIceErrorEvent;
      // Servers that are not relays do not matter here.
      if (/^turns?:/.test(url)) this.errors.push({ status: errorCode, url });
    });
    connection.addEventListener('icegatheringstatechange', () => {
      if (connection.iceGatheringState === 'complete') this.ondone();
    });
  }

  // An answer of the relay says more than no answer.
  reason(): CallError {
    const among = (codes: number[]) => this.errors.find(({ status }) => codes.includes(status));
    const refused = among(kRefused);
    if (refused) return callError('RelayError', 'refused', { ...refused });
    const full = among(kFull);
    if (full) return callError('RelayError', 'full', { ...full });
    const [first] = this.errors;
    if (!first || among([kSilent])) {
      const urls = this.urls();
      const facts = { url: urls.join(', '), protocol: protocolsOf(urls) };
      return callError('RelayError', 'unreachable', facts);
    }
    return callError('RelayError', 'no-candidates', { ...first });
  }

  // Without any error (Chromium, when a port is closed) all that were tried.
  private urls(): string[] {
    if (this.errors.length) return [...new Set(this.errors.map(({ url }) => url))];
    const urls: string[] = [];
    for (const server of this.connection.getConfiguration().iceServers || []) {
      urls.push(...([] as string[]).concat(server.urls));
    }
    return urls.filter((url) => /^turns?:/.test(url));
  }
}

export function protocolsOf(urls: string[]): string {
  const names = urls.map((url) => {
    if (/^turns:/.test(url)) return 'TLS';
    return /transport=tcp/.test(url) ? 'TCP' : 'UDP';
  });
  return [...new Set(names)].join(', ') || 'UDP';
}
