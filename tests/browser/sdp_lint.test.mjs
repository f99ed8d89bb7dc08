// What browsers say of damaged descriptions, and what the lint says: whatever a browser rejects must
// be an error of the lint, and the browsers' own descriptions must be good.

import assert from 'node:assert/strict';
import test from 'node:test';
import { launchChromium, launchFirefox, newPage } from './support/browsers.mjs';
import { kMunges } from './support/sdp_munges.mjs';
import { serve } from './support/static_server.mjs';
import { loadLint } from './support/wasm_lint.mjs';

const kLimit = { timeout: 300_000 };

// These compare with the description that createOffer() made; one description alone does not show
// it.
const kComparisons = [
  /SDP does not match the previously generated/,
  /SDP is modified in a non-acceptable way/,
  /Adding your own candidate attributes/,
];

// Functions of the page.
async function prepare() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
  const bounded = (promise) =>
    Promise.race([
      promise.then(
        () => '',
        (error) => `${error.name}: ${error.message}`,
      ),
      new Promise((resolve) => setTimeout(resolve, 10_000, 'no answer within 10 s')),
    ]);
  let local;
  window.makeOffer = async () => {
    local?.close();
    local = new RTCPeerConnection();
    for (const track of stream.getTracks()) local.addTrack(track, stream);
    local.createDataChannel('data');
    return (await local.createOffer()).sdp;
  };
  // Why the offer cannot be set here, or not by a peer that then answers; '' when it can.
  window.setLocal = (sdp) => bounded(local.setLocalDescription({ type: 'offer', sdp }));
  window.setAnswer = (sdp) => bounded(local.setRemoteDescription({ type: 'answer', sdp }));
  window.setRemote = async (sdp) => {
    const peer = new RTCPeerConnection();
    const why = await bounded(
      peer
        .setRemoteDescription({ type: 'offer', sdp })
        .then(() => peer.createAnswer())
        .then((answer) => peer.setLocalDescription(answer)),
    );
    window.answer = peer.localDescription?.sdp;
    peer.close();
    return why;
  };
}

async function onPage(browser, steps) {
  const server = await serve(['demo', 'build/dist']);
  try {
    const page = await newPage(browser);
    await page.goto(`http://localhost:${server.port}/camera.html`);
    await page.evaluate(prepare);
    await steps(page);
  } finally {
    await browser.close();
    await server.close();
  }
}

// What the rule table says of a browser, in the words of its messages.
const claims = (finding, name) =>
  finding.message.includes(`(${name} rejects this)`) ||
  finding.message.includes('(browsers reject this)');

const badOnes = (findings) => findings.filter(({ severity }) => severity !== 'info');

for (const [name, launch] of [
  ['Chromium', launchChromium],
  ['Firefox', launchFirefox],
]) {
  test(`${name}: its own offer and answer have no warnings`, kLimit, async () => {
    const lint = await loadLint();
    await onPage(await launch(), async (page) => {
      const offer = await page.evaluate(() => makeOffer());
      assert.equal(await page.evaluate((sdp) => setRemote(sdp), offer), '');
      const answer = await page.evaluate(() => window.answer);
      for (const mode of ['strict', 'lenient']) {
        assert.deepEqual(badOnes(lint(mode, 'offer', offer)), [], offer);
        assert.deepEqual(badOnes(lint(mode, 'answer', answer)), [], answer);
      }
    });
  });

  test(`${name}: an answer that leaves the DTLS role open is rejected`, kLimit, async () => {
    const lint = await loadLint();
    await onPage(await launch(), async (page) => {
      const offer = await page.evaluate(() => makeOffer());
      assert.equal(await page.evaluate((sdp) => setLocal(sdp), offer), '');
      assert.equal(await page.evaluate((sdp) => setRemote(sdp), offer), '');
      const answer = await page.evaluate(() => window.answer);
      const open = answer.replace(/^a=setup:.*/gm, 'a=setup:actpass');
      const [found] = badOnes(lint('lenient', 'answer', open));
      assert.equal(found.rule, 'setup-answer');
      assert.ok(claims(found, name));
      assert.notEqual(await page.evaluate((sdp) => setAnswer(sdp), open), '');
    });
  });

  test(`${name}: what it rejects, the lint calls an error`, kLimit, async (t) => {
    const lint = await loadLint();
    let rejected = 0;
    const problems = [];
    const claimed = new Set();
    const confirmed = new Set();
    await onPage(await launch(), async (page) => {
      for (const [rule, what, munge] of kMunges) {
        const offer = await page.evaluate(() => makeOffer());
        const text = munge(offer);
        const reasons = [
          await page.evaluate((sdp) => setLocal(sdp), text),
          await page.evaluate((sdp) => setRemote(sdp), text),
        ].filter((reason) => reason && !kComparisons.some((pattern) => pattern.test(reason)));
        const findings = lint('lenient', 'offer', text);
        const has = (test) => findings.some(test);
        if (text === offer) problems.push(`${what}: the offer is as it was`);
        if (!has((finding) => finding.rule === rule)) problems.push(`${what}: not ${rule}`);
        if (reasons.length > 0 && !has(({ severity }) => severity === 'error')) {
          problems.push(`${what}: ${reasons.join(' | ')}`);
        }
        if (has((finding) => finding.rule === rule && claims(finding, name))) claimed.add(rule);
        if (reasons.length > 0) confirmed.add(rule);
        rejected += reasons.length > 0 ? 1 : 0;
      }
    });
    t.diagnostic(`${kMunges.length} damaged offers, ${rejected} rejected by ${name}`);
    assert.deepEqual(problems, []);
    const unconfirmed = [...claimed].filter((rule) => !confirmed.has(rule));
    assert.deepEqual(unconfirmed, [], 'the table says that it rejects these');
    assert.ok(rejected >= 20, `only ${rejected} were rejected`);
  });
}
