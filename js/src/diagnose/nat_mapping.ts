// How the NAT before the page maps, as far as candidates tell (RFC 4787 section 4.1, RFC 5780
// section 4.3): one socket that several servers see at one address has a mapping that does not
// depend on the destination.

import type { GatheredAddress, Mapping } from '../../koeru.diagnose.js';

// `reflexive`: what each STUN server, asked from the same sockets, told. Browsers leave out a
// candidate that says the same as one before, so `servers` counts those that answered.
export function judgeMapping(
  reflexive: GatheredAddress[],
  hosts: GatheredAddress[],
  servers: number,
): Mapping {
  // IPv6 is hardly ever translated, and says nothing about IPv4.
  const seen = reflexive.filter(({ family }) => family === 4);
  const own = hosts.filter(({ family, kind }) => family === 4 && kind !== 'loopback');
  if (seen.length === 0) {
    // A reflexive address that is the host's own is left out as redundant.
    const isOpen = servers > 0 && own.some(({ kind }) => kind === 'public');
    return isOpen ? { kind: 'none', why: '' } : { kind: 'unknown', why: 'no-answer' };
  }
  const byBase = new Map<string, Set<string>>();
  for (const { base, address, port } of seen) {
    const mapped = byBase.get(base) || new Set();
    byBase.set(base, mapped.add(`${address}:${port}`));
  }
  const isHidden = byBase.has('');
  for (const [base, mapped] of byBase) {
    if (base && mapped.size > 1) return { kind: 'dependent', why: '' };
    if (base && mapped.has(base)) return { kind: 'none', why: '' };
  }
  if (servers < 2) return { kind: 'unknown', why: 'one-server' };
  if (!isHidden) return { kind: 'independent', why: '' };
  // Without bases two mappings may be those of two interfaces.
  const mapped = byBase.get('')!;
  if (mapped.size === 1) return { kind: 'independent', why: '' };
  const addresses = new Set([...mapped].map((text) => text.slice(0, text.lastIndexOf(':'))));
  return { kind: 'unknown', why: addresses.size > 1 ? 'several-interfaces' : 'hidden-addresses' };
}
