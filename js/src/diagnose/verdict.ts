// What the facts of a report mean. A pure function: the worlds that it tells apart are its tests.

import type { Finding, FindingId, Report, ServerFacts } from '../../koeru.diagnose.js';
import { kWords, kWordsWhereRefused } from './verdict_words.js';

export type Facts = Omit<Report, 'verdict'>;

const kLevels = ['bad', 'warning', 'good'] as const;

// The gravest first; never empty.
export function judge(facts: Facts): Finding[] {
  const findings = [...judgePage(facts), ...judgeServers(facts)];
  if (findings.some(({ id }) => id === 'no-network'))
    return findings.filter(({ id }) => id === 'no-network');
  if (!findings.some(({ level }) => level === 'bad') && works(facts))
    findings.push(finding('good', 'good'));
  return findings.sort((a, b) => kLevels.indexOf(a.level) - kLevels.indexOf(b.level));
}

function finding(
  id: FindingId,
  level: Finding['level'],
  servers: ServerFacts[] = [],
  words = kWords[id],
): Finding {
  const urls = servers.map(({ url }) => url);
  const facts: Record<string, string> = {
    urls: urls.join(', '),
    hosts: [...new Set(servers.map(({ host }) => host))].join(', '),
    expires: (servers.map(({ expires }) => expires).filter(Boolean)[0] || '').replace(
      /T(.*)\.\d+Z/,
      ' $1 UTC',
    ),
  };
  const [en, ja] = words.map((text) =>
    text.replace(/\{(\w+)\}/g, (_, name) => facts[name]!),
  ) as [string, string];
  return { id, level, urls, advice: { en, ja } };
}

const answers = ({ hasAnswered }: ServerFacts) => hasAnswered;
const hasError = (code: number, server: ServerFacts) =>
  server.errors.some((error) => error.code === code);
// It said no, so it is there.
const refuses = ({ errors }: ServerFacts) => errors.some(({ code }) => code >= 300 && code < 700);
const isThere = (server: ServerFacts) => answers(server) || refuses(server);
const carries = (server: ServerFacts) =>
  answers(server) && (!server.call || server.call.isConnected);

function works({ servers }: Facts): boolean {
  return servers.some((server) => server.isRelay && carries(server)) || servers.some(answers);
}

function judgePage({ page, reach }: Facts): Finding[] {
  const findings: Finding[] = [];
  if (!page.isSecure) findings.push(finding('page-not-secure', 'bad'));
  if (reach && reach.https && !reach.webSocket) findings.push(finding('signalling-blocked', 'bad'));
  return findings;
}

function judgeServers(facts: Facts): Finding[] {
  const { servers, page, reach } = facts;
  if (servers.length === 0) return [finding('no-servers', 'bad')];
  const isCutOff = !servers.some(isThere) && (!page.isOnline || (reach !== null && !reach.https));
  if (isCutOff) return [finding('no-network', 'bad')];
  return [
    ...judgeRefusals(servers),
    ...judgeSilence(servers),
    ...judgeRelays(servers),
    ...judgeNat(facts),
  ];
}

// Where another server carries calls, one that does not is no more than a warning.
function levelOf(failing: ServerFacts[], servers: ServerFacts[]): Finding['level'] {
  const isCarried = servers.some((server) => server.isRelay && carries(server));
  const areRelays = failing.some(({ isRelay }) => isRelay);
  return isCarried || !areRelays ? 'warning' : 'bad';
}

function judgeRefusals(servers: ServerFacts[]): Finding[] {
  const byId = new Map<FindingId, ServerFacts[]>();
  for (const server of servers) {
    if (answers(server)) continue;
    const id = reasonOfRefusal(server);
    if (id) byId.set(id, [...(byId.get(id) || []), server]);
  }
  return [...byId].map(([id, failing]) => finding(id, levelOf(failing, servers), failing));
}

function reasonOfRefusal(server: ServerFacts): FindingId | null {
  if (server.errors.some(({ code, text }) => code === 401 && /missing realm/i.test(text)))
    return 'realm-missing';
  if (hasError(401, server) || hasError(431, server)) {
    const isOver = server.expires !== null && Date.parse(server.expires) < Date.now();
    return isOver ? 'expired-credential' : 'wrong-credential';
  }
  if (hasError(486, server) || hasError(508, server)) return 'relay-full';
  if (hasError(438, server)) return 'stale-nonce';
  return refuses(server) ? 'server-refuses' : null;
}

// Servers from which nothing comes at all: is it they, or the network?
function judgeSilence(servers: ServerFacts[]): Finding[] {
  const silent = servers.filter((server) => !isThere(server));
  if (silent.length === 0) return [];
  const there = servers.filter(isThere);
  const findings: Finding[] = [];
  const isUdp = ({ transport }: ServerFacts) => transport === 'udp' || transport === 'dtls';
  const tellsOfUdp = !there.some(isUdp) && silent.some(isUdp) && there.length > 0;
  const only443 =
    tellsOfUdp &&
    there.every(({ port }) => port === 443) &&
    silent.some((server) => !isUdp(server));
  let rest = silent;
  const wordsOf = (id: FindingId) => (there.some(carries) ? kWords : kWordsWhereRefused)[id];
  if (only443) {
    findings.push(finding('only-443', 'warning', there, wordsOf('only-443')));
    rest = rest.filter(({ port }) => port === 443);
  } else if (tellsOfUdp) {
    findings.push(finding('udp-blocked', 'warning', silent.filter(isUdp), wordsOf('udp-blocked')));
    rest = rest.filter((server) => !isUdp(server));
  }
  const isAlive = (host: string) => there.some((server) => server.host === host);
  const intercepted = rest.filter(({ transport, host }) => transport === 'tls' && isAlive(host));
  const closed = rest.filter((server) => isAlive(server.host) && !intercepted.includes(server));
  const down = rest.filter(({ host }) => !isAlive(host));
  if (intercepted.length)
    findings.push(finding('tls-intercepted', levelOf(intercepted, servers), intercepted));
  if (closed.length) findings.push(finding('port-closed', levelOf(closed, servers), closed));
  if (down.length) findings.push(finding('server-down', levelOf(down, servers), down));
  return findings;
}

function judgeRelays(servers: ServerFacts[]): Finding[] {
  const relays = servers.filter(({ isRelay }) => isRelay);
  if (relays.length === 0) return [finding('no-relay', 'warning')];
  const findings: Finding[] = [];
  const refusing = relays.filter(({ call }) => call !== null && !call.isConnected);
  if (refusing.length)
    findings.push(finding('relay-refuses-peers', levelOf(refusing, servers), refusing));
  const isPrivate = ({ addresses }: ServerFacts) =>
    addresses.some(
      ({ type, kind }) => type === 'relay' && /^(private|shared|link-local)$/.test(kind),
    );
  // A relay of one's own network may serve that one alone.
  const hidden = relays.filter(isPrivate);
  if (hidden.length) findings.push(finding('relay-private', 'warning', hidden));
  return findings;
}

function judgeNat({ servers, mapping }: Facts): Finding[] {
  const isCarried = servers.some((server) => server.isRelay && carries(server));
  if (mapping.kind !== 'dependent' || isCarried) return [];
  return [finding('symmetric-without-relay', 'bad')];
}
