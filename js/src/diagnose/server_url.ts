// stun:, stuns:, turn: and turns: URLs as browsers read them (RFC 7064, RFC 7065).

import type { ServerTransport } from '../../koeru.diagnose.js';

export interface ServerUrl {
  url: string;
  isRelay: boolean;
  transport: ServerTransport;
  host: string;
  port: number;
}

// Null: a browser would not take it.
export function readServerUrl(url: string): ServerUrl | null {
  const parts =
    /^(stuns?|turns?):(\[[0-9a-f:.]+\]|[^:?[\]/\s]+)(?::(\d{1,5}))?(?:\?transport=(udp|tcp))?$/i.exec(
      url,
    );
  if (!parts) return null;
  const scheme = parts[1]!.toLowerCase();
  const isSecure = scheme.endsWith('s');
  const isRelay = scheme.startsWith('turn');
  const given = (parts[4] || '').toLowerCase();
  const isStream = given ? given === 'tcp' : isSecure;
  const transport = isSecure ? (isStream ? 'tls' : 'dtls') : isStream ? 'tcp' : 'udp';
  const port = parts[3] ? Number(parts[3]) : isSecure ? 5349 : 3478;
  if (port < 1 || port > 65535) return null;
  return { url, isRelay, transport, host: parts[2]!.toLowerCase(), port };
}
