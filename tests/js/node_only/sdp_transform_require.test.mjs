// koeru/sdp-transform by require().

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import test from 'node:test';
import imported from '../../../build/dist/sdp-transform.mjs';

test('require() gives the same functions as import', () => {
  const required = createRequire(import.meta.url)('../../../build/dist/sdp-transform.js');
  for (const name of Object.keys(imported)) assert.equal(typeof required[name], typeof imported[name]);
  const text = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\na=mid:a\r\n';
  assert.deepEqual(required.parse(text), imported.parse(text));
  assert.equal(required.write(required.parse(text)), text);
});
