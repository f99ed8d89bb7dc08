// The administration page in real browsers: signing in, live allocations, ending one, reload.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import test from 'node:test';
import { launchChromium, launchFirefox, newPage } from './support/browsers.mjs';
import { freePort, startRelay } from './support/relay.mjs';

const kLimit = { timeout: 120_000 };
// KOERU_SCREENSHOTS=DIR keeps pictures there for somebody to look at.
const kPictures = process.env.KOERU_SCREENSHOTS;

async function picture(page, name) {
  if (!kPictures) return;
  await mkdir(kPictures, { recursive: true });
  for (const width of [390, 1280]) {
    await page.setViewport({ width, height: 800 });
    await page.screenshot({ path: `${kPictures}/admin-${name}-${width}.png` });
  }
}

// An allocation of the browser's own; it lives as long as the page.
async function allocate(page, origin) {
  await page.goto(`${origin}/`);
  return page.evaluate(async () => {
    const { iceServers } = await (await fetch('/ice-servers')).json();
    const pc = new RTCPeerConnection({ iceServers, iceTransportPolicy: 'relay' });
    window.keep = pc;
    pc.createDataChannel('x');
    const relayed = new Promise((resolve) => {
      pc.onicecandidate = ({ candidate }) => candidate && resolve(candidate.candidate);
    });
    await pc.setLocalDescription();
    const [, , , , address, port] = (await relayed).split(' ');
    return `${address}:${port}`;
  });
}

async function signIn(page, password) {
  await page.$eval('#name', (input) => (input.value = 'root'));
  await page.$eval('#password', (input, text) => (input.value = text), password);
  await page.click('#sign-in button');
}

const rowOf = (relayed) => `[...document.querySelectorAll('#rows tr')]
  .find((row) => row.cells[2].textContent === ${JSON.stringify(relayed)})`;

async function endFromThePage(launch) {
  const port = await freePort();
  const relay = await startRelay([
    '--web-admin', `--web-admin-port=${port}`, '--web-admin-user=root:geheim',
  ]);
  const browser = await launch();
  try {
    const relayed = await allocate(await newPage(browser), relay.origin);
    const page = await newPage(browser);
    await page.goto(`https://localhost:${port}/`);
    await picture(page, 'sign-in');
    await signIn(page, 'guess');
    await page.waitForSelector('#problem:not([hidden])');
    assert.match(await page.$eval('#problem', (e) => e.textContent), /no administrator/);
    assert.equal(await page.$eval('#server', (e) => e.hidden), true);

    await signIn(page, 'geheim');
    await page.waitForFunction(`!!${rowOf(relayed)}`);
    assert.equal(await page.$eval('#problem', (e) => e.hidden), true);
    assert.equal(await page.$eval('[data-figure="state"]', (e) => e.textContent), 'ready');
    await page.click('[data-language="ja"]');
    await page.waitForFunction(() =>
      document.querySelector('[data-figure="state"]').textContent === '受付中');
    await picture(page, 'allocations-ja');
    await page.click('[data-language="en"]');
    await page.click('#reload');
    await page.waitForFunction(() => /Nothing changed/.test(document.getElementById('said').textContent));
    await picture(page, 'allocations');

    // The first press asks, the second one acts.
    await page.evaluate(`${rowOf(relayed)}.querySelector('button').focus()`);
    await page.evaluate(`${rowOf(relayed)}.querySelector('button').click()`);
    assert.equal(await page.evaluate(`${rowOf(relayed)}.querySelector('button').textContent`), 'Really?');
    await page.evaluate(`${rowOf(relayed)}.querySelector('button').click()`);
    await page.waitForFunction(`!${rowOf(relayed)}`);
    assert.equal(await page.$eval('#said', (e) => e.textContent), 'Ended.');

    await page.click('#sign-out');
    await page.waitForSelector('#sign-in:not([hidden])');
    // Refusals are answers with a status of 401, which browsers put into their console.
    assert.deepEqual(page.problems.filter((text) => !/401/.test(text)), []);
  } finally {
    await browser.close();
    await relay.stop();
  }
}

test('Chromium: an administrator signs in, sees an allocation and ends it', kLimit, () =>
  endFromThePage(() => launchChromium()));

test('Firefox: an administrator signs in, sees an allocation and ends it', kLimit, () =>
  endFromThePage(() => launchFirefox()));
