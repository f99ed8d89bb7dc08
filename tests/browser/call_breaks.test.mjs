// What calls between two homes survive: a relay that is restarted, and a home that changes to another
// network, as from one Wi-Fi to the next.

import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { until } from './support/browsers.mjs';
import { heard } from './support/room_page.mjs';
import {
  call, comesToWay, kHomes, kNames, mediaComesAgain, mediaStops, openTwoHomes, wordsOf,
} from './support/two_homes.mjs';

const kLimit = { timeout: 120_000 };
const restricted = { nat: 'restricted' };
const symmetric = { nat: 'symmetric' };

let homes;
before(async () => {
  homes = await openTwoHomes();
});
after(() => homes?.close());

const say = (page, text) => page.evaluate((line) => window.room.say(line), text);
const hears = (page, line) =>
  until(async () => (await heard(page)).messages.includes(line), `hears "${line}"`);
const timesOf = ([chromium, firefox]) => `Chromium sees media after ${chromium} ms, Firefox after ${firefox} ms`;

test('the relay is restarted in mid-call, behind symmetric NATs: media flows again', kLimit, async (t) => {
  const { relay, pages } = homes;
  await call(homes, [symmetric, symmetric]);
  await comesToWay(homes, ['relay', 'relay']);
  await relay.kill();
  await mediaStops(homes);
  await say(pages[0], 'while it is away');
  await relay.start();
  const again = await mediaComesAgain(homes);
  // By any protocol: UDP may have been asked for a moment too early.
  const paths = await comesToWay(homes, ['relayed', 'relayed']);
  t.diagnostic(`${timesOf(again)}; ${wordsOf(paths)}`);
  await hears(pages[1], 'Aki: while it is away');
});

for (const [i, browser] of ['Chromium', 'Firefox'].entries()) {
  if (browser === 'Chromium' && !process.env.KOERU_ALL) continue; // in `make test-all`
  test(`${browser} changes to another network in mid-call: media flows again`, kLimit, async (t) => {
    const { world, pages } = homes;
    await call(homes, [restricted, restricted]);
    await comesToWay(homes, ['any', 'any']);
    const self = await pages[i].evaluate(() => window.room.self);
    await world.unplug(kHomes[i]);
    await mediaStops(homes);
    await say(pages[i], 'on the way');
    await world.plugIn(kHomes[i], 3);
    const again = await mediaComesAgain(homes);
    const paths = await comesToWay(homes, ['any', 'any']);
    t.diagnostic(`${timesOf(again)}; ${wordsOf(paths)}`);
    await hears(pages[1 - i], `${kNames[i]}: on the way`);
    await say(pages[1 - i], 'welcome back');
    await hears(pages[i], `${kNames[1 - i]}: welcome back`);
    assert.equal(await pages[i].evaluate(() => window.room.self), self, 'the same member');
  });
}
