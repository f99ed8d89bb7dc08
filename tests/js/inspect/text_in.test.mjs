import assert from 'node:assert/strict';
import test from 'node:test';
import { textIn } from '../../../build/js/inspect/text_in.js';

test('JSON of a description or a candidate stands for the text in it', () => {
  const sdp = 'v=0\r\n';
  const candidate = 'candidate:1 1 udp 1 192.0.2.1 9 typ host';
  assert.equal(textIn(JSON.stringify({ type: 'offer', sdp })), sdp);
  assert.equal(textIn(` \n${JSON.stringify({ sdp: { type: 'offer', sdp } }, null, 2)}`), sdp);
  assert.equal(textIn(JSON.stringify({ candidate, sdpMid: '0' })), candidate);
  assert.equal(textIn(JSON.stringify({ type: 'ice', candidate: { candidate } })), candidate);
});

test('all else is left as it is', () => {
  for (const text of ['', 'v=0', '{', '{"a": 1}', '[]', '{"sdp": null}', '00 01']) {
    assert.equal(textIn(text), text);
  }
});
