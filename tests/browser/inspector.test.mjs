// The Inspector page: given text, files and drops, walked by keyboard, compared, opened by a link.

import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { newPage, oneOf } from './support/browsers.mjs';
import { startRelay } from './support/relay.mjs';

const kVectors = fileURLToPath(new URL('../vectors/', import.meta.url));
const kBinding = '000100002112a442000102030405060708090a0b';

async function openInspector(browser, relay, hash = '') {
  const page = await newPage(browser);
  await page.goto(`${relay.origin}/inspector.html${hash}`);
  await page.click('#language-en');
  return page;
}

const done = (page) => page.waitForSelector('#inspector[data-state="done"]');
const textOf = (page, selector) => page.$eval(selector, (element) => element.textContent);
const selected = (page) =>
  page.$eval('[aria-selected="true"] > .line', ({ textContent }) => textContent);
const marked = (page) =>
  page.$$eval('#source mark', (all) => all.map(({ textContent }) => textContent).join(''));
const untilTreeSays = (page, pattern) =>
  page.waitForFunction(
    (source) => new RegExp(source).test(document.querySelector('#trees').textContent),
    {},
    pattern,
  );

// All of it at once, as pasting does.
async function paste(page, selector, text) {
  await page.$eval(
    selector,
    (field, value) => {
      field.value = value;
      field.dispatchEvent(new Event('input'));
    },
    text,
  );
  await done(page);
}

