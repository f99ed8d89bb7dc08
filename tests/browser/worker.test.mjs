// The script, the module and the drop-ins in web workers, under the Content-Security-Policy of the
// pages, and under one that forbids WebAssembly.

import assert from 'node:assert/strict';
import test from 'node:test';
import { newPage, oneOf } from './support/browsers.mjs';
import { kNoWasmPolicy, kPagePolicy, serve } from './support/static_server.mjs';

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

async function checkWorkers(browser, policy, engine) {
  const server = await serve(['build/dist', 'tests/browser/harness'], {
    headers: { 'Content-Security-Policy': policy },
  });
  const page = await newPage(browser);
  try {
    await page.goto(`http://localhost:${server.port}/camera.html`);
    const classic = await answersOf(page, '/classic_worker.js', 'classic');
    assert.deepEqual(classic, [engine, 'Binding']);
    const module = await answersOf(page, '/module_worker.mjs', 'module');
    assert.deepEqual(module, [engine, 'Binding', 'x', 'x']);
    if (engine === 'wasm') assert.deepEqual(page.problems, []);
  } finally {
    await page.close();
    await server.close();
  }
}

for (const [name, launch] of oneOf('Chromium')) {
  test(`${name}: classic and module workers load everything`, { timeout: 120_000 }, async (t) => {
    const browser = await launch();
    try {
      await t.test('on koeru.wasm', () => checkWorkers(browser, kPagePolicy, 'wasm'));
      await t.test('on koeru.wasm.js', () => checkWorkers(browser, kNoWasmPolicy, 'js'));
    } finally {
      await browser.close();
    }
  });
}
