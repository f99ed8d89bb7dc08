// Every page in both languages at the widths of a phone and a desktop, to look at
// (build/screenshots), and what a machine can see of them: nothing sticks out, nothing is missing.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { after, before } from 'node:test';
import { launchChromium, newPage, until } from './support/browsers.mjs';
import { inState, openCall, path as pathOf, say } from './support/call_page.mjs';
import { startRelay } from './support/relay.mjs';

const kFolder = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../../build/screenshots',
);
const kSizes = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
];
const kLimit = { timeout: 180_000 };
let relay;
let browser;

before(async () => {
  mkdirSync(kFolder, { recursive: true });
  relay = await startRelay();
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await relay?.stop();
});

// Takes the pictures of a page as it stands, and checks each.
async function capture(page, name, themes = ['light']) {
  await page.bringToFront();
  for (const { width, height } of kSizes) {
    await page.setViewport({ width, height });
    for (const theme of themes) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
      for (const language of ['en', 'ja']) {
        await page.click(`#language-${language}`);
        const file = path.join(kFolder, `${name}-${width}-${language}-${theme}.png`);
        await page.screenshot({ path: file, fullPage: true });
        assert.deepEqual(await page.evaluate(flaws), [], file);
      }
    }
  }
  assert.deepEqual(page.problems, []);
}

// Runs in the page.
function flaws() {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push(`scrolls sideways: ${root.scrollWidth} px`);
  if (!document.title) found.push('no title');
  if (root.lang !== document.querySelector('[aria-pressed="true"]').lang) found.push('wrong lang');
  const isShown = (element) => element.getClientRects().length > 0;
  for (const element of document.querySelectorAll('button, a, input, select, video, h1, h2, h3')) {
    if (!isShown(element) || element.closest('.tile')) continue;
    const name =
      element.ariaLabel || element.textContent.trim() || element.labels?.[0]?.textContent;
    if (!name) found.push(`no name: ${element.outerHTML.slice(0, 80)}`);
  }
  for (const element of document.querySelectorAll('[data-text]')) {
    const text = element.textContent;
    if (text === element.dataset.text || /\{\w+\}/.test(text)) found.push(`not a text: ${text}`);
  }
  return found;
}

test('Home', kLimit, async () => {
  const page = await newPage(browser);
  await page.goto(`${relay.origin}/`);
  await capture(page, 'home', ['light', 'dark']);
  await page.close();
});

test('Camera: off, running, and failed', kLimit, async () => {
  const page = await newPage(browser);
  await page.goto(`${relay.origin}/camera.html`);
  await capture(page, 'camera-off');
  await page.click('#start');
  await inCameraState(page, 'running');
  await capture(page, 'camera-running', ['light', 'dark']);
  await page.click('#stop');
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('in use', 'NotReadableError'));
  });
  await page.click('#start');
  await inCameraState(page, 'failed');
  await capture(page, 'camera-failed');
  await page.close();
});

function inCameraState(page, state) {
  return page.waitForSelector(`#camera[data-state="${state}"]`);
}

test('Doctor: asleep, well, and with bad news', kLimit, async () => {
  const page = await newPage(browser);
  await page.goto(`${relay.origin}/doctor.html`);
  await capture(page, 'doctor-idle');
  await page.click('#start');
  await page.waitForSelector('#doctor[data-state="done"]', { timeout: 120_000 });
  await page.click('.server summary');
  await capture(page, 'doctor-good', ['light', 'dark']);
  await page.click('#other summary');
  await page.type('#urls', `turn:127.0.0.1:${relay.ports.stun}?transport=tcp`);
  await page.type('#username', '1600000000:aki');
  await page.type('#credential', 'was good once');
  await page.click('#start');
  await page.waitForSelector('.finding[data-id="expired-credential"]', { timeout: 120_000 });
  await page.click('.server summary');
  await capture(page, 'doctor-bad');
  await page.close();
});

test('Inspector: empty, an offer with flaws, and a capture', kLimit, async () => {
  const page = await newPage(browser);
  await page.goto(`${relay.origin}/inspector.html`);
  await capture(page, 'inspector-empty');
  await page.click('[data-example="offer"]');
  await page.waitForSelector('.finding.bad');
  await page.click('.finding .place');
  await capture(page, 'inspector-offer', ['light', 'dark']);
  const file = fileURLToPath(new URL('../vectors/turn-coturn-4.6.1.pcap', import.meta.url));
  await (await page.$('#file')).uploadFile(file);
  await page.waitForSelector('#packets button');
  await page.click('#packets button');
  await capture(page, 'inspector-capture', ['light', 'dark']);
  await page.close();
});

test('Call: lobby', kLimit, async () => {
  const page = await newPage(browser);
  await page.goto(`${relay.origin}/call.html`);
  await capture(page, 'call-lobby', ['light', 'dark']);
  await page.close();
});

test('Call: connected, with chat and path', kLimit, async () => {
  const room = `screenshots-${Date.now()}`;
  const a = await openCall(browser, relay.origin, { room, name: 'Aki' });
  await inState(a, 'waiting');
  await capture(a, 'call-waiting');
  const b = await openCall(browser, relay.origin, { room, name: 'Bo' });
  await Promise.all([inState(a, 'connected'), inState(b, 'connected')]);
  await say(b, 'Good morning! Do you see the green circle?');
  await say(a, 'はい、よく見えます。こちらの声は届いていますか？');
  await until(async () => (await pathOf(a)).framesDecoded > 0, 'a picture to show');
  await b.click('#microphone');
  await a.waitForSelector('.tile [data-text="call.muted"]');
  await b.click('#screen');
  await a.waitForSelector('.tile.screen');
  const input = await b.$('#file');
  await input.uploadFile(fileURLToPath(import.meta.url));
  await a.waitForSelector('#files button');
  await capture(a, 'call-connected', ['light', 'dark']);
  await a.close();
  await b.close();
});

for (const mode of ['echo', 'source']) {
  test(`Call: the media peer, ${mode}`, kLimit, async () => {
    const page = await newPage(browser);
    await page.goto(`${relay.origin}/call.html`);
    await page.type('#name', 'Aki');
    await page.select('#echo-mode', mode);
    await page.click('#echo');
    await inState(page, 'connected');
    await until(async () => (await pathOf(page)).framesDecoded > 0, 'a picture to show');
    await page.waitForFunction(() => {
      const line = document.querySelector('.graph .line');
      return line?.getAttribute('points')?.split(' ').length > 4;
    });
    await capture(page, `call-${mode}`, ['light', 'dark']);
    await page.close();
  });
}

test('Call: the relay refuses', kLimit, async () => {
  const room = `screenshots-${Date.now()}`;
  const forge = (page) =>
    page.evaluateOnNewDocument(() => {
      const native = window.fetch;
      window.fetch = async (...args) => {
        const response = await native(...args);
        if (!String(args[0]).includes('/ice-servers')) return response;
        const text = await response.text();
        return new Response(text.replace(/"credential":"[^"]*"/g, '"credential":"forged"'));
      };
    });
  const a = await openCall(browser, relay.origin, { room, name: 'Aki', prepare: forge });
  await inState(a, 'waiting');
  const b = await openCall(browser, relay.origin, { room, name: 'Bo' });
  await inState(a, 'failed', 45_000);
  await capture(a, 'call-refused');
  await a.close();
  await b.close();
});
