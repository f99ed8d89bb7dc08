// Koeru.inspect finds its files however it was loaded in Node, with WebAssembly and (--jitless)
// without. Each in a process of its own.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import os from 'node:os';
import test from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const dist = fileURLToPath(new URL('../../../build/dist/', import.meta.url));
const ways = {
  commonjs: (name) => `const { inspect } = require(${JSON.stringify(`${dist}${name}.js`)});`,
  module: (name) =>
    `import { inspect } from ${JSON.stringify(pathToFileURL(`${dist}${name}.mjs`).href)};`,
};
const end = `inspect('stun:a').then(({ items }) => console.log(items[0].tree.label), console.log);`;

for (const [format, load] of Object.entries(ways)) {
  for (const name of ['koeru', 'koeru.inspect']) {
    for (const options of [[], ['--jitless']]) {
      test(`${format}: ${name} ${options}`, async () => {
        const program = [...options, `--input-type=${format}`, '--eval', load(name) + end];
        const { stdout } = await run(process.execPath, program, { cwd: os.tmpdir(), timeout: 60_000 });
        assert.equal(stdout.trim(), 'ICE server URI');
      });
    }
  }
}
