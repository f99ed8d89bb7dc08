// The classic script in engines of all ages. Runs in Node only: it takes an engine's globals away.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test from 'node:test';
import vm from 'node:vm';

const file = new URL('../../../build/dist/koeru.js', import.meta.url);
const source = readFileSync(file, 'utf8');
const require = createRequire(new URL('../../../js/package.json', import.meta.url));
const acorn = require('acorn');

const newer = [
  'Promise',
  'WebAssembly',
  'Symbol',
  'Map',
  'Set',
  'WeakMap',
  'Proxy',
  'Reflect',
  'Uint8Array',
  'ArrayBuffer',
  'SharedArrayBuffer',
  'DataView',
  'BigInt',
  'globalThis',
  'Intl',
  'Atomics',
];

// A page of about 2012: ES5 and a DOM, nothing else.
function oldPage(navigator = {}) {
  const context = vm.createContext({});
  vm.runInContext(newer.map((name) => `delete this.${name};`).join(''), context);
  const script = { src: 'https://cam.example/lib/koeru.js?v=1' };
  context.window = context;
  context.navigator = navigator;
  context.location = {
    protocol: 'https:',
    hostname: 'cam.example',
    port: '',
    pathname: '/',
    search: '',
    hash: '',
  };
  context.document = {
    getElementsByTagName: () => [{ src: 'https://cam.example/other.js' }, script],
  };
  return context;
}

test('is ES5', () => {
  acorn.parse(source, { ecmaVersion: 5, sourceType: 'script' });
});

test('loads without Promise, WebAssembly, typed arrays, fetch or TextDecoder', () => {
  const page = oldPage();
  vm.runInContext(source, page);
  assert.equal(typeof page.Koeru.getUserMedia, 'function');
});

test('adds exactly one global', () => {
  const page = oldPage();
  const before = Object.keys(page);
  vm.runInContext(source, page);
  assert.deepEqual(
    Object.keys(page).filter((key) => !before.includes(key)),
    ['Koeru'],
  );
});

test('opens the camera of Chrome 21 once a Promise polyfill is there', async () => {
  const stream = {};
  const page = oldPage({ webkitGetUserMedia: (constraints, onSuccess) => onSuccess(stream) });
  vm.runInContext(source, page);
  assert.throws(() => page.Koeru.getUserMedia({ video: true }), /Promise polyfill/);
  page.Promise = Promise;
  assert.equal(await page.Koeru.getUserMedia({ video: true }), stream);
});

test('loads nothing by itself, and koeru.wasm from beside the script when asked', async () => {
  const page = oldPage();
  const fetched = [];
  Object.assign(page, { Promise, WebAssembly, Uint8Array, ArrayBuffer });
  page.fetch = (url) => {
    fetched.push(url);
    return Promise.reject(new TypeError('offline'));
  };
  vm.runInContext(source, page);
  assert.deepEqual(fetched, []);
  const error = await page.Koeru.ready.then(
    () => null,
    (e) => e,
  );
  assert.deepEqual(fetched, ['https://cam.example/lib/koeru.wasm']);
  assert.equal(error.name, 'LoadError');
  assert.match(error.message, /could not load koeru.wasm: offline/);
});

test('without WebAssembly the codecs say so', async () => {
  const page = oldPage();
  page.Promise = Promise;
  vm.runInContext(source, page);
  const error = await page.Koeru.ready.then(
    () => null,
    (e) => e,
  );
  assert.equal(error.name, 'LoadError');
  assert.match(error.message, /no WebAssembly/);
});

test('has no eval, no Function constructor and no dynamic import', () => {
  assert.doesNotMatch(source, /\beval\s*\(|\bnew Function\b|\bimport\s*\(/);
});

test('require() gives the same functions in Node', () => {
  const Koeru = createRequire(import.meta.url)('../../../build/dist/koeru.js');
  assert.equal(typeof Koeru.stun.decode, 'function');
  assert.equal(globalThis.Koeru, undefined);
});
