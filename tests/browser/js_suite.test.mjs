// The tests of tests/js once more, in the browsers' own engines: a page with an import map runs the
// very same files. On koeru.wasm, and on koeru.wasm.js where the page's policy forbids WebAssembly
// or the engine has none.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import test from 'node:test';
import { newPage, oneOf, until } from './support/browsers.mjs';
import { bundleOriginals } from './support/originals.mjs';
import { kNoWasmPolicy, kPagePolicy, serve } from './support/static_server.mjs';

const kFolder = new URL('../js/', import.meta.url);
// What needs Node itself is in node_only; calls and diagnoses meet real connections in tests of their
// own (room_*, diagnose), and what decides in them does not depend on the engine.
const kNotHere = ['node_only', 'call', 'diagnose'];
const files = readdirSync(kFolder, { withFileTypes: true }).flatMap((entry) => {
  if (!entry.isDirectory()) return entry.name;
  if (kNotHere.includes(entry.name)) return [];
  return readdirSync(new URL(`${entry.name}/`, kFolder)).map((name) => `${entry.name}/${name}`);
}).filter((name) => name.endsWith('.test.mjs'));

// The page's own scripts stand in the page.
const withNonce = (policy) => policy.replace("script-src 'self'", "$& 'nonce-koeru'");
const kWorlds = [
  { name: 'on koeru.wasm', policy: kPagePolicy, engine: 'wasm' },
  { name: 'under a policy that forbids WebAssembly', policy: kNoWasmPolicy, engine: 'js' },
  { name: 'without WebAssembly', policy: kPagePolicy, engine: 'js', bare: true },
];

async function runSuite(browser, { policy, engine, bare }) {
  await bundleOriginals();
  const server = await serve(['.', 'tests/browser/harness'], {
    lists: true,
    headers: { 'Content-Security-Policy': withNonce(policy) },
  });
  const page = await newPage(browser);
  try {
    if (bare) await page.evaluateOnNewDocument(() => delete globalThis.WebAssembly);
    const query = `files=${files.join(',')}&engine=${engine}`;
    await page.goto(`http://localhost:${server.port}/harness.html?${query}`);
    const results = await until(
      () => page.evaluate(() => globalThis.results),
      'the suite ends',
      180,
    );
    const bad = results.filter(({ error }) => error);
    assert.deepEqual(bad, []);
    assert.ok(results.length > files.length, `only ${results.length} tests ran`);
  } finally {
    await page.close();
    await server.close();
  }
}

for (const [name, launch] of oneOf('Chromium')) {
  test(`${name} passes tests/js`, { timeout: 600_000 }, async (t) => {
    const browser = await launch();
    try {
      for (const world of kWorlds) await t.test(world.name, () => runSuite(browser, world));
    } finally {
      await browser.close();
    }
  });
}
