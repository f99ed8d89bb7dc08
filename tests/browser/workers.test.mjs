// koeru.js in a classic worker and koeru.mjs in a module worker, with WebAssembly and without.

import assert from 'node:assert/strict';
import test from 'node:test';
import { kBrowsers, newPage } from './support/browsers.mjs';
import { kNoWasmPolicy, kPagePolicy, serve } from './support/static_server.mjs';

const kSample = '000100002112a442b7e7a701bc34d686fa87dfae';
const kWorkers = [
  { url: '/classic_worker.js', type: 'classic' },
  { url: '/module_worker.mjs', type: 'module' },
];
const kWorlds = [
  { policy: kPagePolicy, engine: 'wasm' },
  { policy: kNoWasmPolicy, engine: 'js' },
];

function askWorker(page, worker) {
  return page.evaluate(
    ({ url, type }, hex) =>
      new Promise((resolve, reject) => {
        const worker = new Worker(url, { type });
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = (event) => reject(new Error(`the worker failed: ${event.message}`));
        setTimeout(() => reject(new Error('the worker says nothing')), 20_000);
        worker.postMessage(hex);
      }),
    worker,
    kSample,
  );
}

for (const [name, launch] of kBrowsers) {
  test(`${name}: workers`, { timeout: 120_000 }, async (t) => {
    const browser = await launch();
    try {
      for (const { policy, engine } of kWorlds) {
        const server = await serve(['tests/browser/harness', 'build/dist'], {
          headers: { 'Content-Security-Policy': policy },
        });
        const page = await newPage(browser);
        await page.goto(`http://localhost:${server.port}/index.html`);
        for (const worker of kWorkers) {
          await t.test(`a ${worker.type} worker runs on ${engine}`, async () => {
            assert.deepEqual(await askWorker(page, worker), [engine, 'Binding']);
          });
        }
        await page.close();
        await server.close();
      }
    } finally {
      await browser.close();
    }
  });
}
