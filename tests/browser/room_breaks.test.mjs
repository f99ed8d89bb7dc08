// What a call survives: a signalling connection that is cut, a server that is restarted in mid-call,
// and both sides negotiating at once, again and again.

import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { launchChromium, launchFirefox, until } from './support/browsers.mjs';
import { cutLineTo } from './support/cut_line.mjs';
import { startRelay } from './support/relay.mjs';
import {
  connected,
  enterRoom,
  heard,
  memberNamed,
  newRoomName,
  videoFlows,
} from './support/room_page.mjs';

const kLimit = { timeout: 240_000 };
let chromium, firefox;

before(async () => {
  chromium = await launchChromium();
  firefox = await launchFirefox();
});
after(async () => {
  await chromium?.close();
  await firefox?.close();
});

async function withRelay(body) {
  const relay = await startRelay();
  const line = await cutLineTo(relay.ports.https);
  try {
    await body(relay, line);
  } finally {
    await line.close();
    await relay.stop();
  }
}

// Both in `make test-all`.
function kRoles() {
  const roles = [
    ['Chromium, then Firefox', chromium, firefox],
    ['Firefox, then Chromium', firefox, chromium],
  ];
  return process.env.KOERU_ALL ? roles : roles.slice(0, 1);
}

test('signalling is cut and comes back: nothing is lost, nobody notices', kLimit, async (t) => {
  for (const [name, first, second] of kRoles()) {
    await t.test(name, () =>
      withRelay(async (relay, line) => {
        const room = newRoomName();
        const a = await enterRoom(first, line.origin, { room, name: 'Aki' });
        const b = await enterRoom(second, relay.origin, { room, name: 'Bo' });
        await Promise.all([connected(a), connected(b)]);
        const before = await identity(a);
        line.cut();
        await until(async () => (await heard(a)).states.at(-1) === 'reconnecting', 'a cut');
        // A negotiation begins while one side cannot hear of it.
        await b.evaluate(shareCanvas);
        await videoFlows(a, 'Bo');
        line.mend();
        await until(async () => (await heard(a)).states.at(-1) === 'open', 'a way back');
        await until(
          () => a.evaluate(() => window.room.members[0].streams.length === 2),
          'what was signalled meanwhile arrives',
        );
        assert.deepEqual(await identity(a), before, 'the same connection, the same member');
        assert.deepEqual((await heard(b)).states, []);
        assert.deepEqual((await heard(b)).errors, []);
        assert.deepEqual((await heard(b)).ends, []);
        await a.close();
        await b.close();
      }),
    );
  }
});

function identity(page) {
  return page.evaluate(() => {
    const { room } = window;
    const [member] = room.members;
    window.firstConnection ??= member.connection;
    return [room.self, member.id, member.connection === window.firstConnection];
  });
}

function shareCanvas() {
  const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 });
  const context = canvas.getContext('2d');
  setInterval(() => context.fillRect(0, 0, Math.random() * 64, 48), 100);
  return window.room.shareScreen(canvas.captureStream(10)).then(() => {});
}

// Relay only: the restart takes the media path away, the signalling, and all that the server knew.
test('the relay is restarted in mid-call: media flows again', kLimit, async (t) => {
  for (const [name, first, second] of kRoles()) {
    await t.test(name, (sub) =>
      withRelay(async (relay) => {
        const room = newRoomName();
        const options = { relayOnly: true };
        const a = await enterRoom(first, relay.origin, { room, name: 'Aki', options });
        const b = await enterRoom(second, relay.origin, { room, name: 'Bo', options });
        await Promise.all([connected(a), connected(b)]);
        await Promise.all([videoFlows(a, 'Bo'), videoFlows(b, 'Aki')]);
        const before = [await identity(a), await identity(b)];
        // All the while both talk, by chat and by data.
        for (const page of [a, b]) await page.evaluate(talk);
        await relay.restart();
        const restarted = Date.now();
        await Promise.all([moving(a, 'Bo'), moving(b, 'Aki')]);
        sub.diagnostic(`media after ${Date.now() - restarted} ms`);
        // The same members; a connection may be another one, where ICE did not restart in time.
        const after = [await identity(a), await identity(b)];
        assert.deepEqual(after.map((ids) => ids.slice(0, 2)), before.map((ids) => ids.slice(0, 2)));
        // On a fast machine media is back before much is said.
        for (const page of [a, b]) {
          await until(() => page.evaluate(() => window.said.length > 20), 'more is said');
        }
        const said = await Promise.all([a, b].map((page) => page.evaluate(stopTalking)));
        for (const [page, lines, from] of [[a, said[1], 'Bo'], [b, said[0], 'Aki']]) {
          await until(
            async () => (await page.evaluate(() => window.heard.data.length)) >= lines.length,
            `${lines.length} lines of ${from}`,
          );
          const { messages, errors } = await heard(page);
          const data = await page.evaluate(() => window.heard.data.map(({ data: line }) => line));
          assert.deepEqual(messages, lines.map((line) => `${from}: ${line}`), 'chat: once, in order');
          assert.deepEqual(data, lines, 'data: once, in order');
          assert.deepEqual(errors.filter((e) => !/server-lost/.test(e)), []);
        }
        await a.close();
        await b.close();
      }),
    );
  }
});

