// The codecs as a page uses them, through koeru.mjs and koeru.wasm.

import assert from 'node:assert/strict';
import test from 'node:test';
import * as Koeru from '../../build/dist/koeru.mjs';
import { expectedEngine } from './support/expected_engine.mjs';

// RFC 5769 sections 2.1 and 2.4.
const sample =
  '000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74' +
  '002400046e0001ff80290008932ff9b151263b36000600096576746a3a68367659202020' +
  '000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf';
const password = 'VOkJxbRl1RmTxUk/WvJxBt';
const longTerm =
  '000100602112a44278ad3433c6ad72c029da412e00060012e3839ee38388e383aae38383e382afe382b90000' +
  '0015001c662f2f3439396b39353464364f4c33346f4c39465354767936347341' +
  '0014000b6578616d706c652e6f726700' +
  '00080014f67024656dd64a3e02b8e0712e85c9a28ca89666';

function toHex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function toBytes(hex) {
  return new Uint8Array(hex.match(/../g).map((digits) => parseInt(digits, 16)));
}

function thrown(body) {
  try {
    body();
  } catch (error) {
    return error;
  }
  throw new Error('it should have thrown');
}

test('before koeru.wasm is loaded each function says what to wait for', () => {
  for (const call of [
    () => Koeru.stun.decode(sample),
    () => Koeru.stun.encode({ method: 'Binding' }),
    () => Koeru.candidate.parse(''),
    () =>
      Koeru.candidate.format({
        foundation: '1',
        priority: 1,
        address: '::',
        port: 1,
        type: 'host',
      }),
    () => Koeru.uri.parse('stun:a'),
  ]) {
    const error = thrown(call);
    assert.equal(error.name, 'InvalidStateError');
    assert.match(error.message, /await Koeru\.ready/);
  }
});

test('ready loads it, again and again', async () => {
  await Koeru.ready;
  await Koeru.ready;
  await Koeru.load();
  assert.equal(Koeru.engine, expectedEngine);
  assert.equal(Koeru.uri.parse('stun:a').host, 'a');
});

test('stun.decode: RFC 5769 section 2.1, from hex, bytes, a buffer and a view', () => {
  const message = Koeru.stun.decode(sample, { password });
  assert.equal(message.class, 'request');
  assert.equal(message.method, 'Binding');
  assert.equal(message.transactionId, 'b7e7a701bc34d686fa87dfae');
  assert.deepEqual(message.integrity, { sha1: 'valid', sha256: 'absent' });
  assert.equal(message.fingerprint, 'valid');
  assert.deepEqual(message.attributes.map(({ name, value }) => [name, value]).slice(0, 4), [
    ['SOFTWARE', 'STUN test client'],
    ['PRIORITY', message.attributes[1].value],
    ['ICE-CONTROLLED', message.attributes[2].value],
    ['USERNAME', 'evtj:h6vY'],
  ]);
  const [software] = message.attributes;
  assert.deepEqual(software.range, [20, 40]);
  assert.equal(software.rfc, 'RFC 8489 §14.14');
  const bytes = toBytes(sample);
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  for (const input of [
    bytes,
    bytes.buffer,
    new DataView(shifted.buffer, 3),
    sample.toUpperCase(),
    `0x${sample}`,
  ]) {
    assert.deepEqual(Koeru.stun.decode(input, { password }), message);
  }
});

test('stun.decode: RFC 5769 section 2.4, the long-term key in Japanese', () => {
  const key = { username: 'マトリックス', realm: 'example.org', password: 'TheMatrIX' };
  assert.equal(Koeru.stun.decode(longTerm, key).integrity.sha1, 'valid');
  assert.equal(Koeru.stun.decode(longTerm, { ...key, password: 'x' }).integrity.sha1, 'invalid');
  assert.equal(Koeru.stun.decode(longTerm).integrity.sha1, 'unchecked');
  assert.equal(Koeru.stun.decode(longTerm).attributes[0].value, 'マトリックス');
});

