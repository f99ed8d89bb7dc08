// More than two: three with pictures, one coming and one going in the middle; eight without, all of
// whom hear each other.

import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { launchChromium, launchFirefox, until } from './support/browsers.mjs';
import { startRelay } from './support/relay.mjs';
import { connected, enterRoom, heard, newRoomName, videoFlows } from './support/room_page.mjs';

const kLimit = { timeout: 240_000 };
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

test('three, in both browsers: one comes and one goes while the others talk', kLimit, async () => {
  const room = newRoomName();
  const enter = (browser, name) => enterRoom(browser, relay.origin, { room, name });
  const a = await enter(chromium, 'Aki');
  const b = await enter(firefox, 'Bo');
  await Promise.all([connected(a), connected(b)]);
  const c = await enter(chromium, 'Chie');
  await Promise.all([a, b, c].map((page) => connected(page, 2)));
  await Promise.all([
    ...['Bo', 'Chie'].map((name) => videoFlows(a, name)),
    ...['Aki', 'Chie'].map((name) => videoFlows(b, name)),
    ...['Aki', 'Bo'].map((name) => videoFlows(c, name)),
  ]);
  await a.close(); // without a word of the page's own
  await Promise.all([b, c].map((page) => connected(page, 1)));
  await Promise.all([videoFlows(b, 'Chie'), videoFlows(c, 'Bo')]);
  const names = await c.evaluate(() => window.room.members.map(({ name }) => name));
  assert.deepEqual(names, ['Bo']);
  for (const page of [b, c]) {
    assert.deepEqual((await heard(page)).errors, []);
    assert.deepEqual(page.problems, []);
    await page.close();
  }
});

test('eight in one room: everybody hears everybody, and a ninth is told why not', kLimit, async () => {
  const room = newRoomName();
  const pages = [];
  for (let i = 0; i < 8; ++i) {
    const browser = i % 4 === 3 ? firefox : chromium;
    pages.push(await enterRoom(browser, relay.origin, { room, name: `M${i}`, media: 'none' }));
  }
  await Promise.all(pages.map((page) => connected(page, 7, 60)));
  await Promise.all(
    pages.map((page, i) => page.evaluate((text) => window.room.say(text), `I am ${i}`)),
  );
  for (const [i, page] of pages.entries()) {
    const messages = await until(async () => {
      const now = (await heard(page)).messages;
      return now.length === 7 && now;
    }, `seven lines for M${i}`);
    const expected = pages.map((_, n) => `M${n}: I am ${n}`).filter((_, n) => n !== i);
    assert.deepEqual(messages.sort(), expected);
    assert.deepEqual((await heard(page)).errors, []);
  }
  const refused = await enterRoom(chromium, relay.origin, { room, name: 'M8', media: 'none' }).then(
    () => 'in',
    (error) => error.message,
  );
  assert.match(refused, /the room is full/);
  for (const page of pages) await page.close();
});
