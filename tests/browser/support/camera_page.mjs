// harness/media.html in a real browser: what Koeru makes of its cameras.

import { newPage } from './browsers.mjs';
import { serve } from './static_server.mjs';

// Serves the page, and runs `steps(page, url)` in a new page of the browser. `prepare` runs in it
// before its scripts do.
export async function onCameraPage(
  browser,
  { host = 'localhost', headers, prepare, hash = '' },
  steps,
) {
  const server = await serve(['tests/browser/harness', 'build/dist'], { headers });
  const page = await newPage(browser);
  try {
    if (prepare) await page.evaluateOnNewDocument(prepare);
    const url = `http://${host}:${server.port}/media.html${hash}`;
    await page.goto(url);
    return await steps(page, url);
  } finally {
    await page.close();
    await server.close();
  }
}

// Several tests in one browser: `tests(test)`, where test(name, world, steps) runs on a page of its
// own.
export async function inOneBrowser(t, browser, tests) {
  const subtests = [];
  tests((name, world, steps) => subtests.push({ name, world, steps }));
  try {
    for (const { name, world, steps } of subtests) {
      await t.test(name, () => onCameraPage(browser, world, steps));
    }
  } finally {
    await browser.close();
  }
}

// {tracks, warnings}, or {name, advice, ...}
export function ask(page, name, ...args) {
  return page.evaluate((n, a) => ask(n, ...a), name, args);
}

// The stream that came last moves in the page's video.
export async function plays(page) {
  await page.waitForFunction(() => document.getElementById('video').videoWidth > 0);
  const before = await page.evaluate(() => document.getElementById('video').currentTime);
  await page.waitForFunction((t) => document.getElementById('video').currentTime > t, {}, before);
}
