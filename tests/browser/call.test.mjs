// A call between two real browsers, over the real koeru-relay and nothing else.

import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { launchChromium, launchFirefox, until } from './support/browsers.mjs';
import {
  inState,
  lastLine,
  openCall,
  path,
  problem,
  remoteVideo,
  say,
} from './support/call_page.mjs';
import { startRelay } from './support/relay.mjs';

const kLimit = { timeout: 180_000 };
let relay, chromium;

before(async () => {
  relay = await startRelay();
  chromium = await launchChromium();
});
after(async () => {
  await chromium?.close();
  assert.equal(await relay?.stop(), 0, 'SIGTERM ends the relay cleanly');
});

function newRoom() {
  return `test-${Date.now()}-${Math.floor(Math.random() * 1e9)}`;
}

async function assertVideoFlows(page, who) {
  await until(async () => (await remoteVideo(page))?.width > 0, `${who} sees a picture`);
  const { framesDecoded: from } = await until(async () => {
    const facts = await path(page);
    return facts.framesDecoded > 0 && facts;
  }, `${who} decodes a frame`);
  await until(async () => (await path(page)).framesDecoded >= from + 15, `${who} decodes more`);
  const video = await remoteVideo(page);
  assert.equal(video.paused, false);
  const asksForTap = await page.$eval(
    '.tile:not([data-member="self"]) button',
    (button) => !button.hidden,
  );
  assert.equal(asksForTap, false);
}

async function assertChatFlows(a, b) {
  await say(a, 'Can you hear me?');
  await until(async () => /^Aki Can you hear me\?$/.test(await lastLine(b)), 'Aki’s line arrives');
  await say(b, 'はい、聞こえます');
  await until(async () => /^Bo はい、聞こえます$/.test(await lastLine(a)), 'Bo’s line arrives');
}

async function assertRelayed(page) {
  const facts = await until(async () => {
    const now = await path(page);
    return now.localType === 'relay' && now.remoteType === 'relay' && now;
  }, 'the path is relay to relay');
  assert.equal(facts.protocol, 'udp');
  assert.ok(facts.bytesSent > 10_000, `${facts.bytesSent} bytes sent`);
  assert.ok(facts.bytesReceived > 10_000, `${facts.bytesReceived} bytes received`);
  const words = await page.$eval('.path-words', (p) => p.textContent);
  assert.equal(words, 'Through the relay, on both sides.');
}

// `open` is openCall in Chromium, unless another browser is given; the pages are closed at the end.
async function withPages(body) {
  const pages = [];
  const open = async (server, options, browser = chromium) => {
    pages.push(await openCall(browser, server.origin, options));
    return pages.at(-1);
  };
  try {
    await body(open);
  } finally {
    for (const page of pages) await page.close();
  }
}

function relayOnlyCall(browserA, browserB) {
  return withPages(async (open) => {
    const earlier = await relay.stats();
    const room = newRoom();
    const a = await open(relay, { room, name: 'Aki' }, browserA);
    await inState(a, 'waiting');
    const b = await open(relay, { room, name: 'Bo' }, browserB);
    await Promise.all([inState(a, 'connected'), inState(b, 'connected')]);
    await Promise.all([assertVideoFlows(a, 'Aki'), assertVideoFlows(b, 'Bo')]);
    await assertChatFlows(a, b);
    await assertRelayed(a);
    await assertRelayed(b);
    await assertCounted(earlier, await path(a));
    assert.deepEqual([...a.problems, ...b.problems], []);
    await b.click('#leave');
    await inState(a, 'waiting');
    await inState(b, 'left');
  });
}

async function assertCounted(earlier, facts) {
  const later = await relay.stats();
  for (const direction of ['client_to_peer', 'peer_to_client']) {
    const bytes = later[direction].bytes - earlier[direction].bytes;
    assert.ok(
      bytes >= facts.bytesSent,
      `${direction}: the relay counted ${bytes}, Aki sent ${facts.bytesSent}`,
    );
  }
  assert.ok(later.allocations_total - earlier.allocations_total >= 2);
}

