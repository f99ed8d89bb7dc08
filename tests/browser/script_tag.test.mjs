// The script tag and the module in real browsers, under the Content-Security-Policy of the pages.

import assert from 'node:assert/strict';
import test from 'node:test';
import { kBrowsers, newPage } from './support/browsers.mjs';
import { kPagePolicy, serve } from './support/static_server.mjs';

const kLimit = { timeout: 120_000 };
const kSample = '000100002112a442b7e7a701bc34d686fa87dfae';

async function onPage(browser, policy, steps) {
  const server = await serve(['demo', 'build/dist'], {
    headers: { 'Content-Security-Policy': policy },
  });
  try {
    const page = await newPage(browser);
    const fetched = [];
    page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
    await page.goto(`http://localhost:${server.port}/camera.html`);
    await steps(page, fetched);
  } finally {
    await browser.close();
    await server.close();
  }
}

for (const [name, launch] of kBrowsers) {
  test(
    `${name}: the codecs run under 'wasm-unsafe-eval', loaded when asked for`,
    kLimit,
    async () => {
      await onPage(await launch(), kPagePolicy, async (page, fetched) => {
        assert.ok(
          !fetched.includes('/koeru.wasm'),
          'koeru.wasm is not fetched before it is needed',
        );
        const result = await page.evaluate(async (hex) => {
          await Koeru.ready;
          const module = await import('/koeru.mjs');
          await module.ready;
          return [
            Koeru.stun.decode(hex).method,
            module.uri.parse('turn:a').port,
            module.version === Koeru.version,
            Koeru.engine,
          ];
        }, kSample);
        assert.deepEqual(result, ['Binding', 3478, true, 'wasm']);
        assert.deepEqual(page.problems, []);
      });
    },
  );
}
