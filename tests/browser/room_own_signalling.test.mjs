// Koeru.join with a signalling of the page's own, under the policies that koeru.call.js has to bear;
// and the example of js/CALL.md, as it stands there.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { launchChromium, newPage, oneOf, until } from './support/browsers.mjs';
import { startRelay } from './support/relay.mjs';
import { kNoWasmPolicy, serve } from './support/static_server.mjs';

const kLimit = { timeout: 180_000 };

// In a page: two rooms, whose signalling is a function call.
async function callInOnePage(how) {
  const { join } = how === 'module' ? await import('/koeru.call.mjs') : globalThis.Koeru;
  const handlersById = new Map();
  const transportFor = (id) => ({
    open(handlers) {
      const members = [...handlersById.keys()].map((other) => ({ id: other, name: `is ${other}` }));
      for (const other of handlersById.values()) other.memberJoined({ id, name: `is ${id}` });
      handlersById.set(id, handlers);
      setTimeout(() => handlers.joined({ self: id, members }));
    },
    // As a wire would have it: in order, as text, a moment later.
    send(to, data) {
      const text = JSON.stringify(data);
      setTimeout(() => handlersById.get(to)?.signal(id, JSON.parse(text)));
    },
    close() {
      handlersById.delete(id);
      for (const other of handlersById.values()) other.memberLeft(id);
    },
  });
  const enter = (id) => join('', 'any', { transport: transportFor(id), iceServers: [] });
  const a = await enter('a');
  const b = await enter('b');
  const met = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('not connected within 30 s')), 30_000);
    const look = () => {
      const states = [...a.members, ...b.members].map(({ state }) => state);
      if (String(states) === 'connected,connected') resolve();
    };
    for (const room of [a, b]) room.on('member', (member) => member.on('state', look));
  });
  await met;
  const heard = new Promise((resolve) => b.on('message', ({ member, text }) => resolve([member.name, text])));
  a.say('hello');
  const result = await heard;
  const gone = new Promise((resolve) => b.on('memberleft', (member) => resolve(member.id)));
  a.leave();
  return [...result, await gone, a.state];
}

for (const [name, launch] of oneOf('Firefox')) {
  test(`${name}: a signalling of one's own, under strict policies`, kLimit, async (t) => {
    const browser = await launch();
    const run = async (policy, page, how) => {
      const server = await serve(['tests/browser/harness', 'build/dist'], {
        headers: { 'Content-Security-Policy': policy },
      });
      const opened = await newPage(browser);
      try {
        await opened.goto(`http://localhost:${server.port}/${page}`);
        assert.deepEqual(await opened.evaluate(callInOnePage, how), ['is a', 'hello', 'a', 'closed']);
      } finally {
        await opened.close();
        await server.close();
      }
    };
    try {
      const self = kNoWasmPolicy.replace("script-src 'self'", "$& 'nonce-koeru'");
      await t.test("script-src 'self'", () => run(self, 'nonce.html', 'script'));
      await t.test('only a nonce: it is handed on', () =>
        run("default-src 'none'; script-src 'nonce-koeru'", 'nonce.html', 'script'),
      );
      await t.test('as a module of its own', () => run(self, 'nonce.html', 'module'));
      await t.test('Trusted Types: the page has loaded it', () =>
        run(
          "default-src 'none'; connect-src 'self'; script-src 'self'; require-trusted-types-for 'script'",
          'trusted_types_call.html',
          'script',
        ),
      );
    } finally {
      await browser.close();
    }
  });
}

// A page of another site, and one whose WebSockets a proxy stops. What the browser tells is little.
for (const [name, launch] of oneOf('Chromium')) {
  test(`${name}: a server that refuses is told from one that is not there`, kLimit, async () => {
    const relay = await startRelay();
    const elsewhere = await serve(['tests/browser/harness', 'build/dist']);
    const browser = await launch();
    const refusal = (page, url) =>
      page.evaluate(
        (server) =>
          Koeru.join(server, 'blue-whale-42', { iceServers: [] }).then(
            () => 'let in',
            ({ code, facts }) => [code, facts.status],
          ),
        url,
      );
    try {
      const page = await newPage(browser);
      await page.goto(`http://localhost:${elsewhere.port}/nonce.html`);
      assert.deepEqual(await refusal(page, relay.origin), ['refused', 0]);
      await page.goto(`${relay.origin}/camera.html`);
      await page.evaluate(() => {
        const Native = WebSocket;
        window.WebSocket = function (url, protocol) {
          return new Native(url.replace('/signal', '/stopped'), protocol);
        };
      });
      assert.deepEqual(await refusal(page, ''), ['refused', 426]);
      await relay.stop();
      const [code] = await refusal(page, '');
      assert.equal(code, 'no-server');
    } finally {
      await browser.close();
      await elsewhere.close();
      await relay.stop();
    }
  });
}

test('koeru.call.js is not there: a LoadError names it', kLimit, async () => {
  const browser = await launchChromium();
  const server = await serve(['tests/browser/harness', 'build/dist'], {
    missing: ['/koeru.call.js'],
  });
  try {
    const page = await newPage(browser);
    await page.goto(`http://localhost:${server.port}/nonce.html`);
    const [name, message] = await page.evaluate(() =>
      globalThis.Koeru.join('', 'x').catch((error) => [error.name, error.message]),
    );
    assert.equal(name, 'LoadError');
    assert.match(message, /koeru\.call\.js is missing/);
  } finally {
    await browser.close();
    await server.close();
  }
});

test('the example of CALL.md: two people see each other', kLimit, async () => {
  const text = readFileSync(new URL('../../js/CALL.md', import.meta.url), 'utf8');
  const [, html] = /```html\n([^]*?)```/.exec(text);
  const [, script] = /<script type="module">\n([^]*?)<\/script>/.exec(html);
  const relay = await startRelay();
  const browser = await launchChromium();
  try {
    const pages = [];
    for (let i = 0; i < 2; ++i) {
      const page = await newPage(browser);
      await page.goto(`${relay.origin}/camera.html`);
      pages.push(page);
      await page.evaluate(() => {
        document.body.append(Object.assign(document.createElement('div'), { id: 'people' }));
      });
      // The relay's policy has no inline scripts; the debugger may do what it forbids.
      await page.evaluate(`(async () => { ${script} })()`);
    }
    for (const page of pages) {
      await until(
        () => page.evaluate(() => document.querySelector('#people video')?.videoWidth > 0),
        'a picture of the other',
      );
    }
    await pages[0].close();
    await until(
      () => pages[1].evaluate(() => document.querySelectorAll('#people video').length === 0),
      'and it goes with them',
    );
  } finally {
    await browser.close();
    await relay.stop();
  }
});
