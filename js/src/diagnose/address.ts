// Addresses of candidates: family, and where they count.

import type { AddressKind, GatheredAddress } from '../../koeru.diagnose.js';

export function kindOf(address: string): AddressKind {
  if (/\.local$/i.test(address)) return 'hidden';
  if (address.includes(':')) return kindOfV6(address.toLowerCase());
  const [a = 0, b = 0] = address.split('.').map(Number);
  if (a === 127) return 'loopback';
  if (a === 169 && b === 254) return 'link-local';
  if (a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168)) return 'private';
  if (a === 100 && b >= 64 && b < 128) return 'shared';
  return 'public';
}

function kindOfV6(address: string): AddressKind {
  if (address === '::1') return 'loopback';
  if (/^fe[89ab]/.test(address)) return 'link-local';
  if (/^f[cd]/.test(address)) return 'private';
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  return v4 ? kindOf(v4[1]!) : 'public';
}

// What is read of a candidate; the attribute itself for what browsers leave out of the object.
export interface CandidateLike {
  candidate: string;
  relayProtocol?: string | null;
}

// RFC 8839 section 5.1. Null: not a host, reflexive or relayed one over UDP or TCP.
export function readCandidate({ candidate, relayProtocol }: CandidateLike): GatheredAddress | null {
  const words = candidate.trim().split(/\s+/);
  const [, , , , address, port, typ, type] = words;
  if (typ !== 'typ' || !/^(host|srflx|relay)$/.test(type || '')) return null;
  const value = (name: string) => {
    const at = words.indexOf(name, 8);
    return at < 0 ? '' : words[at + 1] || '';
  };
  const related = value('raddr');
  const isShown = related !== '' && !/^(0\.0\.0\.0|::)$/.test(related);
  const base =
    type === 'host' ? `${address}:${port}` : isShown ? `${related}:${value('rport')}` : '';
  return {
    type: type as GatheredAddress['type'],
    address: address!,
    port: Number(port),
    family: address!.includes(':') ? 6 : 4,
    kind: kindOf(address!),
    base,
    relayProtocol: relayProtocol || '',
  };
}
