// Browsers in which somebody switched WebAssembly off for all pages: Chromium without a compiler
// (what lockdown modes do), Firefox by the setting that Tor Browser's safer levels use.

import assert from 'node:assert/strict';
import test from 'node:test';
import { launchChromium, launchFirefox, newPage } from './support/browsers.mjs';
import { kPagePolicy, serve } from './support/static_server.mjs';

const kPolicy = kPagePolicy.replace("script-src 'self'", "$& 'nonce-koeru'");
const kModes = [
  ['Chromium with --jitless', () => launchChromium({ args: ['--js-flags=--jitless'] })],
  [
    'Firefox with javascript.options.wasm off',
    () => launchFirefox({ prefs: { 'javascript.options.wasm': false } }),
  ],
];

for (const [name, launch] of kModes) {
  test(`${name} runs koeru.wasm.js`, { timeout: 120_000 }, async () => {
    const server = await serve(['tests/browser/harness', 'build/dist'], {
      headers: { 'Content-Security-Policy': kPolicy },
    });
    const browser = await launch();
    try {
      const page = await newPage(browser);
      await page.goto(`http://localhost:${server.port}/nonce.html`);
      const found = await page.evaluate(async () => {
        const { Koeru, koeruModule } = globalThis;
        await Koeru.ready;
        await koeruModule.ready;
        const ports = [Koeru, koeruModule].map(({ uri }) => uri.parse('turns:a').port);
        return [typeof WebAssembly, Koeru.engine, koeruModule.engine, ...ports];
      });
      assert.deepEqual(found, ['undefined', 'js', 'js', 5349, 5349]);
      assert.deepEqual(page.problems, []);
    } finally {
      await browser.close();
      await server.close();
    }
  });
}
