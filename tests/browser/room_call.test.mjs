// Koeru.join between the two browsers, each in both roles: picture, chat, data, mute, another
// device, and the screen.

import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { launchChromium, launchFirefox, until } from './support/browsers.mjs';
import { startRelay } from './support/relay.mjs';
import {
  connected,
  enterRoom,
  heard,
  memberNamed,
  newRoomName,
  videoFlows,
} from './support/room_page.mjs';

const kLimit = { timeout: 180_000 };
// The second of them is a depth camera, which nothing can encode; tests take the last.
const kCameras = '--use-fake-device-for-media-stream=device-count=3';
let relay, chromium, firefox;

before(async () => {
  relay = await startRelay();
  chromium = await launchChromium({ args: [kCameras] });
  firefox = await launchFirefox();
});
after(async () => {
  await chromium?.close();
  await firefox?.close();
  await relay?.stop();
});

// `first` is in the room when `second` comes and makes the offer.
async function call(first, second, body) {
  const room = newRoomName();
  const a = await enterRoom(first, relay.origin, { room, name: 'Aki' });
  const b = await enterRoom(second, relay.origin, { room, name: 'Bo' });
  try {
    await Promise.all([connected(a), connected(b)]);
    await body(a, b);
    for (const page of [a, b]) {
      assert.deepEqual((await heard(page)).errors, []);
      assert.deepEqual(page.problems, []);
    }
  } finally {
    await a.close();
    await b.close();
  }
}

async function chat(a, b) {
  assert.equal(await a.evaluate(() => window.room.say('Can you hear me? 聞こえますか')), true);
  await until(
    async () => String((await heard(b)).messages) === 'Aki: Can you hear me? 聞こえますか',
    'the line arrives',
  );
}

async function binary(a, b) {
  await a.evaluate(async () => {
    await window.room.send(new Uint8Array(65_536).map((_, i) => i * 7));
    await window.room.send('text', window.room.members[0]);
  });
  const arrived = () =>
    b.evaluate(() =>
      window.heard.data.map(({ from, data }) =>
        typeof data === 'string'
          ? [from, data]
          : [from, data.byteLength, new Uint8Array(data).every((byte, i) => byte === ((i * 7) & 255))],
      ),
    );
  await until(async () => (await arrived()).length === 2, 'both messages');
  assert.deepEqual(await arrived(), [
    ['Aki', 65_536, true],
    ['Aki', 'text'],
  ]);
  const refused = await a.evaluate(() =>
    window.room.send(new Uint8Array(65_537)).catch(({ name, advice }) => [name, Object.keys(advice)]),
  );
  assert.deepEqual(refused, ['TypeError', ['en', 'ja']]);
}

async function mute(a, b) {
  await a.evaluate(() => window.room.mute('audio'));
  await until(async () => (await memberNamed(b, 'Aki')).muted.audio, 'Bo sees that Aki is muted');
  const enabled = () => a.evaluate(() => window.room.stream.getAudioTracks()[0].enabled);
  assert.equal(await enabled(), false);
  await a.evaluate(() => window.room.mute('audio', false));
  await until(async () => !(await memberNamed(b, 'Aki')).muted.audio, 'and that she is not');
  assert.equal(await enabled(), true);
}

// Another camera takes the place of the first one without a negotiation.
async function switchCamera(a, b) {
  const change = await a.evaluate(async () => {
    const { room } = window;
    const [before] = room.stream.getVideoTracks();
    const devices = await navigator.mediaDevices.enumerateDevices();
    const cameras = devices.filter(({ kind }) => kind === 'videoinput');
    let negotiations = 0;
    const { connection } = room.members[0];
    connection.addEventListener('signalingstatechange', () => ++negotiations);
    const track = await room.switchDevice('video', cameras.at(-1).deviceId);
    const sent = connection.getSenders().find((sender) => sender.track?.kind === 'video').track;
    return {
      isNew: track !== before && sent === track && room.stream.getVideoTracks()[0] === track,
      old: before.readyState,
      negotiations,
      isAnother: track.label !== before.label || cameras.length === 1,
    };
  });
  assert.deepEqual(change, { isNew: true, old: 'ended', negotiations: 0, isAnother: true });
  await videoFlows(b, 'Aki');
  const missing = await a.evaluate(() =>
    window.room.switchDevice('video', 'no such device').catch(({ name, code }) => [name, code]),
  );
  assert.deepEqual(missing, ['MediaError', 'OverconstrainedError']);
  await videoFlows(b, 'Aki');
}

// `asksBrowser`: for a screen; or it is a canvas, where the browser only asks people.
async function screen(a, b, asksBrowser) {
  await a.evaluate((asks) => {
    if (asks) return window.room.shareScreen().then(() => {});
    const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 });
    const context = canvas.getContext('2d');
    setInterval(() => context.fillRect(0, 0, Math.random() * 64, 48), 100);
    return window.room.shareScreen(canvas.captureStream(10)).then(() => {});
  }, asksBrowser);
  const isSeen = () =>
    b.evaluate(() => document.querySelector('[data-screen="Aki"]')?.videoWidth > 0);
  await until(isSeen, 'Bo sees the screen');
  await videoFlows(b, 'Aki');
  const kinds = await b.evaluate(() => window.room.members[0].streams.map(({ kind }) => kind).sort());
  assert.deepEqual(kinds, ['camera', 'screen']);
  await a.evaluate(() => window.room.stopScreen());
  await until(async () => String((await heard(b)).ends) === 'Aki screen', 'the screen ends');
  assert.equal(await a.evaluate(() => window.room.screen), null);
}

async function everything(a, b, aAsksBrowser) {
  await Promise.all([videoFlows(a, 'Bo'), videoFlows(b, 'Aki')]);
  await chat(a, b);
  await binary(a, b);
  await mute(a, b);
  await switchCamera(a, b);
  await screen(a, b, aAsksBrowser);
  await b.evaluate(() => window.room.leave());
  await until(async () => !(await memberNamed(a, 'Bo')), 'Bo is gone');
}

test('Chromium first, Firefox offers', kLimit, () =>
  call(chromium, firefox, (a, b) => everything(a, b, true)),
);

test('Firefox first, Chromium offers', kLimit, () =>
  call(firefox, chromium, (a, b) => everything(a, b, false)),
);

test('statistics have the same shape and sense in both browsers', kLimit, () =>
  call(chromium, firefox, async (a, b) => {
    await Promise.all([videoFlows(a, 'Bo'), videoFlows(b, 'Aki')]);
    const statsOf = (page) => page.evaluate(() => window.room.members[0].stats());
    const shapes = [];
    for (const page of [a, b]) {
      await statsOf(page);
      const stats = await until(async () => {
        const now = await statsOf(page);
        return now.video.received.framesPerSecond > 0 && now.video.sent.bitrate > 0 && now;
      }, 'rates');
      assert.equal(stats.path.localType, 'host');
      assert.equal(stats.path.protocol, 'udp');
      assert.deepEqual([stats.video.received.width, stats.video.received.height], [160, 120]);
      assert.ok(stats.audio.received.packets > 0 && stats.received.bytes > 10_000);
      assert.ok(stats.video.received.lossRate >= 0 && stats.video.received.lossRate <= 1);
      shapes.push(shapeOf(stats));
    }
    assert.deepEqual(shapes[0], shapes[1]);
  }),
);

function shapeOf(value) {
  if (value === null || typeof value !== 'object') return value === null ? 'number' : typeof value;
  return Object.fromEntries(Object.keys(value).map((key) => [key, shapeOf(value[key])]));
}
