// Offers of many kinds, as real browsers make them, to the relay's own media peer: each codec they
// have, simulcast, and ICE lite on our side.

import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { makeAuthority } from './support/authority.mjs';
import { kBrowsers, until } from './support/browsers.mjs';
import { startRelay } from './support/relay.mjs';
import { connected, enterRoom, heard, newRoomName, videoFlows } from './support/room_page.mjs';

const kLimit = { timeout: 120_000 };
const kAll = Boolean(process.env.KOERU_ALL);
const browsers = {};
let files, relay, lite;

before(async () => {
  files = await makeAuthority();
  const pair = [`--cert=${files.certificate}`, `--pkey=${files.key}`];
  [relay, lite] = await Promise.all([startRelay(pair), startRelay([...pair, '--media-peer-ice-lite'])]);
  for (const [name, launch] of kBrowsers) browsers[name] = await launch({ trust: files.authority });
});
after(async () => {
  for (const browser of Object.values(browsers)) await browser.close();
  for (const one of [relay, lite]) assert.equal(await one?.stop(), 0);
  await files?.remove();
});

// A call whose pictures come back, for `body`.
async function inEcho(name, { at = relay, prepare } = {}, body) {
  const room = newRoomName();
  const options = { peer: {} };
  const page = await enterRoom(browsers[name], at.origin, { room, name: 'Aki', options, prepare });
  try {
    await connected(page);
    await videoFlows(page, 'Echo');
    await body(page);
    assert.deepEqual((await heard(page)).errors, []);
  } finally {
    await page.close();
  }
}

const descriptions = (page) =>
  page.evaluate(() => {
    const { localDescription, remoteDescription } = window.room.members[0].connection;
    return { offer: localDescription.sdp, answer: remoteDescription.sdp };
  });

// The codec in which pictures are decoded that came back.
const codecBack = (page) =>
  page.evaluate(async () => {
    const reports = await window.room.members[0].connection.getStats();
    const all = [...reports.values()];
    const video = all.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'video');
    return video?.framesDecoded > 0 && reports.get(video.codecId)?.mimeType;
  });

// What a page would do that wants one codec.
function preferring(mimeType) {
  return (page) =>
    page.evaluateOnNewDocument((wanted) => {
      const { setLocalDescription } = RTCPeerConnection.prototype;
      RTCPeerConnection.prototype.setLocalDescription = function () {
        for (const transceiver of this.getTransceivers()) {
          if (transceiver.receiver.track.kind !== 'video') continue;
          const { codecs } = RTCRtpReceiver.getCapabilities('video');
          const isWanted = (one) => one.mimeType === wanted || /rtx/.test(one.mimeType);
          transceiver.setCodecPreferences(codecs.filter(isWanted));
        }
        return setLocalDescription.apply(this, arguments);
      };
    }, mimeType);
}

const kCodecs = ['video/VP8', 'video/VP9', 'video/H264', 'video/AV1'];

for (const [name] of kBrowsers) {
  test(`${name}: pictures come back in each codec that it can send`, kLimit, async (t) => {
    const page = await browsers[name].newPage();
    await page.goto(`${relay.origin}/camera.html`);
    const sendable = await page.evaluate(() =>
      RTCRtpSender.getCapabilities('video').codecs.map(({ mimeType }) => mimeType),
    );
    await page.close();
    const codecs = kCodecs.filter((one) => sendable.includes(one));
    t.diagnostic(codecs.join(', '));
    assert.ok(codecs.length >= 2, `${sendable}`);
    // All of them take a while: the one that nothing else tests, unless all is asked for.
    for (const mimeType of kAll ? codecs : codecs.slice(1)) {
      await inEcho(name, { prepare: preferring(mimeType) }, async (call) => {
        const back = await until(() => codecBack(call), `pictures of ${mimeType}`);
        assert.equal(back, mimeType);
      });
    }
  });

  test(`${name} that offers simulcast is answered with one encoding, and its pictures come back`, kLimit, async () => {
    const prepare = (page) =>
      page.evaluateOnNewDocument(() => {
        RTCPeerConnection.prototype.addTrack = function (track, ...streams) {
          const sendEncodings = [{ rid: 'h' }, { rid: 'l', scaleResolutionDownBy: 2 }];
          const init = track.kind === 'video' ? { streams, sendEncodings } : { streams };
          return this.addTransceiver(track, init).sender;
        };
      });
    await inEcho(name, { prepare }, async (page) => {
      const { offer, answer } = await descriptions(page);
      assert.match(offer, /a=simulcast:send h;l/);
      assert.doesNotMatch(answer, /a=simulcast/);
      assert.doesNotMatch(answer, /a=rid/);
    });
  });

  test(`${name} offers RTX, and it is agreed on`, kLimit, async () => {
    await inEcho(name, {}, async (page) => {
      const { offer, answer } = await descriptions(page);
      assert.match(offer, /rtx\/90000/);
      assert.match(answer, /rtx\/90000/);
      assert.match(answer, /a=ssrc-group:FID/);
    });
  });

  test(`${name} calls an ICE lite peer`, kLimit, async () => {
    await inEcho(name, { at: lite }, async (page) => {
      const { answer } = await descriptions(page);
      assert.match(answer, /^a=ice-lite\r$/m);
    });
  });
}
