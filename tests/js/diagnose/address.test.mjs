import assert from 'node:assert/strict';
import test from 'node:test';
import { kindOf, readCandidate } from '../../../build/js/diagnose/address.js';

test('an address says where it counts', () => {
  const kinds = {
    '8.8.8.8': 'public',
    '10.1.2.3': 'private',
    '172.16.0.1': 'private',
    '172.32.0.1': 'public',
    '192.168.1.5': 'private',
    '100.64.0.1': 'shared',
    '100.128.0.1': 'public',
    '169.254.1.1': 'link-local',
    '127.0.0.1': 'loopback',
    '::1': 'loopback',
    'fe80::1': 'link-local',
    'fd00::1': 'private',
    '2600::1': 'public',
    '::ffff:10.0.0.1': 'private',
    '1f4712db-ea17.local': 'hidden',
  };
  for (const [address, kind] of Object.entries(kinds)) assert.equal(kindOf(address), kind, address);
});

test('a reflexive candidate names its base, unless the browser hides it', () => {
  const line = (raddr) =>
    `candidate:1 1 udp 1677729535 203.0.113.7 6000 typ srflx raddr ${raddr} rport 5000 generation 0`;
  const seen = readCandidate({ candidate: line('192.168.1.5') });
  assert.deepEqual(seen, {
    type: 'srflx',
    address: '203.0.113.7',
    port: 6000,
    family: 4,
    kind: 'public',
    base: '192.168.1.5:5000',
    relayProtocol: '',
  });
  assert.equal(readCandidate({ candidate: line('0.0.0.0') }).base, '');
});

test('a host candidate is its own base; a relayed one tells how it is reached', () => {
  const host = readCandidate({
    candidate: 'candidate:1 1 udp 2122260223 2001:db8::1 5000 typ host',
  });
  assert.deepEqual([host.family, host.base], [6, '2001:db8::1:5000']);
  const candidate =
    'candidate:3 1 udp 41885439 203.0.113.7 50000 typ relay raddr 203.0.113.9 rport 40000';
  assert.equal(readCandidate({ candidate, relayProtocol: 'tls' }).relayProtocol, 'tls');
});

test('what is no candidate of these is nothing', () => {
  for (const candidate of ['', 'candidate:1 1 udp 1 1.2.3.4 5 typ prflx', 'candidate:1', 'hello']) {
    assert.equal(readCandidate({ candidate }), null, candidate);
  }
});