test('stun.encode gives back what decode took, checksums and odd padding included', () => {
  for (const hex of [sample, longTerm]) {
    assert.equal(toHex(Koeru.stun.encode(Koeru.stun.decode(hex))), hex);
  }
});

test('stun.encode gives back unknown, malformed and empty attributes', () => {
  const hex =
    '0113001c2112a442b7e7a701bc34d686fa87dfae' +
    '7fff0003aabbcc01' + // unknown, with padding that is not zero
    '0020000100000000' + // XOR-MAPPED-ADDRESS, cut short
    '80220000' + // SOFTWARE, empty
    '0009000400000401'; // ERROR-CODE without a reason
  const message = Koeru.stun.decode(hex);
  assert.equal(message.class, 'error response');
  assert.equal(message.method, 'Allocate');
  assert.equal(message.attributes[0].known, false);
  assert.ok(message.attributes[1].problem.length > 10);
  assert.equal(toHex(Koeru.stun.encode(message)), hex);
});

test('stun.encode builds a request from names and text', () => {
  const key = { username: 'u', realm: 'example.org', password: 'p' };
  const bytes = Koeru.stun.encode(
    {
      method: 'Allocate',
      attributes: [
        { name: 'REQUESTED-TRANSPORT', value: 'UDP' },
        { name: 'LIFETIME', value: '600' },
        { type: 0x8022, value: 'koeru 越える' },
      ],
      addIntegrity: 'sha1',
      addFingerprint: true,
    },
    key,
  );
  const message = Koeru.stun.decode(bytes, key);
  assert.equal(message.class, 'request');
  assert.equal(message.attributes.length, 5);
  assert.equal(message.attributes[2].value, 'koeru 越える');
  assert.equal(message.integrity.sha1, 'valid');
  assert.equal(message.fingerprint, 'valid');
});

test('stun.encode draws a new transaction ID each time', () => {
  const ids = [1, 2].map(() => Koeru.stun.decode(Koeru.stun.encode({ method: 1 })).transactionId);
  assert.match(ids[0], /^[0-9a-f]{24}$/);
  assert.ok(ids[0] !== ids[1]);
});

test('candidate.format gives back what parse took', () => {
  for (const line of [
    'candidate:842163049 1 udp 1677729535 203.0.113.7 61665 typ srflx raddr 10.0.0.1 rport 61665 generation 0 ufrag abcd network-id 1 network-cost 999',
    'a=candidate:1 1 TCP 2130706431 fe80::1%eth0 9 typ host tcptype active',
    '7 2 udp 1 1b2c3d4e-0000-4000-8000-00805f9b34fb.local 5000 typ host new-thing x new-thing y',
    '',
    'a=end-of-candidates',
  ]) {
    assert.equal(Koeru.candidate.format(Koeru.candidate.parse(line)), line);
  }
});

test('candidate.parse explains a candidate', () => {
  const candidate = Koeru.candidate.parse(
    'candidate:1 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active generation 0 network-cost 10',
  );
  assert.equal(candidate.addressType, 'ipv4');
  assert.equal(candidate.tcpType, 'active');
  assert.equal(candidate.networkCost, 10);
  assert.deepEqual(candidate.priorityParts, {
    typePreference: 90,
    localPreference: 32542,
    component: 1,
  });
  assert.equal(Koeru.candidate.parse('').endOfCandidates, true);
});

test('candidate.format needs no more than the facts', () => {
  assert.equal(
    Koeru.candidate.format({
      foundation: '1',
      priority: 99,
      address: '192.0.2.1',
      port: 9,
      type: 'host',
    }),
    'candidate:1 1 udp 99 192.0.2.1 9 typ host',
  );
});

