// The examples of js/INSPECT.md: each runs by itself, and gives what it says behind "//".

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import * as Koeru from '../../../build/dist/koeru.mjs';

const read = (name, form) => readFileSync(new URL(`../../../${name}`, import.meta.url), form);
const [, chapter] = /## Examples\n([^]*?)\n## /.exec(read('js/INSPECT.md', 'utf8'));
const examples = [...chapter.matchAll(/\n([^\n]+):\n\n```js\n([^]*?)```/g)];
const AsyncFunction = (async () => {}).constructor;
const given = {
  Koeru,
  offer: { type: 'offer', sdp: read('tests/vectors/sdp/chromium_video_offer.sdp', 'utf8') },
  file: new Blob([read('tests/vectors/turn-coturn-4.6.1.pcapng')]),
  // RFC 5769 section 2.1.
  request:
    '000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74002400046e' +
    '0001ff80290008932ff9b151263b36000600096576746a3a68367659202020000800149aeaa70cbfd8cb56781e' +
    'f2b5b2d3f249c1b571a280280004e57a3bcf',
};

test('there are examples, none longer than ten lines', () => {
  assert.equal(examples.length, chapter.match(/```js/g).length);
  assert.ok(examples.length >= 5);
  for (const [, title, code] of examples) assert.ok(code.split('\n').length <= 11, title);
});

for (const [, title, code] of examples) {
  test(`example: ${title}`, async () => {
    let checks = 0;
    const check = (value, expected) => {
      ++checks;
      assert.deepEqual(value, expected);
    };
    const body = code.replace(/^(.*); \/\/ (.*)$/gm, 'check($1, $2);');
    const names = Object.keys(given);
    await new AsyncFunction(...names, 'check', body)(...Object.values(given), check);
    assert.equal(checks, code.match(/; \/\/ /g).length);
  });
}