const cases = {
  async 'shows an offer with its flaws, each of which leads to its line'(page) {
    await page.click('[data-example="offer"]');
    await page.waitForSelector('.finding.bad');
    assert.match(await textOf(page, '[role="tree"]'), /a=rtpmap.*RFC 8866 §6\.6/);
    const lines = await page.$$eval('.place', (all) => all.map(({ textContent }) => textContent));
    assert.ok(lines.includes('Line 6'), String(lines));
    await page.click('.finding.bad .place');
    assert.match(await selected(page), /^m= audio 9/);
    assert.equal(await marked(page), 'm=audio 9 UDP/TLS/RTP/SAVPF 111 96');
    const href = await page.$eval('[aria-selected="true"] > .line a', (link) => link.href);
    assert.match(href, /^https:\/\/www\.rfc-editor\.org\/rfc\/rfc8866#section-5\.14$/);
  },

  async 'is walked by keyboard'(page) {
    await paste(page, '#input', 'candidate:1 1 udp 2130706431 192.0.2.1 5000 typ host\n');
    await page.focus('[role="treeitem"]');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    assert.match(await selected(page), /^foundation 1/);
    await page.keyboard.press('p');
    assert.match(await selected(page), /^priority/);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowDown');
    assert.match(await selected(page), /^address/, 'what was closed is passed over');
    assert.equal(await marked(page), '192.0.2.1');
    await page.keyboard.press('Home');
    assert.match(await selected(page), /^ICE candidate/);
    await page.keyboard.press('End');
    assert.match(await selected(page), /^type host/);
    const stops = await page.$$eval('[role="treeitem"][tabindex="0"]', (all) => all.length);
    assert.equal(stops, 1, 'Tab stops once in a tree');
  },

  async 'marks the bytes of a packet, and checks its integrity without keeping the password'(page) {
    await page.click('[data-example="binding"]');
    await untilTreeSays(page, 'not checked');
    await page.evaluate(() => {
      const lines = [...document.querySelectorAll('.line')];
      lines.find(({ textContent }) => textContent.startsWith('magic cookie')).click();
    });
    assert.match(await marked(page), /^21 12 a4 42/);
    await page.click('#key summary');
    await page.type('#password', 'VOkJxbRl1RmTxUk/WvJxBt');
    await untilTreeSays(page, 'valid with');
    assert.doesNotMatch(page.url(), /VOkJ/);
  },

  async 'lists the packets of a capture; one that is pressed shows its tree'(page) {
    await (await page.$('#file')).uploadFile(path.join(kVectors, 'turn-coturn-4.6.1.pcapng'));
    await page.waitForSelector('#packets button');
    assert.equal(await textOf(page, '#file-name'), 'turn-coturn-4.6.1.pcapng');
    await page.click('#packets button');
    await page.waitForSelector('[role="tree"]');
    assert.match(await textOf(page, '[role="tree"]'), /^STUN message/);
    assert.equal(await page.$$eval('#packets [aria-current="true"]', (all) => all.length), 1);
    await page.click('#clear');
    await page.waitForSelector('#inspector[data-state="empty"]');
    assert.equal(await page.$eval('#result', ({ hidden }) => hidden), true);
  },

  async 'puts a file of text that is dropped where text is typed'(page) {
    await page.$eval('#drop', (zone) => {
      const data = new DataTransfer();
      data.items.add(new File(['stun:a.example\n'], 'uris.txt'));
      const how = { dataTransfer: data, bubbles: true, cancelable: true };
      zone.dispatchEvent(new DragEvent('drop', how));
    });
    await page.waitForFunction(() => document.getElementById('input').value !== '');
    await done(page);
    assert.equal(await page.$eval('#input', ({ value }) => value), 'stun:a.example\n');
    assert.match(await textOf(page, '[role="tree"]'), /ICE server URI/);
  },

  async 'compares two descriptions'(page) {
    const media = 'm=audio 9 UDP/TLS/RTP/SAVPF 111\na=mid:0\na=rtpmap:111';
    const offer = (codec) => `v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nt=0 0\n${media} ${codec}\n`;
    await paste(page, '#input', offer('opus/48000/2'));
    await page.click('#compare summary');
    await paste(page, '#other', offer('G722/8000'));
    await page.waitForSelector('.difference');
    assert.match(await textOf(page, '#differences'), /opus.*G722/s);
    await paste(page, '#other', offer('opus/48000/2'));
    await page.waitForSelector('#differences .good');
  },

  async 'says what cannot be read, in two languages'(page) {
    await paste(page, '#input', 'hello <b>');
    assert.match(await textOf(page, '#problem'), /^Not readable: line 1, column 1/);
    await page.click('#language-ja');
    assert.match(await textOf(page, '#problem'), /^読み取れません: line 1/);
    await page.click('#language-en');
  },

  async 'says so when it is too much for a link'(page) {
    await paste(page, '#input', `${kBinding}\n`);
    const before = page.url();
    await paste(page, '#input', `${kBinding}\n\n`.repeat(500));
    assert.match(await textOf(page, '#link'), /Too much for a link/);
    assert.equal(page.url(), before);
  },
};

for (const [name, launch] of oneOf('Firefox')) {
  test(`${name}: the Inspector`, { timeout: 240_000 }, async (t) => {
    const relay = await startRelay();
    const browser = await launch();
    const page = await openInspector(browser, relay);
    for (const [what, run] of Object.entries(cases)) await t.test(what, () => run(page));
    assert.deepEqual(page.problems, []);
    await page.close();

    await t.test('shows again what is in a link: text, a second one, and bytes', async () => {
      const hash = `#${new URLSearchParams({ text: 'v=0\r\ns=電話\r\n', other: 'v=0\r\n' })}`;
      const first = await openInspector(browser, relay, hash);
      await done(first);
      assert.match(await textOf(first, '[role="tree"]'), /s= 電話/);
      assert.equal(await first.$eval('#other', ({ value }) => value), 'v=0\n');
      assert.equal(await first.$eval('#compare', ({ open }) => open), true);
      await first.close();
      const bytes = Buffer.from(kBinding, 'hex').toString('base64url');
      const second = await openInspector(browser, relay, `#bytes=${bytes}`);
      await done(second);
      assert.match(await textOf(second, '[role="tree"]'), /^STUN message Binding request/);
      const again = new URLSearchParams(new URL(second.url()).hash.slice(1)).get('bytes');
      assert.equal(again, bytes);
      assert.deepEqual(second.problems, []);
      await second.close();
    });

    await browser.close();
    assert.equal(await relay.stop(), 0);
  });
}
