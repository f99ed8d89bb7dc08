// CommonJS and ES modules in Node, with WebAssembly, with it taken away, and in Node's own lockdown
// mode (--jitless has none). Each in a process of its own.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const dist = fileURLToPath(new URL('../../../build/dist/', import.meta.url));
const preload = new URL('../support/no_webassembly.mjs', import.meta.url).href;

const kEnd = `.then(
  () => console.log(Koeru.engine, Koeru.uri.parse('turns:a').port),
  (error) => console.log(error.name + ': ' + error.message),
);`;

// What a program prints that loads `name` from `folder` and then does `load`.
async function printed({ format, folder = dist, load = 'Koeru.ready', options = [], cwd = dist }) {
  const file = path.join(folder, format === 'module' ? 'koeru.mjs' : 'koeru.js');
  const start =
    format === 'module'
      ? `import * as Koeru from ${JSON.stringify(pathToFileURL(file).href)};`
      : `const Koeru = require(${JSON.stringify(file)});`;
  const program = `${start} ${load}${kEnd}`;
  const { stdout } = await run(
    process.execPath,
    [...options, `--input-type=${format}`, '--eval', program],
    { cwd, timeout: 60_000 },
  );
  return stdout.trim();
}

for (const format of ['commonjs', 'module']) {
  test(`${format}: koeru.wasm`, async () => {
    assert.equal(await printed({ format }), 'wasm 5349');
  });

  test(`${format}: koeru.wasm.js where WebAssembly is taken away`, async () => {
    assert.equal(await printed({ format, options: ['--import', preload] }), 'js 5349');
  });

  test(`${format}: koeru.wasm.js in Node's lockdown mode`, async () => {
    assert.equal(await printed({ format, options: ['--jitless'] }), 'js 5349');
  });

  test(`${format}: both by name from elsewhere, as a path and as a file: URL`, async () => {
    const options = ['--import', preload];
    const url = pathToFileURL(path.join(dist, 'koeru.wasm')).href;
    for (const [where, cwd] of [
      [url, dist],
      ['./dist/koeru.wasm', path.join(dist, '..')],
    ]) {
      const load = `Koeru.load(${JSON.stringify(where)})`;
      assert.equal(await printed({ format, load, cwd }), 'wasm 5349');
      assert.equal(await printed({ format, load, cwd, options }), 'js 5349');
    }
  });

  test(`${format}: alone in a folder it says what is missing`, async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'koeru-alone-'));
    try {
      for (const name of ['koeru.js', 'koeru.mjs']) {
        await copyFile(path.join(dist, name), path.join(folder, name));
      }
      const said = await printed({ format, folder });
      assert.match(said, /^LoadError: Koeru could not load koeru\.wasm: ENOENT/);
      assert.match(said, /nor its stand-in koeru\.wasm\.js: Cannot find module/);
      assert.match(said, /Publish both beside koeru\.js/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}
