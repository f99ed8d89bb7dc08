// The tests of tests/js once more, in the browsers' own engines: a page with an import map runs the
// very same files.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import test from 'node:test';
import { launchChromium, launchFirefox, newPage, until } from './support/browsers.mjs';
import { bundleOriginals } from './support/originals.mjs';
import { serve } from './support/static_server.mjs';

const kFolder = new URL('../js/', import.meta.url);
const files = readdirSync(kFolder).filter((name) => name.endsWith('.test.mjs'));

async function runSuite(browser) {
  await bundleOriginals();
  const server = await serve(['.', 'tests/browser/harness'], { lists: true });
  try {
    const page = await newPage(browser);
    await page.goto(`http://localhost:${server.port}/harness.html?files=${files.join(',')}`);
    const results = await until(
      () => page.evaluate(() => globalThis.results),
      'the suite ends',
      60,
    );
    const bad = results.filter(({ error }) => error);
    assert.deepEqual(bad, []);
    assert.ok(results.length > files.length, `only ${results.length} tests ran`);
  } finally {
    await browser.close();
    await server.close();
  }
}

test('Chromium passes tests/js', { timeout: 120_000 }, async () =>
  runSuite(await launchChromium()),
);
test('Firefox passes tests/js', { timeout: 120_000 }, async () => runSuite(await launchFirefox()));
