// The classic script in engines of all ages. Runs in Node only: it takes an engine's globals away.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test from 'node:test';
import vm from 'node:vm';

const file = new URL('../../../build/dist/koeru.js', import.meta.url);
const source = readFileSync(file, 'utf8');
const standIn = readFileSync(new URL('koeru.wasm.js', file), 'utf8');
// RFC 5769 section 2.1.
const sample =
  '000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74' +
  '002400046e0001ff80290008932ff9b151263b36000600096576746a3a68367659202020' +
  '000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf';
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
function oldPage(navigator = {}, nonce = null) {
  const context = vm.createContext({});
  vm.runInContext(newer.map((name) => `delete this.${name};`).join(''), context);
  const script = {
    src: 'https://cam.example/lib/koeru.js?v=1',
    getAttribute: (name) => (name === 'nonce' ? nonce : null),
  };
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

test('is ES5, and so is its stand-in for koeru.wasm', () => {
  acorn.parse(source, { ecmaVersion: 5, sourceType: 'script' });
  acorn.parse(standIn, { ecmaVersion: 5, sourceType: 'script' });
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

// Without Promise, WebAssembly, fetch, TextDecoder, typed arrays, ...
test('opens the cameras of Chrome 21, Firefox 17 and Opera 12 with nothing but ES5', async () => {
  const stream = {};
  for (const name of ['webkitGetUserMedia', 'mozGetUserMedia', 'getUserMedia']) {
    const told = [];
    const page = oldPage({
      [name]: (constraints, onSuccess) => told.push(constraints) && onSuccess(stream),
    });
    page.setTimeout = setTimeout;
    page.clearTimeout = clearTimeout;
    page.opera = {};
    vm.runInContext(source, page);
    const promise = page.Koeru.getUserMedia({ video: { width: 640 } }, { onWarning() {} });
    assert.equal(typeof promise.then, 'function');
    assert.equal(await promise, stream);
    assert.ok(told[0].video);

    const video = { play() {}, setAttribute() {}, paused: false };
    assert.equal(await page.Koeru.attach(video, stream), true);
    assert.equal(video.src, stream);
    assert.equal(page.Promise, undefined);
  }
});

test('explains a refusal with nothing but ES5', async () => {
  const page = oldPage({ mozGetUserMedia: (_, __, onError) => onError('PERMISSION_DENIED') });
  page.setTimeout = setTimeout;
  page.clearTimeout = clearTimeout;
  vm.runInContext(source, page);
  const error = await page.Koeru.getUserMedia({ audio: true }).then(
    () => null,
    (e) => e,
  );
  assert.equal(error.name, 'NotAllowedError');
  assert.match(error.advice.en, /microphone/);
  assert.match(error.advice.ja, /マイク/);
});

test('install and uninstall work with nothing but ES5', async () => {
  const navigator = { webkitGetUserMedia: (constraints, onSuccess) => onSuccess(constraints) };
  const page = oldPage(navigator);
  page.setTimeout = setTimeout;
  page.clearTimeout = clearTimeout;
  vm.runInContext(source, page);
  assert.deepEqual(
    [...page.Koeru.install()],
    [
      'navigator.mediaDevices',
      'navigator.mediaDevices.getUserMedia',
      'navigator.mediaDevices.enumerateDevices',
      'navigator.getUserMedia',
    ],
  );
  const got = await navigator.mediaDevices.getUserMedia({ video: true });
  assert.equal(got.video, true);
  page.Koeru.uninstall();
  assert.deepEqual(Object.keys(navigator), ['webkitGetUserMedia']);
});

// Script elements that the page gets: what `load` says of their address decides how they end.
function takesScripts(page, load) {
  const added = [];
  page.document.createElement = () => ({
    attributes: {},
    setAttribute(name, value) {
      this.attributes[name] = value;
    },
  });
  page.document.head = {
    appendChild(element) {
      added.push(element);
      setTimeout(() => (load(element.src) ? element.onload() : element.onerror()), 0);
    },
  };
  return added;
}

function reasonOf(promise) {
  return promise.then(
    () => null,
    (error) => error,
  );
}

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
  const added = takesScripts(page, () => false);
  const error = await reasonOf(page.Koeru.ready);
  assert.deepEqual(fetched, ['https://cam.example/lib/koeru.wasm']);
  assert.deepEqual(
    added.map(({ src }) => src),
    ['https://cam.example/lib/koeru.wasm.js'],
  );
  assert.equal(error.name, 'LoadError');
  assert.match(error.message, /could not load koeru\.wasm: offline/);
  assert.match(
    error.message,
    /nor its stand-in koeru\.wasm\.js: .*missing, or script-src forbids it/,
  );
  assert.match(error.message, /Publish both beside koeru\.js$/);
});

test('without WebAssembly and newer Math the codecs run on koeru.wasm.js', async () => {
  const page = oldPage({}, 'r4nd0m');
  Object.assign(page, { Promise, setTimeout });
  for (const name of ['Uint8Array', 'ArrayBuffer', 'DataView']) page[name] = globalThis[name];
  for (const name of ['imul', 'clz32', 'fround', 'trunc']) {
    vm.runInContext(`delete Math.${name}`, page);
  }
  const added = takesScripts(page, () => {
    vm.runInContext(standIn, page);
    return true;
  });
  vm.runInContext(source, page);
  await page.Koeru.ready;
  assert.equal(page.Koeru.engine, 'js');
  assert.deepEqual(added[0].attributes, { nonce: 'r4nd0m' });
  const message = page.Koeru.stun.decode(sample, { password: 'VOkJxbRl1RmTxUk/WvJxBt' });
  assert.equal(message.integrity.sha1, 'valid');
  assert.equal(message.fingerprint, 'valid');
  assert.equal(page.Koeru.stun.decode(page.Koeru.stun.encode(message)).fingerprint, 'valid');
});

test('a stand-in that the page loaded by itself is taken as it is', async () => {
  const page = oldPage();
  Object.assign(page, { Promise });
  for (const name of ['Uint8Array', 'ArrayBuffer', 'DataView']) page[name] = globalThis[name];
  const before = Object.keys(page);
  vm.runInContext(standIn, page);
  assert.deepEqual(Object.keys(page), before);
  vm.runInContext(source, page);
  await page.Koeru.ready;
  assert.equal(page.Koeru.uri.parse('turn:a').port, 3478);
});

test('a page without either is told both reasons', async () => {
  const page = oldPage();
  Object.assign(page, { Promise, setTimeout });
  takesScripts(page, () => true);
  vm.runInContext(source, page);
  const error = await reasonOf(page.Koeru.ready);
  assert.equal(error.name, 'LoadError');
  assert.match(error.message, /no WebAssembly.*koeru\.wasm\.js is something else/);
});

test('where WebAssembly is forbidden nothing is fetched, and the remedy is named', async () => {
  const page = oldPage();
  const fetched = [];
  Object.assign(page, { Promise, Uint8Array, ArrayBuffer, setTimeout });
  page.fetch = (url) => fetched.push(url);
  page.WebAssembly = {
    Module: function () {
      throw new Error('call to WebAssembly.Module() blocked by CSP');
    },
  };
  takesScripts(page, () => false);
  vm.runInContext(source, page);
  const error = await reasonOf(page.Koeru.ready);
  assert.deepEqual(fetched, []);
  assert.match(error.message, /blocked by CSP.*or add 'wasm-unsafe-eval' to script-src/);
});

test('has no eval, no Function constructor and no dynamic import', () => {
  for (const text of [source, standIn]) {
    assert.doesNotMatch(text, /\beval\s*\(|\bFunction\s*\(|\bimport\s*\(/);
  }
});

test('require() gives the same functions in Node', () => {
  const Koeru = createRequire(import.meta.url)('../../../build/dist/koeru.js');
  assert.equal(typeof Koeru.stun.decode, 'function');
  assert.equal(globalThis.Koeru, undefined);
});
