// A call with the relay's own media peer that goes on and on: ten minutes with KOERU_ALL (make
// test-all), in which sequence numbers pass their end; a few seconds without.

import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { makeAuthority } from './support/authority.mjs';
import { kBrowsers, until } from './support/browsers.mjs';
import { startRelay } from './support/relay.mjs';
import { connected, enterRoom, heard, newRoomName, videoFlows } from './support/room_page.mjs';

const kAll = Boolean(process.env.KOERU_ALL);
const kSeconds = kAll ? 600 : 12;
const kLimit = { timeout: (kSeconds + 120) * 1000 };
const kEveryMs = 1000;
// Longer than a browser takes after a burst of loss: it asks ten times within its round trip of 1 ms, and
// for a new picture after 3 s without one. Numbers mistaken at their end would stop it for good.
const kLongestGapMs = 10_000;
const browsers = {};
let files, relay;

before(async () => {
  files = await makeAuthority();
  relay = await startRelay([
    `--cert=${files.certificate}`,
    `--pkey=${files.key}`,
    '--media-peer-time=900',
  ]);
  for (const [name, launch] of kBrowsers) browsers[name] = await launch({ trust: files.authority });
});
after(async () => {
  for (const browser of Object.values(browsers)) await browser.close();
  assert.equal(await relay?.stop(), 0);
  await files?.remove();
});

// A camera whose pictures are noise: no codec makes little of it, so that there are many packets.
// Firefox makes pictures smaller that it cannot send well.
const kSizes = { Chromium: [640, 480], Firefox: [1280, 960] };
const noisyCamera = (name) => (page) =>
  page.evaluateOnNewDocument((width, height) => {
    MediaDevices.prototype.getUserMedia = async () => {
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      const draw = canvas.getContext('2d');
      const pictures = Array.from({ length: 5 }, () => {
        const picture = draw.createImageData(width, height);
        const words = new Uint32Array(picture.data.buffer);
        for (let i = 0; i < words.length; i += 1) words[i] = 0xff000000 | (Math.random() * 0xffffff);
        return picture;
      });
      let count = 0;
      setInterval(() => draw.putImageData(pictures[(count += 1) % pictures.length], 0, 0), 66);
      const tone = new AudioContext();
      const speaker = tone.createMediaStreamDestination();
      const oscillator = tone.createOscillator();
      oscillator.connect(speaker);
      oscillator.start();
      const [sound] = speaker.stream.getAudioTracks();
      const [video] = canvas.captureStream(15).getVideoTracks();
      video.contentHint = 'detail'; // smaller pictures would be fewer packets
      return new MediaStream([video, sound]);
    };
  }, ...kSizes[name]);

// What was sent and what came back: the numbers of both directions.
const flows = (page) =>
  page.evaluate(async () => {
    const reports = [...(await window.room.members[0].connection.getStats()).values()];
    const of = (wanted, media) =>
      reports.find(({ type, kind }) => type === wanted && kind === media) ?? {};
    const [sent, back] = ['outbound-rtp', 'inbound-rtp'].map((type) => of(type, 'video'));
    const { probes, drops } = window.room.members[0].quality ?? { probes: 0, drops: {} };
    return {
      // What is not sent back: padding, and what was sent twice, to probe the path (a second ago).
      probes: probes + (drops.duplicate ?? 0),
      sent: sent.packetsSent,
      received: back.packetsReceived,
      lost: back.packetsLost,
      frames: back.framesDecoded,
      sound: of('inbound-rtp', 'audio').packetsReceived,
    };
  });

for (const [name] of kBrowsers) {
  test(`${name}: ${kSeconds} seconds of noise come back without a gap`, kLimit, async (t) => {
    const page = await enterRoom(browsers[name], relay.origin, {
      room: newRoomName(),
      name: 'Aki',
      options: { peer: {} },
      prepare: noisyCamera(name),
    });
    try {
      await connected(page);
      await videoFlows(page, 'Echo');
      const first = await flows(page);
      const end = Date.now() + kSeconds * 1000;
      let last = first;
      let changed = Date.now();
      let longest = 0;
      while (Date.now() < end) {
        await new Promise((resolve) => setTimeout(resolve, kEveryMs));
        const next = await flows(page);
        if (next.frames > last.frames && next.sound > last.sound) changed = Date.now();
        longest = Math.max(longest, Date.now() - changed);
        assert.ok(longest < kLongestGapMs, `no picture or sound after ${JSON.stringify(last)}`);
        last = next;
      }
      t.diagnostic(`${JSON.stringify(last)}, longest pause ${longest} ms`);
      // A stream whose numbers were mistaken at their end loses all that follows.
      assert.ok(last.lost <= 0.01 * last.received, JSON.stringify(last));
      if (kAll) assert.ok(last.received > 65_536, `sequence numbers pass their end: ${last.received}`);
      await until(async () => (await flows(page)).frames > last.frames, 'it goes on');
      // Nothing new is sent: what is missing now is lost.
      await page.evaluate(() => {
        for (const { track } of window.room.members[0].connection.getSenders()) track?.stop();
      });
      const still = await until(async () => {
        const now = await flows(page);
        return now.sent - now.received <= now.probes && now;
      }, 'all but probes is back');
      t.diagnostic(`in the end ${JSON.stringify(still)}`);
      assert.deepEqual((await heard(page)).errors, []);
    } finally {
      await page.close();
    }
  });
}
