// The Camera page in real browsers: the modern path, the old one, and what it says on failure.

import assert from 'node:assert/strict';
import test from 'node:test';
import { launchChromium, launchFirefox, newPage } from './support/browsers.mjs';
import { kPagePolicy, serve } from './support/static_server.mjs';

const kLimit = { timeout: 120_000 };

async function withCamera(browser, host, steps) {
  const server = await serve(['demo', 'build/dist'], {
    headers: { 'Content-Security-Policy': kPagePolicy },
  });
  try {
    const page = await newPage(browser);
    await steps(page, `http://${host}:${server.port}/camera.html`);
    assert.deepEqual(page.problems, []);
  } finally {
    await browser.close();
    await server.close();
  }
}

async function startAndStop(page, url) {
  await page.goto(url);
  await page.click('#start');
  await page.waitForSelector('#camera[data-state="running"]');
  await page.waitForFunction(() => document.getElementById('video').videoWidth > 0);
  const before = await page.evaluate(() => document.getElementById('video').currentTime);
  await page.waitForFunction((t) => document.getElementById('video').currentTime > t, {}, before);
  const live = await page.evaluate(() => {
    window.track = document.getElementById('video').srcObject.getVideoTracks()[0];
    return window.track.readyState;
  });
  assert.equal(live, 'live');
  await page.click('#stop');
  await page.waitForSelector('#camera[data-state="idle"]');
  const after = await page.evaluate(() => [
    window.track.readyState,
    document.getElementById('video').srcObject,
  ]);
  assert.deepEqual(after, ['ended', null]);
}

test('Chromium: the modern path starts, shows a moving picture and stops', kLimit, async () => {
  await withCamera(await launchChromium(), 'localhost', startAndStop);
});

test('Chromium: webkitGetUserMedia, with mediaDevices taken away', kLimit, async () => {
  await withCamera(await launchChromium(), 'localhost', async (page, url) => {
    await page.evaluateOnNewDocument(() => {
      const calls = (window.legacyCalls = []);
      const proto = Navigator.prototype;
      const native = proto.webkitGetUserMedia;
      for (const name of ['mediaDevices', 'getUserMedia', 'webkitGetUserMedia']) delete proto[name];
      proto.webkitGetUserMedia = function (...args) {
        calls.push(args.length);
        return native.apply(this, args);
      };
    });
    await startAndStop(page, url);
    assert.deepEqual(await page.evaluate(() => window.legacyCalls), [3]);
  });
});

test('Chromium: a refused camera says so, and what to do', kLimit, async () => {
  const browser = await launchChromium({ args: ['--use-fake-ui-for-media-stream=deny'] });
  await withCamera(browser, 'localhost', async (page, url) => {
    await page.goto(url);
    await page.click('#start');
    await page.waitForSelector('#camera[data-state="failed"][data-error="NotAllowedError"]');
    const words = () => page.$eval('#problem', (p) => p.textContent);
    assert.match(await words(), /^The camera is blocked for this page\. Press the sign beside/);
    await page.click('#language-ja');
    assert.match(await words(), /^このページでのカメラの使用がブロックされています。/);
  });
});

test('Chromium: plain http on another name: why, and which address instead', kLimit, async () => {
  const browser = await launchChromium({
    args: ['--host-resolver-rules=MAP cam.example 127.0.0.1'],
  });
  await withCamera(browser, 'cam.example', async (page, url) => {
    await page.goto(url);
    await page.click('#start');
    await page.waitForSelector('#camera[data-error="InsecureContextError"]');
    assert.match(await page.$eval('#problem', (p) => p.textContent), /did not come over https/);
    const better = await page.$eval('#address a', (a) => a.href);
    assert.equal(better, 'https://cam.example/camera.html');
  });
});

test('Firefox: the modern path', kLimit, async () => {
  await withCamera(await launchFirefox(), 'localhost', startAndStop);
});

test('Firefox: mozGetUserMedia, with mediaDevices taken away', kLimit, async () => {
  await withCamera(await launchFirefox(), 'localhost', async (page, url) => {
    await page.evaluateOnNewDocument(() => {
      delete Navigator.prototype.mediaDevices;
    });
    await page.goto(url);
    assert.equal(await page.evaluate(() => typeof navigator.mozGetUserMedia), 'function');
    await startAndStop(page, url);
  });
});

test('Chromium: another camera and another size while it runs', kLimit, async () => {
  const args = ['--use-fake-device-for-media-stream=device-count=2'];
  await withCamera(await launchChromium({ args }), 'localhost', async (page, url) => {
    await page.goto(url);
    await page.click('#start');
    await page.waitForSelector('#camera[data-state="running"]');
    await page.waitForFunction(() => document.getElementById('which').options.length === 3);
    const second = await page.$eval('#which', ({ options }) => [options[2].value, options[2].text]);
    await page.select('#which', second[0]);
    await page.waitForFunction(
      (name) => document.getElementById('status').textContent.startsWith(name),
      {},
      second[1],
    );
    await page.select('#size', '320 × 240');
    await page.waitForFunction(() => /320 × 240$/.test(document.getElementById('status').textContent));
    await page.select('#size', '7680 × 4320');
    await page.waitForFunction(() => !document.getElementById('problem').hidden);
    const words = await page.$eval('#problem', (p) => p.textContent);
    assert.match(words, /^No camera can do what this page demands \(width: 7680\)/);
    await page.waitForSelector('#camera[data-state="running"]');
  });
});

test('Chromium: the keyboard alone starts and stops the camera', kLimit, async () => {
  await withCamera(await launchChromium(), 'localhost', async (page, url) => {
    await page.goto(url);
    const focused = () => page.evaluate(() => document.activeElement.id);
    for (let i = 0; i < 14 && (await focused()) !== 'start'; ++i) await page.keyboard.press('Tab');
    assert.equal(await focused(), 'start');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#camera[data-state="running"]');
    for (let i = 0; i < 12 && (await focused()) !== 'stop'; ++i) await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.waitForSelector('#camera[data-state="idle"]');
    assert.equal(await focused(), 'start');
  });
});
