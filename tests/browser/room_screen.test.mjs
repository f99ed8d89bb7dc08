// Firefox shares a real screen. Without a window it has none, so it runs on one in memory; Chromium's
// own is in media.test.mjs.

import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { launchChromium, launchFirefox, until } from './support/browsers.mjs';
import { startRelay } from './support/relay.mjs';
import { connected, enterRoom, heard, newRoomName } from './support/room_page.mjs';
import { openDisplay } from './support/x_display.mjs';

const kLimit = { timeout: 120_000 };
let display, relay, chromium, firefox;

before(async () => {
  display = await openDisplay();
  relay = await startRelay();
  chromium = await launchChromium();
  // Nobody is there to choose a screen: the first one is taken.
  const prefs = {
    'media.navigator.permission.disabled': true,
    'media.navigator.streams.fake': false,
  };
  firefox = await launchFirefox({ prefs, display: display.name });
});
after(async () => {
  await chromium?.close();
  await firefox?.close();
  await relay?.stop();
  await display?.stop();
});

// Below the middle of the picture, where the mouse is: [red, green, blue].
function pixel(page) {
  return page.evaluate(() => {
    const video = document.querySelector('video[data-screen="Bo"]');
    if (!video?.videoWidth) return null;
    const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
    const context = canvas.getContext('2d');
    const [x, y] = [video.videoWidth / 2, video.videoHeight * 0.75];
    context.drawImage(video, x, y, 1, 1, 0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
  });
}

function paint(page, color) {
  return page.evaluate((wanted) => {
    document.body.replaceChildren();
    document.documentElement.style.background = wanted;
    document.body.style.background = wanted;
  }, color);
}

const isNear = (seen, wanted) => seen?.every((value, i) => Math.abs(value - wanted[i]) < 40);

test("Firefox's screen arrives in Chromium, changes there, and ends", kLimit, async () => {
  const room = newRoomName();
  const a = await enterRoom(chromium, relay.origin, { room, name: 'Aki', media: 'none' });
  const b = await enterRoom(firefox, relay.origin, { room, name: 'Bo', media: 'none' });
  await Promise.all([connected(a), connected(b)]);
  const settings = await b.evaluate(async () => {
    const stream = await window.room.shareScreen();
    const [track] = stream.getVideoTracks();
    const { width, height } = track.getSettings();
    return { label: track.label, width, height };
  });
  assert.deepEqual([settings.width, settings.height], [display.width, display.height]);
  assert.notEqual(settings.label, '');
  for (const [color, wanted] of [['#0a0', [0, 170, 0]], ['#00a', [0, 0, 170]]]) {
    await paint(b, color);
    let seen;
    await until(async () => isNear((seen = await pixel(a)), wanted), `the screen is ${color}`).catch((error) => {
      throw new Error(`${error.message}: ${seen}`);
    });
  }
  await b.evaluate(() => window.room.stopScreen());
  await until(async () => (await heard(a)).ends.includes('Bo screen'), 'it ends');
  assert.deepEqual((await heard(a)).errors, []);
  assert.deepEqual((await heard(b)).errors, []);
});
