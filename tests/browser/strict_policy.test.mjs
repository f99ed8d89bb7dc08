// Pages whose Content-Security-Policy leaves no room for koeru.wasm: koeru.wasm.js takes its place,
// by a script element for koeru.js and by import() for koeru.mjs.

import assert from 'node:assert/strict';
import test from 'node:test';
import { newPage, oneOf } from './support/browsers.mjs';
import { kNoWasmPolicy, serve } from './support/static_server.mjs';

const kSample = '000100002112a442b7e7a701bc34d686fa87dfae';
const kNoncePolicy = "default-src 'none'; script-src 'nonce-koeru'";

const kTrustedTypesPolicy =
  "default-src 'none'; connect-src 'self'; script-src 'self'; require-trusted-types-for 'script'";

// What Koeru says in trusted_types.html, whose own script elements load koeru.js and
// koeru.wasm.js: left alone, and handed what the second left behind.
async function trustedTypesOutcome(browser, policy) {
  const server = await serve(['tests/browser/harness', 'build/dist'], {
    headers: { 'Content-Security-Policy': policy },
  });
  const page = await newPage(browser);
  try {
    await page.goto(`http://localhost:${server.port}/trusted_types.html`);
    return await page.evaluate(async (hex) => {
      const isEnforced = (() => {
        try {
          document.createElement('script').src = 'x.js';
          return false;
        } catch {
          return true;
        }
      })();
      const { Koeru, koeruWasmJs } = globalThis;
      const run = (loaded) =>
        loaded.then(
          () => [Koeru.engine, Koeru.stun.decode(hex).method],
          (error) => [error.name],
        );
      return { isEnforced, alone: await run(Koeru.load()), handed: await run(Koeru.load(koeruWasmJs)) };
    }, kSample);
  } finally {
    await page.close();
    await server.close();
  }
}

// What koeru.js and koeru.mjs of nonce.html do under a policy, and what was asked of the server.
async function outcome(browser, policy, { missing = [] } = {}) {
  const server = await serve(['tests/browser/harness', 'build/dist'], {
    headers: { 'Content-Security-Policy': policy },
    missing,
  });
  const page = await newPage(browser);
  try {
    const fetched = [];
    page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
    await page.goto(`http://localhost:${server.port}/nonce.html`);
    const results = await page.evaluate(async (hex) => {
      const run = (Koeru) =>
        Koeru.ready.then(
          () => [Koeru.engine, Koeru.stun.decode(hex).method],
          (error) => [error.name, error.message],
        );
      return [await run(globalThis.Koeru), await run(globalThis.koeruModule)];
    }, kSample);
    return { results, fetched, problems: page.problems };
  } finally {
    await page.close();
    await server.close();
  }
}

const kStandIn = [
  ['js', 'Binding'],
  ['js', 'Binding'],
];

for (const [name, launch] of oneOf('Firefox')) {
  test(`${name}: pages that forbid WebAssembly`, { timeout: 120_000 }, async (t) => {
    const browser = await launch();
    try {
      // The one violation is the question whether WebAssembly may be compiled.
      await t.test("script-src 'self': koeru.wasm is not even fetched", async () => {
        const policy = kNoWasmPolicy.replace("script-src 'self'", "$& 'nonce-koeru'");
        const { results, fetched, problems } = await outcome(browser, policy);
        assert.deepEqual(results, kStandIn);
        assert.ok(!fetched.includes('/koeru.wasm'));
        assert.deepEqual(
          problems.filter((problem) => !/wasm|WebAssembly/i.test(problem)),
          [],
        );
      });

      await t.test('only a nonce: it is handed on', async () => {
        assert.deepEqual((await outcome(browser, kNoncePolicy)).results, kStandIn);
      });

      await t.test('koeru.wasm may run but not be fetched', async () => {
        const { results } = await outcome(browser, `${kNoncePolicy} 'wasm-unsafe-eval'`);
        assert.deepEqual(results, kStandIn);
      });

      // Where a browser does not know Trusted Types, nothing is forbidden.
      await t.test('Trusted Types: koeru.wasm runs as anywhere', async () => {
        const policy = kTrustedTypesPolicy.replace("'self'; require", "'self' 'wasm-unsafe-eval'; require");
        const { alone } = await trustedTypesOutcome(browser, policy);
        assert.deepEqual(alone, ['wasm', 'Binding']);
      });

      await t.test('Trusted Types without WebAssembly: the page loads koeru.wasm.js', async () => {
        const { alone, handed, isEnforced } = await trustedTypesOutcome(browser, kTrustedTypesPolicy);
        assert.deepEqual(handed, ['js', 'Binding']);
        // It finds by itself what the page's own element left behind.
        assert.deepEqual(alone, ['js', 'Binding']);
        if (name === 'Chromium') assert.ok(isEnforced);
      });

      await t.test('without koeru.wasm.js both reasons are named, and the remedy', async () => {
        const { results } = await outcome(browser, kNoncePolicy, { missing: ['/koeru.wasm.js'] });
        for (const [error, message] of results) {
          assert.equal(error, 'LoadError');
          assert.match(message, /koeru\.wasm: .*(Content Security Policy|CSP).*; nor its stand-in/);
          assert.match(message, /koeru\.wasm\.js.* 'wasm-unsafe-eval' to script-src/);
        }
      });
    } finally {
      await browser.close();
    }
  });
}
