// The script tag and the module in real browsers, under the Content-Security-Policy of the pages.

import assert from 'node:assert/strict';
import test from 'node:test';
import { launchChromium, launchFirefox, newPage } from './support/browsers.mjs';
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

for (const [name, launch] of [
  ['Chromium', launchChromium],
  ['Firefox', launchFirefox],
]) {
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
          ];
        }, kSample);
        assert.deepEqual(result, ['Binding', 3478, true]);
        assert.deepEqual(page.problems, []);
      });
    },
  );
}

test('Chromium: a policy that forbids WebAssembly is named, with the remedy', kLimit, async () => {
  const policy = kPagePolicy.replace("'wasm-unsafe-eval'", '');
  await onPage(await launchChromium(), policy, async (page) => {
    const [name, message] = await page.evaluate(() =>
      Koeru.ready.then(
        () => [],
        (error) => [error.name, error.message],
      ),
    );
    assert.equal(name, 'LoadError');
    assert.match(message, /Add 'wasm-unsafe-eval' to script-src/);
  });
});
