// The Doctor page: pressed, cancelled, given nonsense, and opened by its own link.

import assert from 'node:assert/strict';
import test from 'node:test';
import { newPage, oneOf } from './support/browsers.mjs';
import { startRelay } from './support/relay.mjs';

const kLimit = { timeout: 240_000 };

async function openDoctor(browser, relay, hash = '') {
  const page = await newPage(browser);
  // The page's policy lets nobody fetch what is to be saved: it is taken where it is made.
  await page.evaluateOnNewDocument(() => {
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => make.call(URL, (globalThis.saved = blob));
  });
  await page.goto(`${relay.origin}/doctor.html${hash}`);
  await page.click('#language-en');
  return page;
}

const inState = (page, state) =>
  page.waitForSelector(`#doctor[data-state="${state}"]`, { timeout: 120_000 });
const findings = (page) => page.$$eval('.finding', (all) => all.map(({ dataset }) => dataset.id));
const textOf = (page, selector) => page.$eval(selector, (element) => element.textContent);

for (const [name, launch] of oneOf('Chromium')) {
  test(`${name}: the Doctor`, kLimit, async (t) => {
    const relay = await startRelay();
    const browser = await launch();

    await t.test(
      'examines the page’s own servers and says that all is well, in two languages',
      async () => {
        const page = await openDoctor(browser, relay);
        await page.click('#start');
        await inState(page, 'done');
        assert.ok((await findings(page)).includes('good'), String(await findings(page)));
        assert.match(await textOf(page, '#verdict'), /Everything works/);
        assert.equal(await page.evaluate(() => document.activeElement.id), 'verdict-title');
        await page.click('#language-ja');
        assert.match(await textOf(page, '#verdict'), /すべて正常/);
        const around = await textOf(page, '#around');
        assert.match(around, /カメラ： (許可|使うときに確認|ブロック|ブラウザが示しません)/);
        assert.match(around, /IPv4 *(サーバーが応答|この端末|不明)/);
        assert.doesNotMatch(around, /granted|prompt|denied/);
        const report = await page.evaluate(async () => JSON.parse(await globalThis.saved.text()));
        assert.equal(report.verdict.at(-1).id, 'good');
        assert.equal((await page.$$('.server')).length, report.servers.length);
        assert.deepEqual(page.problems, []);
        await page.close();
      },
    );

    await t.test('keeps the form in a link, without the password', async () => {
      const url = `turn:127.0.0.1:${relay.ports.stun}?transport=udp`;
      const first = await openDoctor(browser, relay);
      await first.click('#other summary');
      await first.type('#urls', url);
      await first.type('#username', 'nobody');
      await first.type('#credential', 'wrong');
      await first.click('#start');
      await inState(first, 'done');
      assert.deepEqual(await findings(first), ['wrong-credential']);
      await first.evaluate(() => {
        navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'));
      });
      await first.click('#copy');
      await first.waitForFunction(() => document.getElementById('copied').textContent !== '');
      const link = new URL(await textOf(first, '#copied'));
      assert.doesNotMatch(link.href, /wrong/);
      await first.close();

      const again = await openDoctor(browser, relay, link.hash);
      assert.equal(await again.$eval('#urls', ({ value }) => value), url);
      assert.equal(await again.$eval('#username', ({ value }) => value), 'nobody');
      await again.close();
    });

    await t.test('names what is wrong with a URL, and can be cancelled', async () => {
      const page = await openDoctor(browser, relay);
      await page.click('#other summary');
      await page.type('#urls', 'turn//nonsense <b>');
      await page.click('#start');
      await page.waitForSelector('#problem:not([hidden])');
      assert.match(
        await textOf(page, '#problem'),
        /iceServers\[0\] has the URL "turn\/\/nonsense".*write stun:/,
      );
      await page.$eval('#urls', (field) => (field.value = ''));
      await page.click('#start');
      await inState(page, 'running');
      await page.click('#cancel');
      await inState(page, 'idle');
      assert.equal(await page.$eval('#problem', ({ hidden }) => hidden), true);
      await page.close();
    });

    await t.test('begins by itself when a link says so', async () => {
      const page = await openDoctor(browser, relay, `#url=stun:127.0.0.1:${relay.ports.stun}`);
      await inState(page, 'done');
      assert.deepEqual(await findings(page), ['no-relay', 'good']);
      await page.close();
    });

    await browser.close();
    assert.equal(await relay.stop(), 0);
  });
}
