// The relay's own media peer, called from real browsers: what they send comes back, over each path.

import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { makeAuthority } from './support/authority.mjs';
import { kBrowsers, newPage, oneOf, until } from './support/browsers.mjs';
import { clockSeconds, pictureLags, soundBack, soundEnergy } from './support/echo_page.mjs';
import { startRelay } from './support/relay.mjs';
import { connected, enterRoom, heard, newRoomName, videoFlows } from './support/room_page.mjs';

const kLimit = { timeout: 120_000 };
const browsers = {};
let files, relay;

before(async () => {
  files = await makeAuthority();
  relay = await startRelay([`--cert=${files.certificate}`, `--pkey=${files.key}`]);
  for (const [name, launch] of kBrowsers) browsers[name] = await launch({ trust: files.authority });
});
after(async () => {
  for (const browser of Object.values(browsers)) await browser.close();
  assert.equal(await relay?.stop(), 0);
  await files?.remove();
});

function callEcho(browser, { peer = {}, ...who } = {}) {
  const { options, ...rest } = who;
  const room = newRoomName();
  return enterRoom(browser, relay.origin, { room, name: 'Aki', ...rest, options: { peer, ...options } });
}

// A call that is connected, for `body`; nothing may have gone wrong in it.
async function inEcho(name, who, body) {
  const page = await callEcho(browsers[name], who);
  try {
    await connected(page);
    await body(page);
    assert.deepEqual((await heard(page)).errors, []);
    assert.deepEqual(page.problems, []);
  } finally {
    await page.close();
  }
}

const qualityOf = (page) => page.evaluate(() => window.room.members[0].quality);
const pathOf = (page) => page.evaluate(async () => (await window.room.members[0].stats()).path);
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

// Firefox's AudioContext does not run where there is no sound device, and Chromium sums up no energy
// of what nobody plays.
async function isSoundBack(name, page) {
  if (name === 'Firefox') return (await soundEnergy(page)) > 0;
  return (await soundBack(page, 2)).loudest > 0.01;
}

// Pictures that are ours, and not only one that stands still.
async function picturesAreOurs(page) {
  const lags = await pictureLags(page);
  for (const { same, other } of lags) {
    assert.ok(same > 0.95 && same - other > 0.005, JSON.stringify(lags));
  }
  return median(lags.map(({ lag }) => lag));
}

for (const [name] of kBrowsers) {
  test(`${name}'s picture and sound come back`, kLimit, async (t) => {
    await inEcho(name, {}, async (page) => {
      await videoFlows(page, 'Echo');
      t.diagnostic(`pictures are ${Math.round(await picturesAreOurs(page))} ms old`);
      await until(() => isSoundBack(name, page), 'sound comes back that is no silence');
      const quality = await until(async () => {
        const told = await qualityOf(page);
        return told?.sections.every(({ received, sent }) => received.packets && sent.packets) && told;
      }, 'the media peer tells how both sections fare');
      assert.deepEqual(quality.sections.map(({ media }) => media), ['audio', 'video']);
      const { localType, remoteType } = await pathOf(page);
      assert.ok(![localType, remoteType].includes('relay'), `${localType} to ${remoteType}`);
    });
  });

  const kUrls = {
    UDP: () => `turn:localhost:${relay.ports.stun}?transport=udp`,
    TCP: () => `turn:localhost:${relay.ports.stun}?transport=tcp`,
    TLS: () => `turns:localhost:${relay.ports.https}?transport=tcp`,
  };
  for (const [transport, url] of Object.entries(kUrls)) {
    test(`${name}'s picture comes back through the relay over ${transport}`, kLimit, async () => {
      const [, username, credential] = relay.output.match(/"username":"([^"]+)","credential":"([^"]+)"/);
      const iceServers = [{ urls: [url()], username, credential }];
      await inEcho(name, { options: { iceServers, relayOnly: true } }, async (page) => {
        await videoFlows(page, 'Echo');
        const { localType, relayProtocol } = await pathOf(page);
        assert.equal(localType, 'relay');
        if (relayProtocol) assert.equal(relayProtocol, transport.toLowerCase());
      });
    });
  }

  test(`${name} restarts ICE in mid-call, and pictures keep coming back`, kLimit, async () => {
    await inEcho(name, {}, async (page) => {
      await videoFlows(page, 'Echo');
      const ufrag = () =>
        page.evaluate(() => {
          const { sdp } = window.room.members[0].connection.remoteDescription;
          return sdp.match(/a=ice-ufrag:(\S+)/)[1];
        });
      const before = await ufrag();
      await page.evaluate(() => window.room.restart());
      await until(async () => (await ufrag()) !== before, 'the answer has another ufrag');
      await videoFlows(page, 'Echo');
    });
  });

  test(`${name}'s messages and data come back`, kLimit, async () => {
    await inEcho(name, { media: 'none' }, async (page) => {
      await page.evaluate(() => {
        window.room.say('やまびこ');
        return window.room.send(new Uint8Array(60_000).map((_, i) => i * 7));
      });
      await until(async () => (await heard(page)).messages.includes('Echo: やまびこ'), 'the echo of a line');
      const whole = await until(
        () =>
          page.evaluate(() => {
            const [got] = window.heard.data;
            const bytes = got && new Uint8Array(got.data);
            return bytes && bytes.length === 60_000 && bytes.every((byte, i) => byte === ((i * 7) & 255));
          }),
        'the echo of 60,000 bytes',
      );
      assert.equal(whole, true);
    });
  });
}

