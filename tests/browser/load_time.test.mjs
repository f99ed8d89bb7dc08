// What a page waits for once the files are there: compiling, and the first message. Printed, not
// judged: the time belongs to the machine.

import assert from 'node:assert/strict';
import test from 'node:test';
import { launchChromium, newPage } from './support/browsers.mjs';
import { serve } from './support/static_server.mjs';

const kSample = '000100002112a442b7e7a701bc34d686fa87dfae';

// In a fresh browser, because an engine keeps what it compiled.
async function measure(wanted) {
  const server = await serve(['build/dist']);
  const browser = await launchChromium();
  try {
    const page = await newPage(browser);
    await page.goto(`http://localhost:${server.port}/index.html`);
    return await page.evaluate(
      async (hex, engine) => {
        const Koeru = await import('/koeru.mjs');
        const response = await fetch(engine === 'js' ? '/koeru.wasm.js' : '/koeru.wasm');
        let source = await response.arrayBuffer();
        const start = performance.now();
        if (engine === 'js') {
          // It is in the browser's cache now.
          await import('/koeru.wasm.js');
          source = globalThis.koeruWasmJs;
        }
        await Koeru.load(source);
        const loaded = performance.now();
        const { method } = Koeru.stun.decode(hex);
        return {
          method,
          engine: Koeru.engine,
          load: loaded - start,
          parse: performance.now() - loaded,
        };
      },
      kSample,
      wanted,
    );
  } finally {
    await browser.close();
    await server.close();
  }
}

for (const engine of ['wasm', 'js']) {
  test(`Chromium: compile and first parse on ${engine}`, { timeout: 120_000 }, async (t) => {
    const found = await measure(engine);
    assert.equal(found.method, 'Binding');
    assert.equal(found.engine, engine);
    const [load, parse] = [found.load, found.parse].map((ms) => ms.toFixed(1));
    t.diagnostic(`${engine}: ${load} ms to compile and start, ${parse} ms for the first message`);
  });
}
