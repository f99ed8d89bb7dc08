// Koeru.diagnose in real browsers against a real relay: what it finds, and what it makes of it, in
// the worlds that one machine can be.

import assert from 'node:assert/strict';
import test from 'node:test';
import { newPage, oneOf } from './support/browsers.mjs';
import { freePort, startRelay } from './support/relay.mjs';

const kLimit = { timeout: 240_000 };

async function diagnose(browser, relay, options) {
  const page = await newPage(browser);
  await page.goto(relay.origin);
  await page.addScriptTag({ url: `${relay.origin}/koeru.js` });
  try {
    return await page.evaluate(async (given) => {
      const steps = [];
      const report = await Koeru.diagnose({
        ...given,
        onProgress: (progress) => steps.push(progress),
      });
      return { report, steps };
    }, options);
  } finally {
    await page.close();
  }
}

const idsOf = ({ verdict }) => verdict.map(({ id, level }) => `${level} ${id}`);
const url = (port, transport = 'udp') => `turn:127.0.0.1:${port}?transport=${transport}`;

for (const [name, launch] of oneOf('Firefox')) {
  test(`${name}: a diagnosis`, kLimit, async (t) => {
    const relay = await startRelay();
    const browser = await launch();
    const { iceServers } = await iceServersOf(browser, relay);
    const { username, credential } = iceServers.find((server) => server.username);
    const own = (urls) => [{ urls, username, credential }];

    await t.test(
      'of what the page gets from its server: everything works, and calls were led through',
      async () => {
        const { report, steps } = await diagnose(browser, relay, {});
        assert.equal(report.verdict.at(-1).id, 'good', JSON.stringify(report.verdict));
        assert.ok(
          !report.verdict.some(({ level }) => level === 'bad'),
          JSON.stringify(report.verdict),
        );
        assert.deepEqual(
          [report.reach.https, report.reach.webSocket, report.page.isSecure],
          [true, true, true],
        );
        const relays = report.servers.filter(({ isRelay }) => isRelay);
        assert.ok(relays.length > 0);
        for (const { url, hasAnswered, addresses, ms, call } of relays.filter(
          ({ transport }) => transport !== 'tls',
        )) {
          assert.ok(hasAnswered && ms !== null, url);
          assert.equal(addresses[0].type, 'relay');
          assert.ok(call.isConnected, url);
          assert.ok(
            call.latencyMs.median > 0 && call.latencyMs.worst >= call.latencyMs.median,
            url,
          );
          assert.ok(call.loss >= 0 && call.loss < 0.5, `${url}: loss ${call.loss}`);
          assert.ok(call.throughput > 100_000, `${url}: ${call.throughput} bit/s`);
          assert.ok(call.video.framesDecoded > 0 && call.video.bitrate > 0, url);
        }
        assert.ok(report.devices.cameras > 0);
        assert.match(JSON.stringify(report), new RegExp(`"host":"127.0.0.1"|"host":"localhost"`));
        assert.doesNotMatch(
          JSON.stringify(report),
          new RegExp(credential.replace(/[+/=]/g, '\\$&')),
        );
        assert.deepEqual(steps.at(-1).done, steps.at(-1).of);
        assert.ok(steps.every(({ done }, i) => i === 0 || done >= steps[i - 1].done));
      },
    );

    await t.test('of a wrong password', async () => {
      const servers = [{ urls: url(relay.ports.stun), username, credential: 'wrong' }];
      const { report } = await diagnose(browser, relay, { iceServers: servers });
      assert.equal(idsOf(report)[0], 'bad wrong-credential', JSON.stringify(report.servers));
      assert.ok(Date.parse(report.servers[0].expires) > Date.now());
    });

    await t.test('of a credential that ended', async () => {
      const servers = [
        { urls: url(relay.ports.stun, 'tcp'), username: '1600000000:x', credential: 'was good' },
      ];
      const { report } = await diagnose(browser, relay, { iceServers: servers });
      assert.equal(idsOf(report)[0], 'bad expired-credential', JSON.stringify(report.servers));
      assert.match(report.verdict[0].advice.en, /2020-09-13 12:26:40 UTC/);
    });

    await t.test('of a closed port beside an open one', async () => {
      const closed = await freePort(Object.values(relay.ports));
      const servers = own([url(relay.ports.stun), url(closed, 'tcp')]);
      const { report } = await diagnose(browser, relay, { iceServers: servers, calls: false });
      assert.deepEqual(
        idsOf(report),
        ['warning port-closed', 'good good'],
        JSON.stringify(report.servers),
      );
      assert.deepEqual(report.verdict[0].urls, [url(closed, 'tcp')]);
    });

    await t.test('of a server that is down', async () => {
      const closed = await freePort(Object.values(relay.ports));
      const servers = own([url(closed), url(closed, 'tcp')]);
      const { report } = await diagnose(browser, relay, { iceServers: servers });
      assert.equal(idsOf(report)[0], 'bad server-down', JSON.stringify(report.servers));
    });

    await t.test('that is ended early rejects with AbortError', async () => {
      const page = await newPage(browser);
      await page.goto(relay.origin);
      await page.addScriptTag({ url: `${relay.origin}/koeru.js` });
      const ended = await page.evaluate(
        (iceServers) => {
          const controller = new AbortController();
          const onProgress = ({ step }) => /^turn/.test(step) && controller.abort();
          return Koeru.diagnose({ iceServers, onProgress, signal: controller.signal }).catch(
            (e) => e.name,
          );
        },
        own(url(relay.ports.stun)),
      );
      assert.equal(ended, 'AbortError');
      const refused = await page.evaluate(() =>
        Koeru.diagnose({ iceServers: [{ urls: 'turn//x' }] }).catch(String),
      );
      assert.match(refused, /TypeError: .*iceServers\[0\].*write stun:/);
      await page.close();
    });

    await browser.close();
    assert.equal(await relay.stop(), 0);
  });

  test(`${name}: a diagnosis of a relay that refuses every peer`, kLimit, async () => {
    const relay = await startRelay([
      '--denied-peer-ip=0.0.0.0-255.255.255.255',
      '--denied-peer-ip=::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    ]);
    const browser = await launch();
    const { report } = await diagnose(browser, relay, {});
    assert.equal(idsOf(report)[0], 'bad relay-refuses-peers', JSON.stringify(report.servers));
    assert.ok(report.servers.some(({ call }) => call && !call.isConnected));
    await browser.close();
    assert.equal(await relay.stop(), 0);
  });
}

// What the page's server hands out.
async function iceServersOf(browser, relay) {
  const page = await newPage(browser);
  await page.goto(relay.origin);
  const json = await page.evaluate(async () => (await fetch('/ice-servers')).json());
  await page.close();
  return json;
}