for (const [name] of kBrowsers) {
  test(`${name} without a camera sees the clock go and hears its seconds`, kLimit, async (t) => {
    await inEcho(name, { media: 'none', peer: { mode: 'source' } }, async (page) => {
      const first = await until(() => clockSeconds(page), 'the clock can be read');
      const began = Date.now();
      const later = await until(async () => {
        const seconds = await clockSeconds(page);
        return seconds >= first + 5 && seconds;
      }, 'it goes on');
      const passed = (Date.now() - began) / 1000;
      t.diagnostic(`the clock went from ${first} to ${later} in ${passed} s`);
      assert.ok(Math.abs(passed - (later - first)) < 1.5, `${later - first} s of it took ${passed} s`);
      if (name === 'Firefox') {
        await until(async () => (await soundEnergy(page)) > 0, 'sound that is no silence');
      } else {
        const { beeps } = await soundBack(page, 5);
        assert.ok(beeps.length >= 3, `${beeps}`);
        for (let i = 1; i < beeps.length; ++i) {
          const between = (beeps[i] - beeps[i - 1]) % 1000;
          assert.ok(between < 250 || between > 750, `beeps a whole number of seconds apart: ${beeps}`);
        }
      }
      const { sections } = await qualityOf(page);
      for (const { problem, sent } of sections) {
        assert.equal(problem, null);
        assert.ok(sent.packets > 50, JSON.stringify(sections));
      }
    });
  });
}

test('a page that cannot decode the clock is told so', kLimit, async () => {
  const prepare = (page) =>
    page.evaluateOnNewDocument(() => {
      // As a browser with H.264 alone would offer.
      const { setLocalDescription } = RTCPeerConnection.prototype;
      RTCPeerConnection.prototype.setLocalDescription = function () {
        for (const { receiver, setCodecPreferences } of this.getTransceivers()) {
          if (receiver.track.kind !== 'video' || !setCodecPreferences) continue;
          const { codecs } = RTCRtpReceiver.getCapabilities('video');
          const others = codecs.filter(({ mimeType }) => /VP9|H264|AV1/.test(mimeType));
          this.getTransceivers().find((one) => one.receiver === receiver).setCodecPreferences(others);
        }
        return setLocalDescription.apply(this, arguments);
      };
    });
  await inEcho('Chromium', { media: 'none', peer: { mode: 'source' }, prepare }, async (page) => {
    const video = await until(async () => {
      const told = await qualityOf(page);
      return told?.sections.find(({ media, problem }) => media === 'video' && problem);
    }, 'what is missing');
    assert.match(video.problem, /VP8, which was not offered/);
  });
});

test("Chromium's rate rises to what the path carries, because it is told what arrives", kLimit, async (t) => {
  await inEcho('Chromium', { peer: { mode: 'sink' } }, async (page) => {
    const available = await until(
      () =>
        page.evaluate(async () => {
          const reports = [...(await window.room.members[0].connection.getStats()).values()];
          const found = reports.map(({ availableOutgoingBitrate: rate }) => rate ?? 0);
          return Math.max(...found) > 1_000_000 && Math.max(...found);
        }),
      'a megabit a second is available',
      60,
    );
    t.diagnostic(`${Math.round(available / 1000)} kbit/s`);
  });
});

