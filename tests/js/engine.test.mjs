// koeru.wasm and its stand-in koeru.wasm.js: which one runs, and what happens when one stops.

import assert from 'node:assert/strict';
import test from 'node:test';
import { expectedEngine } from './support/expected_engine.mjs';

// A copy of the module that has loaded nothing yet.
let copies = 0;
function freshKoeru() {
  return import(`../../build/dist/koeru.mjs?engine=${++copies}`);
}

async function fallback() {
  const module = await import('../../build/dist/koeru.wasm.js');
  return module.default ?? globalThis.koeruWasmJs;
}

function thrown(body) {
  try {
    body();
  } catch (error) {
    return error;
  }
  throw new Error('it should have thrown');
}

test('runs koeru.wasm where it may, else koeru.wasm.js', async () => {
  const fresh = await freshKoeru();
  assert.equal(fresh.engine, undefined);
  await fresh.ready;
  assert.equal(fresh.engine, expectedEngine);
  assert.equal(fresh.uri.parse('turn:a').port, 3478);
});

test('takes koeru.wasm.js from the caller', async () => {
  const fresh = await freshKoeru();
  await fresh.load(await fallback());
  assert.equal(fresh.engine, 'js');
  assert.equal(fresh.uri.parse('stuns:a').port, 5349);
});

test('an instance that stopped is not called again: ready makes a fresh one', async () => {
  const fresh = await freshKoeru();
  const maker = await fallback();
  let made = 0;
  await fresh.load(() => {
    const instance = { ...maker() };
    if (++made === 1) {
      instance.koeru_uri_parse = () => {
        throw new Error('unreachable executed');
      };
    }
    return instance;
  });
  const error = thrown(() => fresh.uri.parse('turn:a'));
  assert.equal(error.name, 'RuntimeError');
  assert.match(error.message, /uri\.parse.*stopped.*unreachable executed.*`await Koeru\.ready`/);
  assert.equal(fresh.engine, undefined);
  assert.equal(thrown(() => fresh.uri.parse('turn:a')).name, 'InvalidStateError');
  await fresh.ready;
  assert.equal(made, 2);
  assert.equal(fresh.uri.parse('turn:a').port, 3478);
});

test('koeru.wasm.js says that memory ran out, and a fresh instance goes on', async () => {
  const fresh = await freshKoeru();
  await fresh.load(await fallback());
  const line = `candidate:1 1 udp 1 192.0.2.1 9 typ host${' a b'.repeat(60_000)}`;
  const ArrayBufferOfEngine = globalThis.ArrayBuffer;
  globalThis.ArrayBuffer = function (size) {
    if (size > 2 << 20) throw new RangeError('Array buffer allocation failed');
    return new ArrayBufferOfEngine(size);
  };
  let error;
  try {
    error = thrown(() => fresh.candidate.parse(line));
  } finally {
    globalThis.ArrayBuffer = ArrayBufferOfEngine;
  }
  assert.equal(error.name, 'RangeError');
  assert.match(error.message, /candidate\.parse.*out of memory.*`await Koeru\.ready`/);
  await fresh.ready;
  assert.equal(fresh.candidate.parse(line).extensions.length, 60_000);
});

test('what is no engine of this build is refused', async () => {
  const fresh = await freshKoeru();
  await assert.rejects(
    fresh.load(() => ({})),
    /interface 0 .*publish all files of one build together/,
  );
  assert.equal(fresh.engine, undefined);
});
