// make bench-js with each task once in Chromium: everything can be measured there. No number is judged.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

test('measures every row in Chromium, with equal results', { timeout: 240_000 }, () => {
  const main = fileURLToPath(new URL('../bench/js/main.mjs', import.meta.url));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [main, '--quick', '--only=chromium'],
    { encoding: 'utf8', timeout: 220_000 },
  );
  assert.equal(status, 0, stderr);
  for (const row of ['parse, chromium, 9 KB', 'write, firefox, 101 KB', '40 descr', 'compile and']) {
    assert.ok(stdout.includes(row), `${row} is missing in:\n${stdout}`);
  }
});
