// What the Call page shows of a room: mute, the screen, files, other devices, graphs; by keyboard,
// and under the page's own policy.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import test, { after, before } from 'node:test';
import { launchChromium, launchFirefox, until } from './support/browsers.mjs';
import { inState, openCall } from './support/call_page.mjs';
import { startRelay } from './support/relay.mjs';
import { newRoomName } from './support/room_page.mjs';

const kLimit = { timeout: 180_000 };
const kOther = '.tile:not([data-member="self"])';
let relay, chromium, firefox;

before(async () => {
  relay = await startRelay();
  chromium = await launchChromium();
  firefox = await launchFirefox();
});
after(async () => {
  await chromium?.close();
  await firefox?.close();
  await relay?.stop();
});

async function press(page, selector) {
  await page.focus(selector);
  await page.keyboard.press('Enter');
}

function words(page, selector) {
  return page.evaluate((wanted) => {
    const element = document.querySelector(wanted);
    return element && !element.hidden ? element.textContent : '';
  }, selector);
}

test('mute, screen, files and graphs, from Chromium to Firefox and back', kLimit, async () => {
  const room = newRoomName();
  const a = await openCall(chromium, relay.origin, { room, name: 'Aki', relayOnly: false });
  await inState(a, 'waiting');
  const b = await openCall(firefox, relay.origin, { room, name: 'Bo', relayOnly: false });
  await Promise.all([inState(a, 'connected'), inState(b, 'connected')]);

  await press(a, '#microphone');
  await until(async () => (await words(b, `${kOther} .tile-state`)) === 'Muted', 'Bo sees it');
  assert.equal(await a.$eval('#microphone', (button) => button.ariaPressed), 'true');
  await press(a, '#microphone');
  await until(async () => (await words(b, `${kOther} .tile-state`)) !== 'Muted', 'and its end');

  await press(a, '#screen');
  await until(
    () => b.evaluate(() => document.querySelector('.tile.screen video')?.videoWidth > 0),
    'Bo sees the screen',
  );
  assert.equal(await words(b, '.tile.screen .tile-name'), 'Aki: screen');
  assert.equal(await words(a, '#screen'), 'Stop sharing');
  await press(a, '#screen');
  await until(() => b.evaluate(() => !document.querySelector('.tile.screen')), 'it ends');

  const file = fileURLToPath(import.meta.url);
  await (await a.$('#file')).uploadFile(file);
  await b.waitForSelector('#files button');
  assert.match(await words(b, '.file-name'), /^call_features\.test\.mjs \(.*kB\) from Aki$/);
  await press(b, '#files button');
  await b.waitForSelector('#files a[download="call_features.test.mjs"]');
  const url = await b.$eval('#files a', (link) => link.href);
  assert.match(url, /^blob:/);
  await a.waitForSelector('#files [data-state="file.done"]');
  await (await a.$('#file')).uploadFile(file);
  await until(() => b.evaluate(() => document.querySelectorAll('#files li button').length === 2), 'one more');
  await b.evaluate(() => document.querySelector('#files li:last-child button:last-child').click());
  await a.waitForSelector('#files [data-state="file.rejected"]');

  for (const page of [a, b]) {
    await until(
      () =>
        page.evaluate(() => {
          const [rate] = document.querySelectorAll('.graph polyline');
          return rate && rate.getAttribute('points').split(' ').length >= 3;
        }),
      'a graph of three seconds',
    );
    const label = await page.$eval('.graph', (graph) => graph.getAttribute('aria-label'));
    assert.match(label, /^Rate in the last minute; now: in [\d,]+ kbit\/s \/ out [\d,]+ kbit\/s$/);
    await page.click('#language-ja');
    const caption = await words(page, '.graph-box figcaption');
    assert.match(caption, /^速度： 受信 [\d,]+ kbit\/s \/ 送信 /, 'at once, not with the next second');
    assert.deepEqual(page.problems, []);
  }
  await a.close();
  await b.close();
});

test('the pages use the library and nothing of their own to connect', () => {
  for (const name of ['call.js', 'controls.js', 'member_view.js', 'files.js', 'path_view.js']) {
    const text = readFileSync(new URL(`../../demo/${name}`, import.meta.url), 'utf8');
    assert.doesNotMatch(text, /RTCPeerConnection|WebSocket|getStats/, name);
    assert.ok(text.split('\n').length < 170, `${name} is short enough to learn from`);
  }
});
