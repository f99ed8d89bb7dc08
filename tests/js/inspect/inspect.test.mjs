// Koeru.inspect: what comes out for each kind of input, in every engine.

import assert from 'node:assert/strict';
import test from 'node:test';
import * as Koeru from '../../../build/dist/koeru.mjs';

const kBinding = '000100002112a442000102030405060708090a0b';
const bytesOf = (hex) =>
  Uint8Array.from(hex.replaceAll(' ', '').match(/../g), (pair) => parseInt(pair, 16));

// A pcap file of one UDP datagram over raw IPv4.
function capture(payload) {
  const number = (value, size) => value.toString(16).padStart(2 * size, '0');
  const size = payload.length / 2;
  const udp = `1388 0d96 ${number(size + 8, 2)} 0000 ${payload}`;
  const ip = `4500 ${number(size + 28, 2)} 0001 0000 4011 0000 c0000201 c6336402 ${udp}`;
  const head = 'a1b2c3d4 00020004 00000000 00000000 00040000 00000065';
  const length = number(size + 28, 4);
  return bytesOf(`${head} 00000001 0007a120 ${length} ${length} ${ip}`);
}

const labels = (node) => [node.label, ...(node.children ?? []).flatMap(labels)];
function find(node, label) {
  if (node.label === label) return node;
  for (const child of node.children ?? []) {
    const found = find(child, label);
    if (found) return found;
  }
  return undefined;
}

test('hexadecimal text is a packet with its bytes', async () => {
  const { kind, text, items } = await Koeru.inspect(kBinding);
  assert.equal(kind, 'text');
  assert.equal(text, kBinding);
  assert.equal(items.length, 1);
  assert.equal(items[0].kind, 'packet');
  assert.deepEqual(items[0].bytes, bytesOf(kBinding));
  assert.equal(items[0].tree.value, 'Binding request');
  assert.deepEqual([items[0].tree.offset, items[0].tree.size], [0, 20]);
});

test('bytes come as they are, in whatever holds them', async () => {
  const bytes = bytesOf(kBinding);
  for (const input of [bytes, bytes.buffer, new DataView(bytes.buffer), new Blob([bytes])]) {
    const { kind, items } = await Koeru.inspect(input);
    assert.equal(kind, 'bytes');
    assert.equal(items[0].tree.value, 'Binding request');
    assert.deepEqual(items[0].bytes, bytes);
  }
});

test('a session description has lines, fields and findings, with ranges in its UTF-8', async () => {
  const sdp = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=電話\r\nt=0 0\r\nm=audio 9 RTP/AVP x\r\n';
  for (const input of [sdp, JSON.stringify({ type: 'offer', sdp })]) {
    const { text, items } = await Koeru.inspect(input);
    assert.equal(text, sdp);
    assert.equal(items[0].kind, 'sdp');
    const media = find(items[0].tree, 'm=');
    const bytes = new TextEncoder().encode(sdp);
    const line = new TextDecoder().decode(bytes.subarray(media.offset, media.offset + media.size));
    assert.equal(line, 'm=audio 9 RTP/AVP x');
    assert.equal(media.rfc, 'RFC 8866 §5.14');
    assert.ok(media.remarks.some(({ severity, rfc }) => severity === 'error' && rfc === 'RFC 3551 §6'));
    assert.ok(labels(media).includes('port'));
  }
});

test('each line of candidates and URIs is an item', async () => {
  const { items } = await Koeru.inspect('stun:a\n\ncandidate:1 1 udp 1 192.0.2.1 9 typ host\n');
  assert.deepEqual(items.map(({ kind, line }) => [kind, line]), [['uri', 1], ['candidate', 3]]);
});

test('a capture is a list of packets whose trees are made when somebody looks', async () => {
  const file = capture(kBinding);
  const { kind, items, packets, counts } = await Koeru.inspect(file);
  assert.equal(kind, 'capture');
  assert.deepEqual(items, []);
  assert.equal(counts.packets, 1);
  const [{ tree, bytes, offset, ...packet }] = packets;
  assert.deepEqual(packet, {
    number: 1,
    time: 1500,
    source: '192.0.2.1:5000',
    destination: '198.51.100.2:3478',
    transport: 'UDP',
    kind: 'STUN',
    summary: 'Binding request',
    size: 20,
  });
  assert.deepEqual(bytes, bytesOf(kBinding));
  assert.deepEqual(file.subarray(offset, offset + 20), bytes);
  assert.equal(tree.value, 'Binding request');
});

// RFC 5769 section 2.1.
test('integrity is checked with a password, in packets of captures, too', async () => {
  const sample =
    '000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74002400046e' +
    '0001ff80290008932ff9b151263b36000600096576746a3a68367659202020000800149aeaa70cbfd8cb56781e' +
    'f2b5b2d3f249c1b571a280280004e57a3bcf';
  const said = (tree) => find(tree, 'MESSAGE-INTEGRITY').remarks[0].text;
  const password = 'VOkJxbRl1RmTxUk/WvJxBt';
  assert.match(said((await Koeru.inspect(sample)).items[0].tree), /not checked/);
  assert.match(said((await Koeru.inspect(sample, { password })).items[0].tree), /^valid/);
  const wrong = await Koeru.inspect(sample, { password: 'x' });
  assert.match(said(wrong.items[0].tree), /^invalid/);
  const { packets } = await Koeru.inspect(capture(sample), { password });
  assert.match(said(packets[0].tree), /^valid/);
});

test('what cannot be read is said, and what stands before it stays', async () => {
  const { items, error } = await Koeru.inspect('stun:a\nhello there\n');
  assert.equal(items[0].kind, 'uri');
  assert.match(error, /^line 2, column 1: .*expected hex digits, a candidate/);
  assert.deepEqual(await Koeru.inspect(''), {
    kind: 'empty',
    text: '',
    items: [],
    error: 'nothing found: it is empty',
  });
});

test('wrong arguments are errors that say what to pass', async () => {
  const name = 'TypeError';
  await assert.rejects(Koeru.inspect(7), { name, message: /needs text, bytes or a Blob, got number/ });
  await assert.rejects(Koeru.inspect(undefined), { name, message: /got undefined/ });
  await assert.rejects(Koeru.inspect('', { realm: 'x' }), { name, message: /password: is needed/ });
  await assert.rejects(Koeru.inspect('', { password: 7 }), { name, message: /password: needs text/ });
});
