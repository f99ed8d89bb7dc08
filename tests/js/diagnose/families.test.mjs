import assert from 'node:assert/strict';
import test from 'node:test';
import { readCandidate } from '../../../build/js/diagnose/address.js';
import { judgeFamily } from '../../../build/js/diagnose/families.js';

const candidate = (type, address) =>
  readCandidate({ candidate: `candidate:1 1 udp 1 ${address} 5000 typ ${type} raddr :: rport 0` });
const host = (address) => candidate('host', address);
const server = (name, ...addresses) => ({ host: name, hasAnswered: true, addresses });
const nothing = { seen: [], relayed: [] };

test('IPv4 behind a NAT, and no IPv6', () => {
  const seen = candidate('srflx', '203.0.113.7');
  const gathered = [host('192.168.1.5'), host('fe80::1'), seen];
  const servers = [server('stun.example', seen), server('r.example', candidate('relay', '198.51.100.1'))];
  assert.deepEqual(judgeFamily(4, gathered, servers), {
    state: 'reached',
    seen: ['203.0.113.7'],
    relayed: ['198.51.100.1'],
  });
  assert.deepEqual(judgeFamily(6, gathered, servers), { state: 'none', ...nothing });
});

test('an address that no server told of may work or not', () => {
  const gathered = [host('192.168.1.5'), host('2600::5')];
  assert.deepEqual(judgeFamily(6, gathered, [server('stun.example')]), { state: 'own', ...nothing });
});

test('a server named by its address tells by which family it was reached', () => {
  assert.equal(judgeFamily(6, [host('2600::5')], [server('2600::1')]).state, 'reached');
  assert.equal(judgeFamily(4, [host('2600::5')], [server('2600::1')]).state, 'none');
  const silent = { ...server('2600::1'), hasAnswered: false };
  assert.equal(judgeFamily(6, [host('2600::5')], [silent]).state, 'own');
});

test('hidden addresses are no proof that there are none', () => {
  const hidden = [host('0a1b.local')];
  assert.equal(judgeFamily(4, hidden, []).state, 'unknown');
  assert.equal(judgeFamily(6, [], []).state, 'unknown');
  assert.equal(judgeFamily(4, [...hidden, candidate('srflx', '203.0.113.7')], []).state, 'reached');
});
