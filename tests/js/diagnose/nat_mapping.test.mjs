import assert from 'node:assert/strict';
import test from 'node:test';
import { judgeMapping } from '../../../build/js/diagnose/nat_mapping.js';
import { readCandidate } from '../../../build/js/diagnose/address.js';

const host = (address, port) =>
  readCandidate({ candidate: `candidate:1 1 udp 1 ${address} ${port} typ host` });
const seen = (address, port, base, basePort) =>
  readCandidate({
    candidate: `candidate:1 1 udp 1 ${address} ${port} typ srflx raddr ${base} rport ${basePort}`,
  });
const home = [host('192.168.1.5', 5000)];

test('one mapping for two servers does not depend on the destination', () => {
  const mapping = judgeMapping([seen('203.0.113.7', 6000, '192.168.1.5', 5000)], home, 2);
  assert.deepEqual(mapping, { kind: 'independent', why: '' });
});

test('two mappings of one socket are those of a symmetric NAT', () => {
  const two = [6000, 6001].map((port) => seen('203.0.113.7', port, '192.168.1.5', 5000));
  assert.equal(judgeMapping(two, home, 2).kind, 'dependent');
});

test('two sockets with a mapping each are no symmetric NAT', () => {
  const two = [
    seen('203.0.113.7', 6000, '192.168.1.5', 5000),
    seen('198.51.100.7', 6001, '10.0.0.2', 5001),
  ];
  assert.equal(judgeMapping(two, [...home, host('10.0.0.2', 5001)], 2).kind, 'independent');
});

test('one server tells nothing about mapping', () => {
  const one = [seen('203.0.113.7', 6000, '192.168.1.5', 5000)];
  assert.deepEqual(judgeMapping(one, home, 1), { kind: 'unknown', why: 'one-server' });
});

test('where bases are hidden two mappings may be of two interfaces, and that is said', () => {
  const ports = [6000, 6001].map((port) => seen('203.0.113.7', port, '0.0.0.0', 0));
  assert.deepEqual(judgeMapping(ports, [], 2), { kind: 'unknown', why: 'hidden-addresses' });
  const addresses = ['203.0.113.7', '198.51.100.7'].map((address) =>
    seen(address, 6000, '0.0.0.0', 0),
  );
  assert.deepEqual(judgeMapping(addresses, [], 2), { kind: 'unknown', why: 'several-interfaces' });
  assert.equal(judgeMapping([ports[0]], [], 2).kind, 'independent');
});

test('no NAT: the address that servers see is the own one, or left out as such', () => {
  assert.equal(judgeMapping([seen('203.0.113.7', 5000, '203.0.113.7', 5000)], [], 1).kind, 'none');
  assert.equal(judgeMapping([], [host('203.0.113.7', 5000)], 1).kind, 'none');
});

test('without an answer nothing is known, and IPv6 says nothing about IPv4', () => {
  assert.deepEqual(judgeMapping([], home, 0), { kind: 'unknown', why: 'no-answer' });
  assert.deepEqual(judgeMapping([seen('2600::1', 5000, '2600::1', 5000)], home, 2), {
    kind: 'unknown',
    why: 'no-answer',
  });
});
