// The media peer called from behind NATs and firewalls, over paths that lose packets.
//
// In `make test` some of them, in `make test-all` all.

import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { oneOf, until } from './support/browsers.mjs';
import { connected, enterRoomOn, framesFrom, newRoomName, videoFlows } from './support/room_page.mjs';
import { kHomes, kServers, openTwoHomes } from './support/two_homes.mjs';
import { kName, kRelay } from './support/world.mjs';
import { kUser } from './support/world_page.mjs';

const kLimit = { timeout: 120_000 };
const noUdp = { firewall: ['meta l4proto udp drop'] };
const only443 = { firewall: ['ct state established accept', 'tcp dport 443 accept', 'drop'] };
// What comes back to the page is cut to so much; what it sends is not.
const narrowDown = (kilobytes) => ({
  firewall: [`iifname "outer" meta l4proto udp limit rate over ${kilobytes} kbytes/second drop`],
});
const losing = (percent) => ({
  firewall: [`meta l4proto udp numgen random mod 100 < ${percent} drop`],
});
// With a credential, and no relay that could be reached where UDP is blocked.
const kNoRelay = [{ urls: [`turn:${kRelay}:3478?transport=udp`], ...kUser }];

// `is`: of the path that the call takes.
const isWhole = process.env.KOERU_ALL !== undefined;
const kWorlds = [
  { name: 'a NAT', rules: {}, is: ({ localType, protocol }) => localType !== 'relay' && protocol === 'udp' },
  { name: 'UDP blocked, and no relay', rules: noUdp, servers: kNoRelay, is: ({ protocol }) => protocol === 'tcp', isQuick: true },
  { name: 'only TCP 443', rules: only443, is: ({ localType }) => localType === 'relay' },
];

let homes;
before(async () => {
  homes = await openTwoHomes();
});
after(() => homes?.close());

async function callFrom(page, rules, home, iceServers = kServers) {
  await homes.world.set(rules, home);
  await enterRoomOn(page, `https://${kName}`, {
    room: newRoomName(),
    name: 'Aki',
    options: { iceServers, peer: {} },
  });
  await connected(page, 1, 60);
}
const memberOf = (page) =>
  page.evaluate(async () => {
    const [member] = window.room.members;
    return { path: (await member.stats()).path, quality: member.quality };
  });
// Some 500 kbit/s of Chromium's.
const sendLargerPictures = (page) =>
  page.evaluate(() => {
    const [track] = window.room.stream.getVideoTracks();
    return track.applyConstraints({ width: 640, height: 480, frameRate: 20 });
  });
// What the browser thinks that the path carries.
const availableBitrate = (page) =>
  page.evaluate(async () => {
    const [member] = window.room.members;
    const pair = [...(await member.connection.getStats()).values()].find(
      ({ type, nominated }) => type === 'candidate-pair' && nominated);
    return pair?.availableOutgoingBitrate ?? 0;
  });

const kBrowsersHere = [['Chromium', 0], ['Firefox', 1]];
for (const [name, i] of kBrowsersHere) {
  for (const { name: what, rules, is, servers, isQuick } of kWorlds) {
    if (!isWhole && !isQuick) continue;
    test(`${name}, ${what}: the picture comes back`, kLimit, async (t) => {
      const page = homes.pages[i];
      await callFrom(page, rules, kHomes[i], servers);
      await videoFlows(page, 'Echo');
      const { path } = await memberOf(page);
      t.diagnostic(JSON.stringify(path));
      assert.ok(is(path), JSON.stringify(path));
    });
  }
}

for (const [name] of oneOf('Chromium')) {
  const [, i] = kBrowsersHere.find(([known]) => known === name);
  for (const percent of isWhole ? [5, 20] : [20]) {
    test(`${name}, ${percent} % lost each way: pictures keep coming back`, kLimit, async (t) => {
      const page = homes.pages[i];
      await callFrom(page, losing(percent), kHomes[i]);
      const told = await until(async () => {
        const { quality } = await memberOf(page);
        const video = quality?.sections.find(({ media }) => media === 'video');
        return video?.received.packets > 300 && video;
      }, 'the media peer has got many packets', 60);
      t.diagnostic(JSON.stringify(told.received));
      assert.ok(told.received.lost > 0 && told.received.retransmissions > 0, JSON.stringify(told));
      // Little of it Chromium sends again by itself, told by the transport-wide feedback. Where what
      // it sends again is lost, too, it is asked for it.
      assert.ok(percent < 20 || told.received.nackedPackets > 0, JSON.stringify(told));
      const before = await framesFrom(page, 'Echo');
      await until(async () => (await framesFrom(page, 'Echo')) > before + 30, '30 more pictures', 60);
      // A loss that stays as it is whatever is sent is no reason to send little. Firefox does not say
      // what it might send.
      if (percent > 5 || name === 'Firefox') return;
      await sendLargerPictures(page);
      let most = 0;
      await until(async () => (most = Math.max(most, await availableBitrate(page))) > 500_000,
        'more than 500 kbit/s may be sent', 60);
      t.diagnostic(`${most} bit/s may be sent`);
    });
  }
}

// An echo has no encoder on the way back: the page itself has to send less.
test('Chromium, a narrow way down: it sends what comes back', kLimit, async (t) => {
  const page = homes.pages[0];
  await callFrom(page, narrowDown(40), kHomes[0]);
  await sendLargerPictures(page); // than fit
  let most = 0;
  const told = await until(async () => {
    const { quality } = await memberOf(page);
    const video = quality?.sections.find(({ media }) => media === 'video');
    most = Math.max(most, video?.received.bitsPerSecond ?? 0);
    // 320 kbit/s, and what headers and sound take of it.
    const isLess = video?.received.packets > 600 && video.received.bitsPerSecond < 0.8 * most;
    return isLess && most > 350_000 && video.sent.fractionLost < 0.1 && video;
  }, 'it sends less, and little of it is lost', 60);
  t.diagnostic(`${most} bit/s before, ${JSON.stringify(told)}`);
  const before = await framesFrom(page, 'Echo');
  await until(async () => (await framesFrom(page, 'Echo')) > before + 30, '30 more pictures', 60);
});