test('uri.parse tells scheme, host, port and transport', () => {
  const uri = Koeru.uri.parse('turns:[2001:db8::1]');
  assert.equal(uri.scheme, 'turns');
  assert.equal(uri.host, '2001:db8::1');
  assert.equal(uri.hostType, 'ipv6');
  assert.equal(uri.port, 5349);
  assert.equal(uri.portGiven, false);
  assert.equal(uri.transport, 'tcp');
  assert.equal(uri.secure, true);
});

// [call, name, message, offset, field]
const mistakes = [
  [() => Koeru.uri.parse('stun://a'), 'ParseError', /drop the slashes.*offset 5/, 5],
  [() => Koeru.uri.parse(7), 'TypeError', /Koeru\.uri\.parse\(text\): needs text, got number/],
  [() => Koeru.candidate.parse('candidate:1 1 udp x'), 'ParseError', /priority.*offset 18/, 18],
  [() => Koeru.candidate.parse(null), 'TypeError', /needs text, got null/],
  [() => Koeru.candidate.format(null), 'TypeError', /needs an object/],
  [() => Koeru.candidate.format({}), 'TypeError', /foundation: needs text or a number/],
  [
    () =>
      Koeru.candidate.format({
        foundation: '1',
        priority: 1,
        address: 'a b',
        port: 1,
        type: 'host',
      }),
    'ParseError',
    /address/,
    1,
    'address',
  ],
  [
    () =>
      Koeru.candidate.format({
        foundation: '1',
        priority: 1,
        address: '::',
        port: 1,
        type: 'host',
        extensions: 'x',
      }),
    'TypeError',
    /extensions: needs an array/,
  ],
  [() => Koeru.stun.decode('0001'), 'ParseError', /20 bytes/, 0],
  [() => Koeru.stun.decode('00 0g'), 'ParseError', /hexadecimal digit/, 4, 'hex'],
  [() => Koeru.stun.decode(undefined), 'TypeError', /Uint8Array/],
  [() => Koeru.stun.decode(sample, {}), 'TypeError', /password/],
  [() => Koeru.stun.encode(), 'TypeError', /needs an object/],
  [() => Koeru.stun.encode({}), 'TypeError', /method: needs text or a whole number/],
  [() => Koeru.stun.encode({ method: 'Nope' }), 'ParseError', /method/, 0, 'method'],
  [() => Koeru.stun.encode({ method: 1, class: 'maybe' }), 'ParseError', /class/, 0, 'class'],
  [
    () => Koeru.stun.encode({ method: 1, transactionId: '00' }),
    'ParseError',
    /12 bytes/,
    0,
    'transactionId',
  ],
  [
    () => Koeru.stun.encode({ method: 1, attributes: {} }),
    'TypeError',
    /attributes: needs an array/,
  ],
  [() => Koeru.stun.encode({ method: 1, attributes: [null] }), 'TypeError', /attributes\[0\]/],
  [
    () => Koeru.stun.encode({ method: 1, attributes: [{ name: 'DATA' }] }),
    'TypeError',
    /needs a value/,
  ],
  [
    () =>
      Koeru.stun.encode({
        method: 1,
        attributes: [{ name: 'XOR-MAPPED-ADDRESS', value: '1.2.3' }],
      }),
    'ParseError',
    /address/,
    5,
    'attributes[0].value',
  ],
  [
    () => Koeru.stun.encode({ method: 1, addIntegrity: 'sha1' }),
    'ParseError',
    /needs a key/,
    0,
    'addIntegrity',
  ],
  [() => Koeru.stun.decode(new Uint8Array(300000)), 'RangeError', /more than 256 KiB/],
];
mistakes.forEach(([call, name, message, offset, field], i) => {
  test(`mistake ${i}: a ${name} that says ${message}`, () => {
    const error = thrown(call);
    assert.equal(error.name, name);
    assert.match(error.message, message);
    assert.equal(error.offset, offset);
    assert.equal(error.field, field);
    if (name === 'ParseError') assert.ok(error.reason.length > 5);
  });
});
