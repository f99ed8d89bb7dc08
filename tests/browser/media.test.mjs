// Cameras in real browsers, with their fake devices: today's entry points and those of old that
// they still have, constraints of both ages, and what Koeru.install leaves behind.

import assert from 'node:assert/strict';
import test from 'node:test';
import { kBrowsers, launchChromium, until } from './support/browsers.mjs';
import { ask, inOneBrowser, plays } from './support/camera_page.mjs';

const kLimit = { timeout: 120_000 };

// Own properties of everything that install may touch. Runs in the page.
function traces() {
  const places = [
    navigator,
    Navigator.prototype,
    navigator.mediaDevices ?? {},
    URL,
    MediaStream.prototype,
    MediaStreamTrack.prototype,
    HTMLMediaElement.prototype,
    Element.prototype,
  ];
  const now = places.map((place) => Object.getOwnPropertyDescriptors(place));
  const before = (window.before ??= now);
  return now.flatMap((descriptors, i) => {
    const names = new Set([...Object.keys(descriptors), ...Object.keys(before[i])]);
    const isSame = (a = {}, b = {}) =>
      ['value', 'get', 'set', 'writable', 'enumerable', 'configurable'].every(
        (key) => a[key] === b[key],
      );
    return [...names].filter((name) => !isSame(descriptors[name], before[i][name]));
  });
}

// Leaves only the entry point of old: webkitGetUserMedia, or mozGetUserMedia.
function onlyLegacy() {
  const proto = Navigator.prototype;
  for (const name of ['mediaDevices', 'getUserMedia']) delete proto[name];
  for (const name of ['webkitGetUserMedia', 'mozGetUserMedia']) {
    const native = proto[name];
    if (!native) continue;
    window.legacyCalls = 0;
    proto[name] = function (...args) {
      ++window.legacyCalls;
      return native.apply(this, args);
    };
  }
}

// And takes away what came later.
const kOnlyEs5 = `(${onlyLegacy})();
  window.NativePromise = Promise;
  for (const name of ['Promise', 'WebAssembly', 'fetch', 'TextDecoder']) delete window[name];`;

const kPaths = [
  ['today’s entry point', undefined],
  ['the entry point of old alone', onlyLegacy],
];

