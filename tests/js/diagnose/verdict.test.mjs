// The worlds that a verdict tells apart, each by the facts that a browser sees in it.

import assert from 'node:assert/strict';
import test from 'node:test';
import { explainIceError } from '../../../build/js/diagnose/ice_error.js';
import { readServerUrl } from '../../../build/js/diagnose/server_url.js';
import { judge } from '../../../build/js/diagnose/verdict.js';

const kCall = {
  isConnected: true,
  connectMs: 90,
  latencyMs: { median: 2, worst: 9 },
  loss: 0,
  throughput: 9e6,
  video: { bitrate: 3e5, framesDecoded: 50, freezes: 0 },
};
const relayed = (address = '203.0.113.7', kind = 'public') => [
  { type: 'relay', address, port: 50000, family: 4, kind, base: '', relayProtocol: 'udp' },
];

function server(url, more = {}) {
  return {
    ...readServerUrl(url),
    hasAnswered: false,
    addresses: [],
    errors: [],
    ms: null,
    gatheredMs: 10_000,
    expires: null,
    call: null,
    ...more,
  };
}
const good = (url, more) => {
  const { isRelay } = readServerUrl(url);
  return server(url, {
    hasAnswered: true,
    ms: 20,
    addresses: isRelay ? relayed() : [],
    call: isRelay ? kCall : null,
    ...more,
  });
};
const refused = (url, code, text = '', more = {}) =>
  server(url, { errors: [explainIceError(code, text)], ...more });

const kUdp = 'turn:r.example?transport=udp';
const kTcp = 'turn:r.example?transport=tcp';
const kTls = 'turns:r.example:443?transport=tcp';

function ids(servers, more) {
  return judged(servers, more).map(({ id, level }) => `${level} ${id}`);
}

const kNoFamily = { state: 'unknown', seen: [], relayed: [] };

function judged(servers, more = {}) {
  const findings = judge({
    at: '',
    servers,
    page: { origin: 'https://r.example', isSecure: true, isOnline: true, ...more.page },
    devices: { cameras: 1, microphones: 1, camera: 'granted', microphone: 'granted' },
    reach: more.reach === undefined ? { https: true, webSocket: true, error: '' } : more.reach,
    mapping: more.mapping || { kind: 'independent', why: '' },
    families: { 4: kNoFamily, 6: kNoFamily },
  });
  assert.ok(findings.length > 0);
  for (const { advice } of findings) {
    assert.doesNotMatch(advice.en + advice.ja, /[{}]|undefined/);
    assert.match(advice.ja, /[ぁ-ん]/);
  }
  return findings;
}

test('everything works', () => {
  assert.deepEqual(ids([good('stun:r.example'), good(kUdp), good(kTcp), good(kTls)]), [
    'good good',
  ]);
});

test("no network: nothing answers, and neither does the page's own server", () => {
  const cut = { reach: { https: false, webSocket: false, error: 'x' } };
  assert.deepEqual(ids([server(kUdp), server(kTls)], cut), ['bad no-network']);
  assert.deepEqual(ids([server(kUdp)], { page: { isOnline: false }, reach: null }), [
    'bad no-network',
  ]);
});

test('UDP is blocked: TCP and TLS carry the call', () => {
  assert.deepEqual(ids([server(kUdp), good(kTcp), good(kTls)]), [
    'warning udp-blocked',
    'good good',
  ]);
});

test('where TCP only refuses, nobody says that it works', () => {
  const advice = (servers, wanted) =>
    judged(servers).find(({ id }) => id === wanted).advice.en;
  assert.match(advice([server(kUdp), good(kTcp)], 'udp-blocked'), /over TCP or TLS, which works/);
  const udpRefused = [server(kUdp), refused(kTcp, 401)];
  assert.deepEqual(ids(udpRefused), ['bad wrong-credential', 'warning udp-blocked']);
  assert.doesNotMatch(advice(udpRefused, 'udp-blocked'), /works/);
  assert.match(advice(udpRefused, 'udp-blocked'), /refuses/);
  const carriesNothing = good(kTcp, { call: { ...kCall, isConnected: false } });
  assert.doesNotMatch(advice([server(kUdp), carriesNothing], 'udp-blocked'), /works/);
  const on443 = [server(kUdp), server(kTcp), refused(kTls, 486)];
  assert.match(advice(on443, 'only-443'), /refuses/);
});

