// The script, the module and the drop-ins in web workers, under the Content-Security-Policy of the
// pages.

import assert from 'node:assert/strict';
import test from 'node:test';
import { launchChromium, launchFirefox, newPage } from './support/browsers.mjs';
import { kPagePolicy, serve } from './support/static_server.mjs';

async function answersOf(page, script, type) {
  return page.evaluate(
    (url, kind) =>
      new Promise((resolve) => {
        const worker = new Worker(url, { type: kind });
        worker.onmessage = (event) => resolve(event.data);
        worker.onerror = (event) => resolve([event.message || 'the worker does not start']);
      }),
    script,
    type,
  );
}

for (const [name, launch] of [
  ['Chromium', launchChromium],
  ['Firefox', launchFirefox],
]) {
  test(`${name}: classic and module workers load everything`, { timeout: 120_000 }, async () => {
    const browser = await launch();
    const server = await serve(['build/dist', 'tests/browser/harness'], {
      headers: { 'Content-Security-Policy': kPagePolicy },
    });
    try {
      const page = await newPage(browser);
      await page.goto(`http://localhost:${server.port}/camera.html`);
      assert.deepEqual(await answersOf(page, '/classic_worker.js', 'classic'), ['Binding']);
      assert.deepEqual(await answersOf(page, '/module_worker.mjs', 'module'), [
        'Binding',
        'x',
        'x',
      ]);
      assert.deepEqual(page.problems, []);
    } finally {
      await browser.close();
      await server.close();
    }
  });
}