// `test` runs on a page of its own in one browser.
function everyBrowser(test, name) {
  for (const [path, prepare] of kPaths) {
    test(`${path}: constraints of both ages have their effect`, { prepare }, async (page) => {
      for (const video of [
        { width: { exact: 320 }, height: { exact: 240 } },
        { width: 320, height: 240 },
        { mandatory: { minWidth: 320, maxWidth: 320, minHeight: 240, maxHeight: 240 } },
        {
          width: { min: 320, max: 320 },
          height: { min: 240, max: 240 },
          require: ['width', 'height'],
        },
      ]) {
        const { tracks, warnings } = await ask(page, 'getUserMedia', { video });
        assert.equal(tracks.length, 1);
        const { width, height } = tracks[0].settings;
        assert.deepEqual([width, height], [320, 240], JSON.stringify(video));
        assert.deepEqual(warnings, []);
        await page.evaluate(() => Koeru.attach(document.getElementById('video'), kept));
        await plays(page);
      }
      if (prepare) assert.equal(await page.evaluate(() => window.legacyCalls), 4);
      await page.evaluate(() => Koeru.stopAll());
      assert.equal(await page.evaluate(() => kept.getTracks()[0].readyState), 'ended');
    });

    test(`${path}: an impossible demand, by name, and the nearest`, { prepare }, async (page) => {
      for (const video of [{ width: { exact: 99999 } }, { mandatory: { minWidth: 99999 } }]) {
        const error = await ask(page, 'getUserMedia', { video });
        assert.equal(error.name, 'OverconstrainedError');
        assert.equal(error.constraint, 'width');
        assert.equal(error.advice.id, 'impossible');
        // Without mediaDevices there is no list of what the devices can do.
        if (prepare) continue;
        assert.ok(error.nearest > 640 && error.nearest < 99999, String(error.nearest));
        assert.ok(error.advice.en.includes(`width: ${error.nearest}.`), error.advice.en);
      }
      const gone = { audio: { deviceId: { exact: 'gone' } } };
      const error = await ask(page, 'getUserMedia', gone);
      assert.equal(error.advice.id, 'device-gone');
    });
  }

  test('legacy audio constraints arrive', {}, async (page) => {
    const audio = { optional: [{ googEchoCancellation: false }, { googHighpassFilter: false }] };
    const { tracks, warnings } = await ask(page, 'getUserMedia', { audio });
    assert.equal(tracks[0].settings.echoCancellation, false);
    assert.deepEqual(warnings, ['audio.googHighpassFilter']);
  });

  test(
    'without Promise, WebAssembly, fetch and TextDecoder',
    { prepare: kOnlyEs5 },
    async (page) => {
      await page.evaluate(() => {
        const video = document.getElementById('video');
        Koeru.getUserMedia({ video: { width: 320 } })
          .then((stream) => Koeru.attach(video, stream, { muted: true }))
          .then((isPlaying) => (window.result = [isPlaying, typeof window.Promise]));
      });
      const result = await until(() => page.evaluate(() => window.result), 'the camera plays');
      assert.deepEqual(result, [true, 'undefined']);
      // puppeteer's own waiting needs a Promise in the page.
      const time = () => page.evaluate(() => document.getElementById('video').currentTime);
      await until(async () => (await time()) > 0.1, 'the picture moves');
    },
  );

  test('lists devices, and changes a running track', {}, async (page) => {
    await ask(page, 'getUserMedia', { video: true, audio: true });
    const facts = await page.evaluate(async () => {
      const [track] = kept.getVideoTracks();
      await Koeru.applyConstraints(track, { mandatory: { maxWidth: 320, maxHeight: 240 } });
      const impossible = await Koeru.applyConstraints(track, { width: { min: 99999 } }).catch(
        (e) => e,
      );
      const kinds = (await Koeru.enumerateDevices()).map(({ kind }) => kind);
      return { width: track.getSettings().width, kinds, advice: impossible?.advice?.id };
    });
    assert.ok(facts.kinds.includes('videoinput') && facts.kinds.includes('audioinput'));
    // Firefox's fake camera takes any demand and stays as it is.
    if (name === 'Chromium') {
      assert.ok(facts.width <= 320, String(facts.width));
      assert.equal(facts.advice, 'impossible');
    }
  });

  test('sees a track give nothing, deliver, and end', {}, async (page) => {
    await ask(page, 'getUserMedia', { video: true });
    // A received track is muted until its first packet.
    await page.evaluate(async () => {
      const [from, to] = [new RTCPeerConnection(), new RTCPeerConnection()];
      from.onicecandidate = ({ candidate }) => candidate && to.addIceCandidate(candidate);
      to.onicecandidate = ({ candidate }) => candidate && from.addIceCandidate(candidate);
      window.states = [];
      to.ontrack = ({ track, transceiver }) => {
        window.transceiver = transceiver;
        const received = new MediaStream([track]);
        window.end = Koeru.onTrackChange(received, (_, state) => window.states.push(state));
      };
      from.addTrack(kept.getVideoTracks()[0], kept);
      await from.setLocalDescription(await from.createOffer());
      await to.setRemoteDescription(from.localDescription);
      await to.setLocalDescription(await to.createAnswer());
      await from.setRemoteDescription(to.localDescription);
    });
    await page.waitForFunction(() => window.states.length === 2);
    await page.evaluate(() => window.transceiver.stop());
    await page.waitForFunction(() => window.states.length === 3);
    assert.deepEqual(await page.evaluate(() => window.states), ['muted', 'live', 'ended']);
  });
}

