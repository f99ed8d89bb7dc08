// What a page has to fetch, as Brotli: the bounds that wasm/README.md and js/README.md promise.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { brotliCompressSync } from 'node:zlib';

for (const [name, limit] of [
  ['koeru.js', 18 << 10],
  ['koeru.call.js', 16 << 10],
  ['koeru.diagnose.js', 12 << 10],
  ['koeru.inspect.js', 4 << 10],
  ['koeru.wasm', 60 << 10],
  ['koeru.sdp.wasm', 72 << 10],
  ['koeru.inspect.wasm', 80 << 10],
]) {
  test(`${name} has at most ${limit} bytes as Brotli`, () => {
    const bytes = readFileSync(new URL(`../../../build/dist/${name}`, import.meta.url));
    const size = brotliCompressSync(bytes).length;
    assert.ok(size <= limit, `${size} bytes`);
  });
}