test('only port 443 is open', () => {
  assert.deepEqual(ids([server(kUdp), server(kTcp), good(kTls)]), [
    'warning only-443',
    'good good',
  ]);
});

test('TLS is intercepted: the server is there, only TLS to it is not', () => {
  assert.deepEqual(ids([good(kUdp), good(kTcp), refused(kTls, 701)]), [
    'warning tls-intercepted',
    'good good',
  ]);
});

test('a wrong credential, and one that ended', () => {
  assert.deepEqual(ids([refused(kUdp, 401, 'Unauthorized')]), ['bad wrong-credential']);
  const later = new Date(Date.now() + 3.6e6).toISOString();
  assert.deepEqual(ids([refused(kUdp, 401, '', { expires: later })]), ['bad wrong-credential']);
  const ended = new Date(Date.now() - 1000).toISOString();
  assert.deepEqual(ids([refused(kUdp, 401, '', { expires: ended })]), ['bad expired-credential']);
});

test('a relay without a realm', () => {
  const text = 'Missing REALM attribute in allocate unauthorized response.';
  assert.deepEqual(ids([refused(kUdp, 401, text)]), ['bad realm-missing']);
});

test('a server that is down: nothing of it answers, though others do', () => {
  assert.deepEqual(ids([server(kUdp), server(kTcp), server(kTls)]), ['bad server-down']);
  const other = 'turn:other.example?transport=udp';
  assert.deepEqual(ids([server(other), good(kUdp)]), ['warning server-down', 'good good']);
});

test('a closed port: the same host answers on another one', () => {
  assert.deepEqual(ids([good(kUdp), server('turn:r.example:99?transport=udp')]), [
    'warning port-closed',
    'good good',
  ]);
  assert.deepEqual(ids([good('stun:r.example'), server('turn:r.example:99?transport=udp')]), [
    'bad port-closed',
  ]);
});

test('a relay that refuses peers gives addresses and carries nothing', () => {
  const call = {
    ...kCall,
    isConnected: false,
    connectMs: null,
    latencyMs: null,
    loss: null,
    throughput: null,
    video: null,
  };
  assert.deepEqual(ids([good(kUdp, { call })]), ['bad relay-refuses-peers']);
});

test('a relay that is full', () => {
  assert.deepEqual(ids([refused(kUdp, 486)]), ['bad relay-full']);
  assert.deepEqual(ids([refused(kUdp, 508), good(kTcp)]), ['warning relay-full', 'good good']);
});

test('a server that refuses with any error is never passed over', () => {
  for (const code of [300, 400, 403, 442, 500, 599]) {
    assert.deepEqual(ids([refused(kUdp, code)]), ['bad server-refuses'], String(code));
  }
  assert.deepEqual(ids([refused(kUdp, 438)]), ['bad stale-nonce']);
});

test('a symmetric NAT is bad without a relay, and no matter with one', () => {
  const mapping = { kind: 'dependent', why: '' };
  assert.deepEqual(ids([good('stun:a.example'), good('stun:b.example')], { mapping }), [
    'bad symmetric-without-relay',
    'warning no-relay',
  ]);
  assert.deepEqual(ids([good(kUdp)], { mapping }), ['good good']);
});

test('a relayed address that nobody outside can reach', () => {
  assert.deepEqual(ids([good(kUdp, { addresses: relayed('10.0.0.1', 'private') })]), [
    'warning relay-private',
    'good good',
  ]);
});

test('no servers; a page that is not secure; a proxy without WebSockets', () => {
  assert.deepEqual(ids([]), ['bad no-servers']);
  assert.deepEqual(ids([good(kUdp)], { page: { isSecure: false } }), ['bad page-not-secure']);
  assert.deepEqual(ids([good(kUdp)], { reach: { https: true, webSocket: false, error: 'x' } }), [
    'bad signalling-blocked',
  ]);
});