function installs(test) {
  test('install for a page of 2013, and not a trace after uninstall', {}, async (page) => {
    assert.deepEqual(await page.evaluate(traces), []);
    const refused = () =>
      page.evaluate(async () => {
        const stream = await navigator.mediaDevices.getUserMedia({ video: true });
        try {
          URL.createObjectURL(stream);
        } catch (error) {
          return error.name;
        }
      });
    assert.equal(await refused(), 'TypeError');
    const names = await page.evaluate(() => Koeru.install());
    assert.ok(names.includes('URL.createObjectURL'), String(names));
    assert.ok(!names.some((each) => /mediaDevices|srcObject/.test(each)), String(names));
    await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const video = document.getElementById('video');
          const constraints = { video: true };
          navigator.getUserMedia(
            constraints,
            (stream) => {
              window.stream = stream;
              video.setAttribute('src', URL.createObjectURL(stream));
              URL.revokeObjectURL(video.src);
              video.muted = true;
              video.play().then(resolve, reject);
            },
            reject,
          );
        }),
    );
    await plays(page);
    await page.evaluate(() => window.stream.stop());
    assert.equal(await page.evaluate(() => window.stream.getTracks()[0].readyState), 'ended');
    await page.evaluate(() => Koeru.uninstall());
    assert.deepEqual(await page.evaluate(traces), []);
    assert.equal(await refused(), 'TypeError');
  });

  test(
    'install where only the entry point of old is left',
    { prepare: onlyLegacy },
    async (page) => {
      await page.evaluate(traces);
      await page.evaluate(() => Koeru.install());
      const width = await page.evaluate(async () => {
        const stream = await navigator.mediaDevices.getUserMedia({
          video: { width: { exact: 320 } },
        });
        const video = document.getElementById('video');
        video.srcObject = stream;
        video.muted = true;
        await video.play();
        return stream.getTracks()[0].getSettings().width;
      });
      assert.equal(width, 320);
      await plays(page);
      await page.evaluate(() => Koeru.uninstall());
      assert.deepEqual(await page.evaluate(traces), []);
      assert.equal(await page.evaluate(() => typeof navigator.mediaDevices), 'undefined');
    },
  );
}

for (const [name, launch] of kBrowsers) {
  test(name, { timeout: 300_000 }, async (t) => {
    await inOneBrowser(t, await launch(), (run) => {
      everyBrowser(run, name);
      installs(run);
      if (name === 'Chromium') screen(run);
    });
  });
}

// Firefox has none to show here: media_errors.test.mjs.
function screen(test) {
  test('a screen, after a click', {}, async (page) => {
    const { tracks } = await ask(page, 'getDisplayMedia', { video: true });
    assert.equal(tracks[0].kind, 'video');
  });
}

// Chromium with two cameras, that does not know facingMode.
function withoutFacingMode() {
  const { getSupportedConstraints } = MediaDevices.prototype;
  MediaDevices.prototype.getSupportedConstraints = function () {
    return { ...getSupportedConstraints.call(this), facingMode: false };
  };
  const { get } = Object.getOwnPropertyDescriptor(MediaDeviceInfo.prototype, 'label');
  Object.defineProperty(MediaDeviceInfo.prototype, 'label', {
    get() {
      return get.call(this).replace('fake_device_1', 'Back Camera');
    },
  });
}

// Under its like setting Firefox plays this stream.
test('Chromium with two cameras that lets no sound start by itself', kLimit, async (t) => {
  const args = [
    '--use-fake-device-for-media-stream=device-count=2',
    '--autoplay-policy=document-user-activation-required',
  ];
  await inOneBrowser(t, await launchChromium({ args }), (run) => {
    run('facingMode is in the label', { prepare: withoutFacingMode }, async (page) => {
      const back = { video: { facingMode: { exact: 'environment' } } };
      const { tracks } = await ask(page, 'getUserMedia', back);
      assert.equal(tracks[0].label, 'fake_device_1');
    });

    run('sound waits for a tap, and the tap plays it', { hash: '#sound' }, async (page) => {
      const [isPlaying, muted, paused, inline] = await page.evaluate(() => window.outcome);
      assert.deepEqual([isPlaying, muted, paused, inline], [false, false, true, true]);
      await page.click('#tap');
      await page.waitForFunction(() => !document.getElementById('video').paused);
    });

    run('plays without sound where sound is refused', { hash: '#muted' }, async (page) => {
      assert.deepEqual(await page.evaluate(() => window.outcome), [true, true, false]);
    });
  });
});