test('Chromium to Chromium, relay only: picture, chat and counters', kLimit, () =>
  relayOnlyCall(chromium, chromium),
);

test('Firefox to Chromium, relay only', kLimit, async () => {
  const firefox = await launchFirefox();
  try {
    await relayOnlyCall(firefox, chromium);
  } finally {
    await firefox.close();
  }
});

// Hands the page an /ice-servers answer of our making.
function answering(respond) {
  return async (page) => {
    await page.setRequestInterception(true);
    page.on('request', async (request) => {
      if (new URL(request.url()).pathname !== '/ice-servers') return request.continue();
      return request.respond(await respond());
    });
  };
}

const kJson = 'application/json';
const kTurn = () => `turn:127.0.0.1:${relay.ports.stun}?transport=udp`;

async function assertFails(respond, key, words) {
  await withPages(async (open) => {
    const room = newRoom();
    const a = await open(relay, { room, name: 'Aki', prepare: answering(respond) });
    await inState(a, 'waiting');
    await open(relay, { room, name: 'Bo' });
    await inState(a, 'failed', 45_000);
    const said = await problem(a);
    assert.equal(said.key, key);
    assert.match(said.text, words);
    assert.equal((await remoteVideo(a)).width, 0);
  });
}

test('a credential that the relay refuses: the page says 401 and why', kLimit, () =>
  assertFails(
    () => ({
      contentType: kJson,
      body: JSON.stringify({
        iceServers: [{ urls: [kTurn()], username: '2000000000:forged', credential: 'wrong' }],
      }),
    }),
    'problem.refused',
    /refused the credential \(error 401\)/,
  ),
);

test('no credential from the server: the page says so', kLimit, () =>
  assertFails(() => ({ status: 503, body: '' }), 'problem.credential', /HTTP 503/),
);

test('a relay that is not there: the page names its address', kLimit, () =>
  assertFails(
    () => ({
      contentType: kJson,
      body: JSON.stringify({
        iceServers: [{ urls: ['turn:127.0.0.1:9?transport=udp'], username: 'a', credential: 'b' }],
      }),
    }),
    'problem.unreachable',
    /does not answer \(turn:127\.0\.0\.1:9/,
  ),
);

test('three people without the switch: everybody sees everybody, directly', kLimit, () =>
  withPages(async (open) => {
    const room = newRoom();
    const pages = [];
    for (const name of ['Aki', 'Bo', 'Chie']) {
      pages.push(await open(relay, { room, name, relayOnly: false }));
      await inState(pages.at(-1), pages.length === 1 ? 'waiting' : 'connected');
    }
    for (const page of pages) {
      const states = () =>
        page.evaluate(() =>
          [...document.querySelectorAll('.tile[data-state="connected"]')].map(
            (tile) => tile.querySelector('video').videoWidth > 0,
          ),
        );
      await until(async () => String(await states()) === 'true,true', 'two others are seen');
      await until(async () => (await path(page)).localType === 'host', 'the path is known');
      const words = await page.$eval('.path-words', (p) => p.textContent);
      assert.equal(words, 'Directly, without a relay.');
      assert.deepEqual(page.problems, []);
    }
  }),
);

test('a damaged link leads back to the lobby, with words', kLimit, () =>
  withPages(async (open) => {
    const page = await open(relay, { room: 'x', name: 'Aki' });
    await inState(page, 'refused');
    assert.equal((await problem(page)).key, 'problem.badRoom');
    assert.equal(await page.$eval('#lobby', (form) => form.hidden), false);
  }),
);

test('the server stops in mid-call: the call goes on, and the page says so', kLimit, async () => {
  const second = await startRelay();
  try {
    await withPages(async (open) => {
      const room = newRoom();
      const a = await open(second, { room, name: 'Aki', relayOnly: false });
      await inState(a, 'waiting');
      const b = await open(second, { room, name: 'Bo', relayOnly: false });
      await Promise.all([inState(a, 'connected'), inState(b, 'connected')]);
      await second.stop();
      await until(async () => (await problem(a)).key === 'problem.serverLost', 'the page notices');
      await assertChatFlows(a, b);
    });
  } finally {
    await second.stop();
  }
});
