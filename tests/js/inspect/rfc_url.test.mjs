import assert from 'node:assert/strict';
import test from 'node:test';
import { rfcUrl } from '../../../build/js/inspect/rfc_url.js';

test('an RFC and its section have an address', () => {
  const address = 'https://www.rfc-editor.org/rfc/';
  assert.equal(rfcUrl('RFC 8489 §14.2'), `${address}rfc8489#section-14.2`);
  assert.equal(rfcUrl('RFC 8445 §5.1.2.1'), `${address}rfc8445#section-5.1.2.1`);
  assert.equal(rfcUrl('RFC 8840'), `${address}rfc8840`);
  assert.equal(rfcUrl('RFC 8489 §B.1'), `${address}rfc8489#appendix-B.1`);
});

test('what is no RFC has none', () => {
  for (const name of ['libwebrtc', 'WebRTC', '', 'RFC', 'RFC 1 §"x"']) assert.equal(rfcUrl(name), '');
});
