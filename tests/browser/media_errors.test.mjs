// Every failure of a camera that a real browser can be brought to, and what Koeru advises.

import assert from 'node:assert/strict';
import test from 'node:test';
import { kBrowsers, launchChromium, launchFirefox } from './support/browsers.mjs';
import { ask, inOneBrowser } from './support/camera_page.mjs';

const kLimit = { timeout: 120_000 };
const kCamera = { video: true };

const kBoth = { audio: true, video: true };

async function failure(page, constraints = kCamera, options = {}) {
  const error = await ask(page, 'getUserMedia', constraints, options);
  assert.ok(error.advice, JSON.stringify(error));
  assert.match(error.advice.ja, /カメラ|マイク/);
  return error;
}

// The page once more, in a frame of another origin.
async function inFrame(page, allow) {
  const inner = page.url().replace('localhost', '127.0.0.1');
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
}

function launchers(chromiumArgs, firefoxPrefs) {
  return {
    Chromium: () => launchChromium({ args: chromiumArgs }),
    Firefox: () => launchFirefox({ prefs: firefoxPrefs }),
  };
}
const kRefusing = launchers(['--use-fake-ui-for-media-stream=deny'], {
  'permissions.default.camera': 2,
  'permissions.default.microphone': 2,
});
const kWithoutDevices = launchers(['--use-fake-device-for-media-stream=device-count=0'], {
  'media.navigator.streams.fake': false,
});
const kWithOtherName = launchers(['--host-resolver-rules=MAP cam.example 127.0.0.1'], {
  'network.dns.localDomains': 'cam.example',
});

for (const [name] of kBrowsers) {
  test(`${name} that refuses`, kLimit, async (t) => {
    await inOneBrowser(t, await kRefusing[name](), (run) => {
      run('by the entry point of today', {}, async (page) => {
        const error = await failure(page);
        assert.equal(error.name, 'NotAllowedError');
        assert.equal(error.advice.id, 'blocked');
        assert.equal(error.isNative, true);
        assert.match(error.advice.en, /^The camera is blocked/);
      });

      const prepare = () => delete Navigator.prototype.mediaDevices;
      run('by the entry point of old', { prepare }, async (page) => {
        const error = await failure(page, kBoth);
        assert.equal(error.name, 'NotAllowedError');
        assert.match(error.advice.en, /^The camera or microphone is blocked/);
      });
    });
  });

  test(`${name} without a camera`, kLimit, async (t) => {
    await inOneBrowser(t, await kWithoutDevices[name](), (run) => {
      run('says so', {}, async (page) => {
        const error = await failure(page);
        assert.equal(error.name, 'NotFoundError');
        assert.equal(error.advice.id, 'no-device');
        assert.match(error.advice.en, /^No camera was found/);
      });
    });
  });

  test(`${name}, pages that may not`, kLimit, async (t) => {
    await inOneBrowser(t, await kWithOtherName[name](), (run) => {
      run('plain http on a name of the network', { host: 'cam.example' }, async (page) => {
        const error = await failure(page);
        assert.equal(error.name, 'InsecureContextError');
        assert.equal(error.addresses[0], 'https://cam.example/media.html');
        assert.match(error.addresses[1], /^http:\/\/localhost:\d+\/media\.html$/);
        for (const address of error.addresses) assert.ok(error.advice.ja.includes(address));
      });

      run('a frame without allow="camera"', {}, async (page) => {
        const error = await inFrame(page);
        assert.equal(error.name, 'NotAllowedError');
        assert.equal(error.advice.id, 'blocked-by-frame');
        assert.match(error.advice.en, /<iframe allow="camera">/);
      });

      run('a frame with it may', {}, async (page) => {
        const { tracks } = await inFrame(page, 'camera');
        assert.equal(tracks.length, 1);
      });

      if (name === 'Firefox') firefoxScreens(run);
      else policy(run);
    });
  });
}

function policy(test) {
  // Firefox knows the header not at all.
  const headers = { 'Permissions-Policy': 'camera=()' };
  test('a Permissions-Policy header of the page', { headers }, async (page) => {
    const error = await failure(page);
    assert.equal(error.advice.id, 'blocked-by-policy');
    assert.match(error.advice.en, /has to allow camera\./);
  });
}

// Chromium with its fake permissions shares one without a click.
function firefoxScreens(test) {
  test('sharing the screen without a click', { hash: '#screen' }, async (page) => {
    const error = await page.evaluate(() => window.outcome);
    assert.equal(error.name, 'InvalidStateError');
    assert.equal(error.advice.id, 'needs-tap');
  });

  // A call of the driver's counts as a click.
  test('no screen to share', {}, async (page) => {
    const error = await ask(page, 'getDisplayMedia', { video: true });
    assert.equal(error.name, 'NotFoundError');
    assert.match(error.advice.en, /^No screen was found/);
  });
}

test('Chromium whose devices do not start', kLimit, async (t) => {
  const args = ['--fail-audio-stream-creation'];
  await inOneBrowser(t, await launchChromium({ args }), (run) => {
    run('says so', {}, async (page) => {
      const error = await failure(page, { audio: true });
      assert.equal(error.name, 'NotReadableError');
      assert.equal(error.advice.id, 'busy');
      assert.match(error.advice.en, /^The microphone does not start/);
    });
  });
});

test('Firefox: a prompt that nobody answers', kLimit, async (t) => {
  const prefs = { 'permissions.default.camera': 0 };
  await inOneBrowser(t, await launchFirefox({ prefs }), (run) => {
    run('ends in time', {}, async (page) => {
      const error = await failure(page, kCamera, { timeout: 500 });
      assert.equal(error.name, 'TimeoutError');
      assert.equal(error.advice.id, 'unanswered');
    });
  });
});
