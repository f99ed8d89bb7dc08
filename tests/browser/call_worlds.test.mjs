// Calls between two homes with real browsers: behind NATs and firewalls of every kind the call comes
// up the way it should, and video and 10 MB of data arrive both ways.
//
// In `make test` some of the worlds and 2 MB, in `make test-all` all of them.

import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { heard, videoFlows } from './support/room_page.mjs';
import { callTheWay, comesToWay, kServersWithoutTls, openTwoHomes, wordsOf } from './support/two_homes.mjs';

const kLimit = { timeout: 120_000 };
const isWhole = process.env.KOERU_ALL !== undefined;
const kBytes = (isWhole ? 10 : 2) << 20;

const independent = { nat: 'independent' };
const restricted = { nat: 'restricted' };
const symmetric = { nat: 'symmetric' };
const noUdp = { firewall: ['meta l4proto udp drop'] };
const only443 = { firewall: ['ct state established accept', 'tcp dport 443 accept', 'drop'] };

// What each side's own end of the path must be. `direct`: no relay anywhere. `relay`: one at least of
// the two ends, over UDP. A protocol: this side's end is a relay that it reaches by that protocol.
// `stream`: by TCP or TLS; to Firefox both are worth the same. `any`: the other side decides.
const kWorlds = [
  { name: 'both endpoint-independent', rules: [independent, independent], ways: ['direct', 'direct'] },
  { name: 'both port-restricted', rules: [restricted, restricted], ways: ['direct', 'direct'], isQuick: true },
  { name: 'endpoint-independent, symmetric', rules: [independent, symmetric], ways: ['direct', 'direct'] },
  { name: 'symmetric, port-restricted', rules: [symmetric, restricted], ways: ['relay', 'relay'] },
  { name: 'both symmetric', rules: [symmetric, symmetric], ways: ['relay', 'relay'], isQuick: true },
  { name: 'UDP blocked, port-restricted', rules: [noUdp, restricted], ways: ['stream', 'any'] },
  { name: 'UDP blocked, no TLS, port-restricted', rules: [noUdp, restricted], ways: ['tcp', 'any'], servers: kServersWithoutTls },
  { name: 'UDP blocked at both, no TLS', rules: [noUdp, noUdp], ways: ['tcp', 'tcp'], servers: kServersWithoutTls },
  { name: 'only TCP 443, port-restricted', rules: [only443, restricted], ways: ['tls', 'any'] },
  { name: 'only TCP 443, symmetric', rules: [only443, symmetric], ways: ['tls', 'any'] },
  { name: 'only TCP 443 at both', rules: [only443, only443], ways: ['tls', 'tls'], isQuick: true },
];

// As above, and with the homes changed over where they differ.
function* worldsBothWaysRound() {
  for (const world of kWorlds) {
    if (!isWhole && !world.isQuick) continue;
    yield { ...world, name: `${world.name} (Chromium, Firefox)` };
    if (!isWhole || world.rules[0] === world.rules[1]) continue;
    const [rules, ways] = [world.rules, world.ways].map((pair) => [...pair].reverse());
    yield { ...world, rules, ways, name: `${world.name} (Firefox, Chromium)` };
  }
}

let homes;
before(async () => {
  homes = await openTwoHomes();
});
after(() => homes?.close());

// Random bytes out, those of the other side in: [SHA-256 of what was sent, of what came].
async function exchangeFiles(size) {
  const digest = async (bytes) => {
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  };
  const { room, heard: events } = window;
  const offered = new Promise((resolve) => {
    if (events.files.length) resolve(events.files.shift());
    else room.once('file', resolve);
  });
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536));
  const sent = room.sendFile(new File([bytes], 'random.bin'), room.members[0]).done;
  const came = await (await (await offered).accept().done).arrayBuffer();
  await sent;
  return [await digest(bytes), await digest(came)];
}

for (const world of worldsBothWaysRound()) {
  test(world.name, kLimit, async (t) => {
    const { pages } = homes;
    const { took, tries } = await callTheWay(homes, world);
    await Promise.all([videoFlows(pages[0], 'Bo'), videoFlows(pages[1], 'Aki')]);
    const began = Date.now();
    const [ours, theirs] = await Promise.all(pages.map((p) => p.evaluate(exchangeFiles, kBytes)));
    const seconds = (Date.now() - began) / 1000;
    assert.equal(ours[0], theirs[1], 'Aki to Bo: the same bytes');
    assert.equal(theirs[0], ours[1], 'Bo to Aki: the same bytes');
    assert.notEqual(ours[0], theirs[0]);
    await Promise.all([videoFlows(pages[0], 'Bo'), videoFlows(pages[1], 'Aki')]);
    const paths = await comesToWay(homes, world.ways);
    for (const page of pages) assert.deepEqual((await heard(page)).errors, []);
    const again = tries > 1 ? `, at the ${tries}. try` : '';
    t.diagnostic(
      `${wordsOf(paths)}; connected after ${took} ms${again}, files ${seconds.toFixed(1)} s`,
    );
  });
}
