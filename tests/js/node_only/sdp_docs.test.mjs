// The examples of js/SDP.md: each runs by itself, and gives what it says behind "//".

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import * as Koeru from '../../../build/dist/koeru.mjs';

const page = readFileSync(new URL('../../../js/SDP.md', import.meta.url), 'utf8');
const [, chapter] = /## Koeru\.sdp\n([^]*?)\n## /.exec(page);
const examples = [...chapter.matchAll(/\n([^\n]+):\n\n```js\n([^]*?)```/g)];
const sdp = readFileSync(
  new URL('../../vectors/sdp/chromium_video_offer.sdp', import.meta.url),
  'utf8',
);

function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test('there are examples, none longer than ten lines', () => {
  assert.equal(examples.length, chapter.match(/```js/g).length);
  assert.ok(examples.length >= 7);
  for (const [, title, code] of examples) assert.ok(code.split('\n').length <= 11, title);
});

for (const [, title, code] of examples) {
  test(`example: ${title}`, async () => {
    await Koeru.sdp.ready;
    let checks = 0;
    const check = (value, expected) => {
      ++checks;
      assert.deepEqual(value, expected);
    };
    const body = code.replace(/^(.*); \/\/ (.*)$/gm, (line, expression, comment) =>
      isJson(comment) ? `check(${expression}, ${comment});` : line,
    );
    new Function('Koeru', 'offer', 'check', body)(Koeru, { type: 'offer', sdp }, check);
    assert.ok(checks > 0);
  });
}
