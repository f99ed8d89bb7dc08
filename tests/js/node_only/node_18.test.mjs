// Node 18 has no global `crypto`. STUN's transaction IDs must come from a good source all the same.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../../../build/dist/', import.meta.url));
const draw = `
  delete globalThis.crypto;
  await Koeru.ready;
  const ids = [1, 2].map(() => Koeru.stun.decode(Koeru.stun.encode({ method: 'Binding' })).transactionId);
  console.log(JSON.stringify([typeof crypto, ...ids]));`;

const programs = {
  'required.cjs': `const Koeru = require('./koeru.js'); (async () => {${draw}})();`,
  'imported.mjs': `import * as Koeru from './koeru.mjs';${draw}`,
};

for (const [name, program] of Object.entries(programs)) {
  test(`${name}: draws transaction IDs where crypto is no global`, (t) => {
    // Files: what --eval runs has Node's own modules as globals.
    const folder = mkdtempSync(path.join(tmpdir(), 'koeru-node-18-'));
    t.after(() => rmSync(folder, { recursive: true }));
    for (const file of ['koeru.js', 'koeru.mjs', 'koeru.wasm']) {
      copyFileSync(path.join(dist, file), path.join(folder, file));
    }
    const file = path.join(folder, name);
    writeFileSync(file, program);
    const output = execFileSync(process.execPath, [file], { encoding: 'utf8', timeout: 60_000 });
    const [kind, first, second] = JSON.parse(output);
    assert.equal(kind, 'undefined');
    assert.match(first, /^[0-9a-f]{24}$/);
    assert.notEqual(first, second);
  });
}
