// koeru/sdp-transform where it must differ from sdp-transform: js/SDP.md, line by line.

import assert from 'node:assert/strict';
import test from 'node:test';
import sdpTransform, * as Koeru from '../../build/dist/sdp-transform.mjs';
import original from '../../js/node_modules/sdp-transform/lib/index.js';

const session = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n';
const audio = 'm=audio 9 UDP/TLS/RTP/SAVPF 0\r\n';

function mediaOf(lines) {
  return Koeru.parse(session + audio + lines).media[0];
}

function comesBack(text) {
  assert.equal(Koeru.write(Koeru.parse(text)), text);
}

test('exports what sdp-transform exports, by name and as its default', () => {
  const names = Object.keys(original).sort();
  assert.deepEqual(Object.keys(Koeru).sort(), [...names, 'default'].sort());
  assert.deepEqual(Object.keys(sdpTransform).sort(), names);
});

test('shows the last of several fingerprints alone, and writes all', () => {
  const lines = 'a=fingerprint:sha-1 AA\r\na=fingerprint:sha-256 BB\r\n';
  assert.deepEqual(mediaOf(lines).fingerprint, { type: 'sha-256', hash: 'BB' });
  comesBack(session + audio + lines);
});

test('writes lines that no row reads', () => {
  comesBack(session + 'k=prompt\r\n' + audio);
});

test('reads rtcp-mux-only as itself', () => {
  const media = mediaOf('a=rtcp-mux-only\r\n');
  assert.equal(media.rtcpMux, undefined);
  assert.deepEqual(media.invalid, [{ value: 'rtcp-mux-only' }]);
});

test('reads an unknown attribute to its end, line separators of Unicode included', () => {
  assert.deepEqual(mediaOf('a=x:1\u20282\r\n').invalid, [{ value: 'x:1\u20282' }]);
  comesBack(session + audio + 'a=x:1\u20282\r\n');
});

test('reads every ICE option', () => {
  assert.equal(mediaOf('a=ice-options:trickle renomination\r\n').iceOptions, 'trickle renomination');
});

test('reads msid-semantic with no stream and with two', () => {
  assert.deepEqual(mediaOf('a=msid-semantic: WMS\r\n').msidSemantic, { semantic: 'WMS' });
  assert.equal(mediaOf('a=msid-semantic: WMS a b\r\n').msidSemantic.token, 'a b');
});

test('writes msid with a stream alone as it was read', () => {
  comesBack(session + audio + 'a=msid:61317484-2ed4-49d7-9eb7-1414322a7aae\r\n');
});

test('reads what stands behind an unknown extension of a candidate, and writes it all', () => {
  const line = 'a=candidate:1 1 udp 9 a.local 5 typ host generation 0 ufrag Xy network-cost 50\r\n';
  const [candidate] = mediaOf(line).candidates;
  assert.equal(candidate['network-cost'], 50);
  comesBack(session + audio + line);
});

test('writes an edited candidate from its fields', () => {
  const line = 'a=candidate:1 1 udp 9 a.local 5 typ host generation 0 ufrag Xy\r\n';
  const description = Koeru.parse(session + audio + line);
  description.media[0].candidates[0].port = 6;
  assert.match(Koeru.write(description), /a=candidate:1 1 udp 9 a\.local 6 typ host generation 0\r\n/);
});

test('reads a media line with a count of ports', () => {
  const text = session + 'm=audio 49170/2 RTP/AVP 31\r\n';
  const [media] = Koeru.parse(text).media;
  assert.equal(media.port, 49170);
  assert.equal(media.portCount, 2);
  assert.equal(media.protocol, 'RTP/AVP');
  comesBack(text);
  const edited = Koeru.parse(text);
  edited.media[0].port = 5;
  assert.match(Koeru.write(edited), /m=audio 5\/2 RTP\/AVP 31\r\n/);
});

test('writes a session version beyond 2^53 as it was read', () => {
  comesBack(session.replace(' 2 IN', ' 18446744073709551615 IN') + audio);
});

test('writes numbers with leading zeros as they were read', () => {
  comesBack(session + audio + 'a=rtpmap:096 x/08000/02\r\n');
});

test('takes rows that somebody adds to the grammar, and forgets them when they go', () => {
  const row = { name: 'bar', reg: /^foo:(\d+)/, format: 'foo:%d' };
  Koeru.grammar.a.unshift(row);
  try {
    const description = Koeru.parse(session + audio + 'a=foo:7\r\n');
    assert.equal(description.media[0].bar, 7);
    assert.match(Koeru.write(description), /a=foo:7\r\n/);
  } finally {
    Koeru.grammar.a.shift();
  }
  assert.deepEqual(mediaOf('a=foo:7\r\n').invalid, [{ value: 'foo:7' }]);
});
