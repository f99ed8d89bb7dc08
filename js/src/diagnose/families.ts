// What came of IPv4 and of IPv6. Browsers try both, and a call needs one that both sides have.

import type { FamilyFacts, GatheredAddress, ServerFacts } from '../../koeru.diagnose.js';

// `gathered`: of this device, with what servers told it.
export function judgeFamily(
  family: 4 | 6,
  gathered: GatheredAddress[],
  servers: ServerFacts[],
): FamilyFacts {
  const given = servers.flatMap(({ addresses }) => addresses);
  const ofFamily = (address: GatheredAddress) => address.family === family && isRouted(address);
  const seen = [...gathered, ...given].filter((one) => one.type === 'srflx' && ofFamily(one));
  const relayed = given.filter((one) => one.type === 'relay' && ofFamily(one));
  const hosts = gathered.filter(({ type }) => type === 'host');
  const isOwn = hosts.some(ofFamily);
  const isKnown = hosts.length > 0 && hosts.every(({ kind }) => kind !== 'hidden');
  // An address in the URL leaves no doubt by which family the server was reached.
  const isReached = seen.length > 0 || servers.some((one) => one.hasAnswered && isLiteral(family, one));
  return {
    state: isReached ? 'reached' : isOwn ? 'own' : isKnown ? 'none' : 'unknown',
    seen: distinct(seen),
    relayed: distinct(relayed),
  };
}

function isRouted({ kind }: GatheredAddress): boolean {
  return kind !== 'hidden' && kind !== 'loopback' && kind !== 'link-local';
}

function isLiteral(family: 4 | 6, { host }: ServerFacts): boolean {
  return family === 6 ? host.includes(':') : /^\d+(\.\d+){3}$/.test(host);
}

function distinct(addresses: GatheredAddress[]): string[] {
  return [...new Set(addresses.map(({ address }) => address))];
}