function talk() {
  window.said = [];
  window.talking = setInterval(() => {
    const line = `line ${window.said.length}`;
    if (!window.room.say(line)) throw new Error('nobody to hear it');
    window.room.send(line).catch((error) => window.heard.errors.push(String(error)));
    window.said.push(line);
  }, 100);
}

function stopTalking() {
  clearInterval(window.talking);
  return window.said;
}

// Frames that were decoded after ICE had found a new path: what was in buffers does not count.
async function moving(page, name) {
  await until(
    () =>
      page.evaluate(async (wanted) => {
        const member = window.room.members.find((one) => one.name === wanted);
        const { at, video } = await member.stats();
        const { frames } = video.received;
        const { now, then } = (window.seen = { then: window.seen?.now, now: { at, frames } });
        return then && window.heard.states.at(-1) === 'open' && now.frames > then.frames;
      }, name),
    `${name} moves`,
    30,
  );
}

test('both sides negotiate at once, thirty times, and agree', kLimit, async (t) => {
  for (const [name, first, second] of kRoles()) {
    await t.test(name, () =>
      withRelay(async (relay) => {
        const room = newRoomName();
        const a = await enterRoom(first, relay.origin, { room, name: 'Aki' });
        const b = await enterRoom(second, relay.origin, { room, name: 'Bo' });
        await Promise.all([connected(a), connected(b)]);
        await Promise.all([a, b].map((page) => page.evaluate(watchCollisions)));
        for (let round = 0; round < 30; ++round) {
          const change = round % 2 ? 'remove' : 'add';
          await Promise.all([a, b].map((page) => page.evaluate(toggleScreen, change)));
        }
        for (const page of [a, b]) await page.evaluate(toggleScreen, 'add');
        for (const page of [a, b]) {
          await until(
            () => page.evaluate(() => window.room.members[0].streams.length === 2),
            'both streams are there in the end',
          );
          await until(
            () =>
              page.evaluate(
                () => window.room.members[0].connection.signalingState === 'stable',
              ),
            'agreement',
          );
          assert.deepEqual((await heard(page)).errors, []);
        }
        await Promise.all([videoFlows(a, 'Bo'), videoFlows(b, 'Aki')]);
        assert.ok(await memberNamed(a, 'Bo'));
        // One of the two is polite, and only that one gives way.
        const collisions = await Promise.all([a, b].map((p) => p.evaluate(() => window.collisions)));
        assert.ok(collisions[0] + collisions[1] > 0, 'offers did meet');
        await a.close();
        await b.close();
      }),
    );
  }
});

// Counts offers that came while an own one was on its way, and were given way to.
function watchCollisions() {
  window.collisions = 0;
  const { connection } = window.room.members[0];
  const native = connection.setRemoteDescription.bind(connection);
  connection.setRemoteDescription = (description) => {
    const isOwn = connection.signalingState === 'have-local-offer';
    if (isOwn && description.type === 'offer') ++window.collisions;
    return native(description);
  };
}

async function toggleScreen(change) {
  if (change === 'remove') return window.room.stopScreen();
  const canvas = Object.assign(document.createElement('canvas'), { width: 32, height: 32 });
  canvas.getContext('2d').fillRect(0, 0, 9, 9);
  await window.room.shareScreen(canvas.captureStream(5));
}
