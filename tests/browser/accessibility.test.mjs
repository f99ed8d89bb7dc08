// What axe-core finds in every page, in both languages and themes: nothing.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test, { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launchChromium, newPage } from './support/browsers.mjs';
import { inState, openCall } from './support/call_page.mjs';
import { startRelay } from './support/relay.mjs';

const kLimit = { timeout: 180_000 };
const kAxe = readFileSync(
  new URL('../../js/node_modules/axe-core/axe.min.js', import.meta.url),
  'utf8',
);
let relay;
let browser;

before(async () => {
  relay = await startRelay();
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await relay?.stop();
});

async function assertAccessible(page, name) {
  await page.bringToFront();
  await page.evaluate(kAxe);
  for (const theme of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
    for (const language of ['en', 'ja']) {
      await page.click(`#language-${language}`);
      const found = await page.evaluate(async () => {
        const { violations, passes } = await axe.run();
        const flaws = violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0].html}`);
        return { flaws, passed: passes.length };
      });
      assert.ok(found.passed > 10, `${name}: axe looked at something`);
      assert.deepEqual(found.flaws, [], `${name}, ${theme}, ${language}`);
    }
  }
}

async function open(path) {
  const page = await newPage(browser);
  await page.goto(`${relay.origin}/${path}`);
  return page;
}

test('axe finds its way: a page with a flaw has one', kLimit, async () => {
  const page = await open('');
  await page.evaluate(() => document.querySelector('main').append(document.createElement('button')));
  await assert.rejects(() => assertAccessible(page, 'flawed'), /button-name/);
  await page.close();
});

test('Home', kLimit, async () => {
  const page = await open('');
  await assertAccessible(page, 'home');
  await page.close();
});

test('Camera: off, and running', kLimit, async () => {
  const page = await open('camera.html');
  await assertAccessible(page, 'camera off');
  await page.click('#start');
  await page.waitForSelector('#camera[data-state="running"]');
  await assertAccessible(page, 'camera running');
  await page.close();
});

test('Doctor: asleep, and with good and bad news', kLimit, async () => {
  const page = await open('doctor.html');
  await assertAccessible(page, 'doctor asleep');
  await page.click('#other summary');
  await page.type('#urls', `stun:127.0.0.1:${relay.ports.stun}`);
  await page.click('#start');
  await page.waitForSelector('#doctor[data-state="done"]');
  await assertAccessible(page, 'doctor with a warning');
  await page.type('#urls', `\nturn:127.0.0.1:${relay.ports.stun}`);
  await page.type('#username', 'nobody');
  await page.type('#credential', 'wrong');
  await page.click('#start');
  await page.waitForSelector('.finding.bad');
  await assertAccessible(page, 'doctor with bad news');
  await page.close();
});

test('Inspector: empty, with an offer and its flaws, and with a capture', kLimit, async () => {
  const page = await open('inspector.html');
  await assertAccessible(page, 'inspector empty');
  await page.click('[data-example="offer"]');
  await page.waitForSelector('.finding.bad');
  await page.click('.finding .place');
  for (const summary of await page.$$('details summary')) await summary.click();
  await page.type('#other', 'v=0');
  await page.waitForSelector('.difference');
  await assertAccessible(page, 'inspector with an offer');
  const capture = new URL('../vectors/turn-coturn-4.6.1.pcap', import.meta.url);
  await (await page.$('#file')).uploadFile(fileURLToPath(capture));
  await page.waitForSelector('#packets button');
  await page.click('#packets button');
  await assertAccessible(page, 'inspector with a capture');
  await page.close();
});

test('Call: lobby, waiting, and connected', kLimit, async () => {
  const lobby = await open('call.html');
  await assertAccessible(lobby, 'lobby');
  await lobby.close();
  const room = `accessible-${Date.now()}`;
  const a = await openCall(browser, relay.origin, { room, name: 'Aki' });
  await inState(a, 'waiting');
  await assertAccessible(a, 'waiting');
  const b = await openCall(browser, relay.origin, { room, name: 'Bo' });
  await Promise.all([inState(a, 'connected'), inState(b, 'connected')]);
  await assertAccessible(a, 'connected');
  await a.close();
  await b.close();
});