test("Chromium's fake beeps come back at their interval", kLimit, async () => {
  await inEcho('Chromium', {}, async (page) => {
    await videoFlows(page, 'Echo');
    const { beeps } = await soundBack(page, 6);
    const gaps = beeps.slice(1).map((at, i) => at - beeps[i]);
    assert.ok(gaps.length >= 3, `beeps at ${beeps}`);
    assert.ok(Math.abs(median(gaps) - 500) < 150 || Math.abs(median(gaps) - 1000) < 150, `${gaps}`);
  });
});

const [[delayed]] = oneOf('Chromium');
test(`${delayed} hears a delayed echo so much later`, kLimit, async (t) => {
  await inEcho(delayed, { peer: { mode: 'delay', delay: 2 } }, async (page) => {
    await videoFlows(page, 'Echo');
    const lag = await picturesAreOurs(page);
    t.diagnostic(`pictures are ${Math.round(lag)} ms old`);
    assert.ok(lag > 1800 && lag < 4500, `${lag} ms`);
  });
});

test('the Echo button of the Call page shows ourselves, the path and how we arrive', kLimit, async () => {
  const page = await newPage(browsers.Chromium);
  try {
    await page.goto(`${relay.origin}/call.html`);
    await page.click('#echo');
    const told = await until(
      () =>
        page.evaluate(() => {
          const line = document.querySelector('.quality[data-bits-per-second]');
          return line && { ...line.dataset };
        }),
      'figures',
    );
    await until(
      () => page.evaluate(() => document.querySelector('.path')?.dataset.framesDecoded > 5),
      'pictures',
    );
    assert.ok(Object.keys(told).includes('plis'), JSON.stringify(told));
    assert.equal(await page.evaluate(() => document.getElementById('call').dataset.state), 'connected');
    assert.deepEqual(page.problems, []);
  } finally {
    await page.close();
  }
});

test('the Echo button shows the clock and leaves the camera alone when that is chosen', kLimit, async () => {
  const page = await newPage(browsers.Chromium);
  try {
    await page.goto(`${relay.origin}/call.html`);
    await page.evaluate(() => {
      window.opened = 0;
      const { getUserMedia } = MediaDevices.prototype;
      MediaDevices.prototype.getUserMedia = function (...what) {
        window.opened += 1;
        return getUserMedia.apply(this, what);
      };
    });
    await page.select('#echo-mode', 'source');
    await page.click('#echo');
    const rate = await until(
      () => page.evaluate(() => Number(document.querySelector('.quality')?.dataset.bitsPerSecond)),
      'the rate of the clock',
    );
    assert.ok(rate > 5000, `${rate} bit/s`);
    await until(
      () => page.evaluate(() => document.querySelector('.path')?.dataset.framesDecoded > 5),
      'pictures of the clock',
    );
    assert.equal(await page.evaluate(() => window.opened), 0);
    const shown = await page.evaluate(() =>
      ['.tile[data-member="self"]', '#microphones', '#cameras'].filter(
        (one) => document.querySelector(one)?.getClientRects().length > 0,
      ),
    );
    assert.deepEqual(shown, [], 'nothing of ours to see or to choose');
    assert.match(await page.evaluate(() => document.querySelector('.quality').textContent), /^The clock/);
    assert.deepEqual(page.problems, []);
  } finally {
    await page.close();
  }
});

test('a sink tells how media arrive, and sends none', kLimit, async () => {
  await inEcho('Chromium', { peer: { mode: 'sink' } }, async (page) => {
    const quality = await until(async () => {
      const told = await qualityOf(page);
      return told?.sections.every(({ received }) => received.packets > 20) && told;
    }, 'media arrive');
    for (const { sent } of quality.sections) assert.equal(sent.packets, 0);
  });
});

test('who has no credential is refused in words', kLimit, async () => {
  const iceServers = [{ urls: [`stun:localhost:${relay.ports.stun}`] }];
  const page = await callEcho(browsers.Chromium, { media: 'none', options: { iceServers } });
  try {
    const errors = await until(async () => {
      const told = (await heard(page)).errors;
      return told.length > 0 && told;
    }, 'an error');
    assert.match(errors[0], /^PeerError refused: Echo ends the call: .*credential/);
    assert.equal(await page.evaluate(() => window.room.members[0].state), 'failed');
  } finally {
    await page.close();
  }
});
