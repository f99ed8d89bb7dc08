// The memory of koeru.wasm and koeru.wasm.js: it grows, what was large is used again, and where it
// ends a call says so.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test from 'node:test';

const wasm = readFileSync(new URL('../../../build/dist/koeru.wasm', import.meta.url));
const makeFallback = createRequire(import.meta.url)('../../../build/dist/koeru.wasm.js');
const kMiB = 1 << 20;
const kPage = 64 << 10;
const kLargest = `candidate:1 1 udp 1 192.0.2.1 9 typ host${' a b'.repeat(65_000)}`;

const makers = {
  'koeru.wasm': () => new WebAssembly.Instance(new WebAssembly.Module(wasm)).exports,
  'koeru.wasm.js': makeFallback,
};

function start(make) {
  const engine = make();
  engine._initialize();
  return engine;
}

function call(engine, operation, text) {
  const bytes = Buffer.from(text);
  const at = engine.koeru_input(bytes.length);
  new Uint8Array(engine.memory.buffer, at, bytes.length).set(bytes);
  const length = engine[operation](bytes.length);
  return Buffer.from(engine.memory.buffer, engine.koeru_output(), Math.abs(length)).toString();
}

test('koeru.wasm imports nothing', () => {
  assert.deepEqual(WebAssembly.Module.imports(new WebAssembly.Module(wasm)), []);
});

for (const [name, make] of Object.entries(makers)) {
  test(`${name}: begins with 1 MiB and grows for a large call`, () => {
    const engine = start(make);
    assert.equal(engine.memory.buffer.byteLength, kMiB);
    assert.equal(
      JSON.parse(call(engine, 'koeru_candidate_parse', kLargest)).extensions.length,
      65_000,
    );
    assert.ok(engine.memory.buffer.byteLength > 4 * kMiB);
  });

  test(`${name}: what a large call took is there for the next ones`, () => {
    const engine = start(make);
    assert.notEqual(engine.koeru_input(60 * kMiB), 0);
    engine.koeru_uri_parse(4);
    const size = engine.memory.buffer.byteLength;
    for (const room of [41, 50, 59, 60, 1, 60]) {
      assert.notEqual(engine.koeru_input(room * kMiB), 0);
      engine.koeru_uri_parse(4);
      call(engine, 'koeru_candidate_parse', kLargest);
    }
    assert.equal(engine.memory.buffer.byteLength, size);
  });

  test(`${name}: gives no more than 64 MiB of room`, () => {
    const engine = start(make);
    assert.notEqual(engine.koeru_input(64 * kMiB), 0);
    assert.equal(engine.koeru_input(64 * kMiB + 1), 0);
  });

  test(`${name}: grows to 512 MiB and not beyond`, () => {
    const engine = start(make);
    const pages = engine.memory.buffer.byteLength / kPage;
    // JavaScript's own grow() throws where the instruction answers -1.
    const grow = (count) => {
      try {
        return engine.memory.grow(count);
      } catch (error) {
        assert.ok(error instanceof RangeError);
        return -1;
      }
    };
    assert.equal(grow(0), pages);
    assert.equal(grow((512 * kMiB) / kPage - pages + 1), -1);
    assert.equal(grow((512 * kMiB) / kPage - pages), pages);
    assert.equal(engine.memory.buffer.byteLength, 512 * kMiB);
    assert.equal(grow(1), -1);
    assert.match(call(engine, 'koeru_uri_parse', 'turn:a'), /3478/);
  });
}

// The same module with a memory that may not grow: the maximum is written over (section 5: one
// memory with a maximum; 16 pages and 8192 pages, each in LEB128).
function withoutGrowth() {
  const limits = Buffer.from([0x05, 0x05, 0x01, 0x01, 0x10, 0x80, 0x40]);
  const at = wasm.indexOf(limits);
  assert.ok(at > 0);
  const changed = Buffer.from(wasm);
  changed.set([0x90, 0x00], at + 5);
  return changed;
}

test('koeru.wasm says that memory ran out, and another instance goes on', async () => {
  const Koeru = await import('../../../build/dist/koeru.mjs?memory');
  await Koeru.load(withoutGrowth());
  assert.equal(Koeru.uri.parse('turn:a').port, 3478);
  assert.throws(() => Koeru.candidate.parse(kLargest), {
    name: 'RangeError',
    message: /out of memory.*`await Koeru\.ready`/,
  });
  assert.throws(() => Koeru.uri.parse('turn:a'), { name: 'InvalidStateError' });
  await Koeru.load(wasm);
  assert.equal(Koeru.engine, 'wasm');
  assert.equal(Koeru.candidate.parse(kLargest).extensions.length, 65_000);
});
