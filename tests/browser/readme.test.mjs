// The ten-line pages of README.md, run as they stand there at the address of a real relay; those of
// README.ja.md are the same but for the language of the advice.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { launchChromium, newPage } from './support/browsers.mjs';
import { startRelay } from './support/relay.mjs';

const blocksOf = (name) => {
  const text = readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
  return [...text.matchAll(/\*\*([^*\n]+)\*\*[:：][^\n]*\n\n```html\n([^]*?)```/g)];
};
const blocks = blocksOf('README.md');
const codeOf = Object.fromEntries(blocks.map(([, title, code]) => [title, code]));

// In place of a page of the relay's, and without its policy, which allows no inline scripts.
async function open(browser, relay, code, prepare) {
  const page = await newPage(browser);
  if (prepare) await page.evaluateOnNewDocument(prepare, `stun:127.0.0.1:${relay.ports.stun}`);
  await page.setBypassCSP(true);
  await page.goto(`${relay.origin}/`);
  await page.setContent(`<!doctype html>\n${code}`);
  return page;
}

const cases = {
  async Camera(browser, relay, code) {
    const page = await open(browser, relay, code);
    await page.waitForFunction(() => document.querySelector('video').videoWidth > 0);
    return [page];
  },
  async Call(browser, relay, code) {
    const pages = [await open(browser, relay, code), await open(browser, relay, code)];
    for (const page of pages) {
      await page.bringToFront(); // the others draw no frames, by which it is waited
      await page.waitForFunction(() => document.querySelector('video')?.videoWidth > 0);
    }
    return pages;
  },
  async Doctor(browser, relay, code) {
    // One server of the relay's, so that it does not take a minute.
    const page = await open(browser, relay, code, (url) => {
      const native = window.fetch;
      window.fetch = async (...args) =>
        String(args[0]).includes('/ice-servers')
          ? Response.json({ iceServers: [{ urls: url }] })
          : native(...args);
    });
    await page.waitForSelector('#verdict li', { timeout: 60_000 });
    assert.match(await page.$eval('#verdict', ({ textContent }) => textContent), /TURN/);
    return [page];
  },
  async Inspector(browser, relay, code) {
    const page = await open(browser, relay, code);
    await page.type('#input', 'stun:a.example');
    await page.waitForFunction(() => /URI/.test(document.querySelector('pre').textContent));
    return [page];
  },
};

test('each page has ten lines at most, in both languages', () => {
  const japanese = blocksOf('README.ja.md');
  assert.deepEqual(Object.keys(codeOf), Object.keys(cases));
  blocks.forEach(([, title, code], i) => {
    assert.ok(code.trimEnd().split('\n').length <= 10, title);
    assert.equal(japanese[i][2].replace(/(advice\??)\.ja/, '$1.en'), code);
  });
  assert.equal(japanese.length, blocks.length);
});

test('each page does in a browser what it says', { timeout: 180_000 }, async (t) => {
  const relay = await startRelay();
  const browser = await launchChromium();
  for (const [title, run] of Object.entries(cases)) {
    await t.test(title, async () => {
      const pages = await run(browser, relay, codeOf[title]);
      for (const page of pages) {
        assert.deepEqual(page.problems, []);
        await page.close();
      }
    });
  }
  await browser.close();
  assert.equal(await relay.stop(), 0);
});
