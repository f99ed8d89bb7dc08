// The suite in headless Chromium, and how long koeru.wasm takes to start in fresh pages.

import { launchChromium, newPage, until } from '../../browser/support/browsers.mjs';
import { bundleOriginals } from '../../browser/support/originals.mjs';
import { serve } from '../../browser/support/static_server.mjs';
import { median } from './measure.mjs';

const kArgs = ['--js-flags=--expose-gc', '--enable-precise-memory-info'];

// A page for which a call may take longer than the driver's protocol waits.
async function openPage(context, port) {
  const page = await newPage(context);
  await page.goto(`http://localhost:${port}/tests/bench/js/page.html`);
  await page.waitForFunction(() => globalThis.measureStart);
  return page;
}

async function answerOf(page, seconds) {
  const { value, error } = await until(
    () => page.evaluate(() => globalThis.answer),
    'the page has measured',
    seconds,
  );
  if (error) throw new Error(`in Chromium: ${error}`);
  return value;
}

async function measureSuite(browser, port, offers, options) {
  const page = await openPage(browser, port);
  await page.evaluate(
    (texts, how) => {
      globalThis.measure(texts, how).then(
        (value) => (globalThis.answer = { value }),
        (error) => (globalThis.answer = { error: `${error.message} ${error.stack}` }),
      );
    },
    offers,
    options,
  );
  return answerOf(page, 1800);
}

// Each page in a context of its own: nothing compiled is left from the page before.
async function measureStarts(browser, port, offer, pages) {
  const starts = [];
  for (let i = 0; i < pages; ++i) {
    const context = await browser.createBrowserContext();
    const page = await openPage(context, port);
    starts.push(
      await page.evaluate((text) => {
        globalThis.offer = text;
        return globalThis.measureStart();
      }, offer),
    );
    await context.close();
  }
  const of = (key) => median(starts.map((start) => start[key]));
  const both = median(starts.map(({ compile, first }) => compile + first));
  return { compile: of('compile'), first: of('first'), both, pages };
}

export async function measureInChromium(offers, options) {
  await bundleOriginals();
  const server = await serve(['.']);
  const browser = await launchChromium({ args: kArgs });
  try {
    const version = await browser.version();
    const start = await measureStarts(browser, server.port, offers.chromium, options.pages);
    const results = await measureSuite(browser, server.port, offers, options);
    return { ...results, start, version };
  } finally {
    await browser.close();
    await server.close();
  }
}
