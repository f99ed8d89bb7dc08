// Every failure of a camera that a real browser can be brought to, and what Koeru advises.

import assert from 'node:assert/strict';
import test from 'node:test';
import { kBrowsers, launchChromium, launchFirefox } from './support/browsers.mjs';
import { ask, onCameraPage } from './support/camera_page.mjs';

const kLimit = { timeout: 120_000 };
const kCamera = { video: true };

async function failure(browser, world = {}, constraints = kCamera, options = {}) {
  return onCameraPage(browser, world, async (page) => {
    const error = await ask(page, 'getUserMedia', constraints, options);
    assert.ok(error.advice, JSON.stringify(error));
    assert.match(error.advice.ja, /カメラ|マイク/);
    return error;
  });
}

// The page of cameras in a frame of another origin.
async function inFrame(browser, allow) {
  return onCameraPage(browser, {}, async (page, url) => {
    const inner = url.replace('localhost', '127.0.0.1');
    await page.evaluate(
      (src, allowed) => {
        const frame = document.createElement('iframe');
        if (allowed) frame.allow = allowed;
        frame.src = src;
        document.body.append(frame);
        return new Promise((resolve) => (frame.onload = resolve));
      },
      inner,
      allow,
    );
    const frame = page.frames().find((each) => each.url() === inner);
    return ask(frame, 'getUserMedia', kCamera);
  });
}

const kRefusing = {
  Chromium: () => launchChromium({ args: ['--use-fake-ui-for-media-stream=deny'] }),
  Firefox: () =>
    launchFirefox({ prefs: { 'permissions.default.camera': 2, 'permissions.default.microphone': 2 } }),
};
const kWithoutDevices = {
  Chromium: () =>
    launchChromium({ args: ['--use-fake-device-for-media-stream=device-count=0'] }),
  Firefox: () => launchFirefox({ prefs: { 'media.navigator.streams.fake': false } }),
};
const kOtherName = {
  Chromium: () => launchChromium({ args: ['--host-resolver-rules=MAP cam.example 127.0.0.1'] }),
  Firefox: () => launchFirefox({ prefs: { 'network.dns.localDomains': 'cam.example' } }),
};

for (const [name, launch] of kBrowsers) {
  test(`${name}: refused`, kLimit, async () => {
    const error = await failure(await kRefusing[name]());
    assert.equal(error.name, 'NotAllowedError');
    assert.equal(error.advice.id, 'blocked');
    assert.equal(error.isNative, true);
    assert.match(error.advice.en, /^The camera is blocked/);
  });

  test(`${name}: refused, by the entry point of old`, kLimit, async () => {
    const prepare = () => delete Navigator.prototype.mediaDevices;
    const error = await failure(await kRefusing[name](), { prepare }, { audio: true, video: true });
    assert.equal(error.name, 'NotAllowedError');
    assert.match(error.advice.en, /^The camera or microphone is blocked/);
  });

  test(`${name}: no camera`, kLimit, async () => {
    const error = await failure(await kWithoutDevices[name]());
    assert.equal(error.name, 'NotFoundError');
    assert.equal(error.advice.id, 'no-device');
    assert.match(error.advice.en, /^No camera was found/);
  });

  test(`${name}: plain http on a name of the network`, kLimit, async () => {
    const error = await failure(await kOtherName[name](), { host: 'cam.example' });
    assert.equal(error.name, 'InsecureContextError');
    assert.equal(error.addresses[0], 'https://cam.example/media.html');
    assert.match(error.addresses[1], /^http:\/\/localhost:\d+\/media\.html$/);
    for (const address of error.addresses) assert.ok(error.advice.ja.includes(address));
  });

  test(`${name}: a frame without allow="camera", and one with it`, kLimit, async () => {
    const error = await inFrame(await launch());
    assert.equal(error.name, 'NotAllowedError');
    assert.equal(error.advice.id, 'blocked-by-frame');
    assert.match(error.advice.en, /<iframe allow="camera">/);
    const { tracks } = await inFrame(await launch(), 'camera');
    assert.equal(tracks.length, 1);
  });
}

test('Firefox: sharing the screen without a click', kLimit, async () => {
  await onCameraPage(await launchFirefox(), { hash: '#screen' }, async (page) => {
    const error = await page.evaluate(() => window.outcome);
    assert.equal(error.name, 'InvalidStateError');
    assert.equal(error.advice.id, 'needs-tap');
  });
});

test('Chromium: a Permissions-Policy header of the page', kLimit, async () => {
  const headers = { 'Permissions-Policy': 'camera=()' };
  const error = await failure(await launchChromium(), { headers });
  assert.equal(error.advice.id, 'blocked-by-policy');
  assert.match(error.advice.en, /has to allow camera\./);
});

test('Firefox: no screen to share', kLimit, async () => {
  // A call of the driver's counts as a click.
  await onCameraPage(await launchFirefox(), {}, async (page) => {
    const error = await ask(page, 'getDisplayMedia', { video: true });
    assert.equal(error.name, 'NotFoundError');
    assert.match(error.advice.en, /^No screen was found/);
  });
});

test('Firefox: a prompt that nobody answers', kLimit, async () => {
  const prefs = { 'permissions.default.camera': 0 };
  const error = await failure(await launchFirefox({ prefs }), {}, kCamera, { timeout: 500 });
  assert.equal(error.name, 'TimeoutError');
  assert.equal(error.advice.id, 'unanswered');
});
