// Calls between two homes with real browsers: behind NATs and firewalls of every kind the call comes
// up the way it should, and video and 10 MB of data arrive both ways.
//
// In `make test` some of the worlds, in `make test-all` all of them.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test, { after, before } from 'node:test';
import { makeAuthority } from './support/authority.mjs';
import { until } from './support/browsers.mjs';
import { connected, enterRoomOn, framesFrom, heard, newRoomName, videoFlows } from './support/room_page.mjs';
import { kName, kRelay, kSecondRelay, makeWorld } from './support/world.mjs';
import { kUser, openWorldPage, startWorldRelay } from './support/world_page.mjs';

const kLimit = { timeout: 120_000 };
const kBytes = 10 << 20;
const kHomes = ['home', 'home2'];
const kOrigin = `https://${kName}`;
const isWhole = process.env.KOERU_ALL !== undefined;
// Chromium does not look into the hosts file for names over UDP.
const iceServers = [
  { urls: [`stun:${kRelay}:3478`] },
  {
    urls: [
      `turn:${kRelay}:3478?transport=udp`,
      `turn:${kName}:3478?transport=tcp`,
      `turns:${kName}:443?transport=tcp`,
    ],
    ...kUser,
  },
];

const independent = { nat: 'independent' };
const restricted = { nat: 'restricted' };
const symmetric = { nat: 'symmetric' };
const noUdp = { firewall: ['meta l4proto udp drop'] };
const only443 = { firewall: ['ct state established accept', 'tcp dport 443 accept', 'drop'] };

// What each side's own end of the path must be. `direct`: no relay anywhere. `relay`: one at least of
// the two ends, over UDP. A protocol: this side's end is a relay that it reaches by that protocol.
// `any`: the other side decides.
const kWorlds = [
  { name: 'both endpoint-independent', rules: [independent, independent], ways: ['direct', 'direct'] },
  { name: 'both port-restricted', rules: [restricted, restricted], ways: ['direct', 'direct'], isQuick: true },
  { name: 'endpoint-independent, symmetric', rules: [independent, symmetric], ways: ['direct', 'direct'] },
  { name: 'symmetric, port-restricted', rules: [symmetric, restricted], ways: ['relay', 'relay'] },
  { name: 'both symmetric', rules: [symmetric, symmetric], ways: ['relay', 'relay'], isQuick: true },
  { name: 'UDP blocked, port-restricted', rules: [noUdp, restricted], ways: ['tcp', 'any'] },
  { name: 'UDP blocked at both', rules: [noUdp, noUdp], ways: ['tcp', 'tcp'] },
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
    const turned = { rules: [...world.rules].reverse(), ways: [...world.ways].reverse() };
    yield { ...turned, name: `${world.name} (Firefox, Chromium)` };
  }
}

const ending = [];
let world, relay, pages;

before(async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'koeru-call-worlds-'));
  ending.push(() => rm(folder, { recursive: true, force: true }));
  const files = await makeAuthority([kName]);
  ending.push(files.remove);
  world = await makeWorld({ homes: 2 });
  ending.push(world.stop);
  relay = await startWorldRelay(world, files, folder);
  ending.push(relay.stop);
  const browsers = ['Chromium', 'Firefox'];
  pages = await Promise.all(
    kHomes.map((home, i) => openWorldPage(world, home, browsers[i], files.authority)),
  );
  ending.push(...pages.map((page) => page.close));
});
after(async () => {
  for (const end of ending.reverse()) await end();
});

const pathOf = (page) => page.evaluate(async () => (await window.room.members[0].stats()).path);

function isWay(way, own, other) {
  const ends = [own, other];
  if (ends.some((end) => end === null)) return false;
  if (way === 'any') return true;
  if (way === 'direct') {
    return ends.every(({ localType, remoteType }) => localType !== 'relay' && remoteType !== 'relay');
  }
  if (way === 'relay') {
    const relays = ends.filter(({ localType }) => localType === 'relay');
    return relays.length > 0 && relays.every(({ relayProtocol }) => relayProtocol === 'udp');
  }
  return own.localType === 'relay' && own.relayProtocol === way;
}

async function enter({ rules }, options = {}) {
  const room = newRoomName();
  for (const [i, home] of kHomes.entries()) await world.set(rules[i], home);
  const began = Date.now();
  for (const [i, name] of ['Aki', 'Bo'].entries()) {
    await enterRoomOn(pages[i], kOrigin, { room, name, options: { iceServers, ...options } });
  }
  await Promise.all(pages.map((page) => connected(page)));
  return Date.now() - began;
}

// A path may be another one at first, and changes to the better one.
function comesToWay(ways) {
  let paths;
  return until(
    async () => {
      paths = await Promise.all(pages.map(pathOf));
      return ways.every((way, i) => isWay(way, paths[i], paths[1 - i])) && paths;
    },
    `the path is ${ways.join(', ')}`,
    20,
  ).catch((error) => {
    throw new Error(`${error.message}; it is ${JSON.stringify(paths)}`);
  });
}

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

const wordOf = ({ localType, relayProtocol, remoteType }) =>
  `${localType}${relayProtocol ? ` (${relayProtocol})` : ''} to ${remoteType}`;

for (const one of worldsBothWaysRound()) {
  test(one.name, kLimit, async (t) => {
    const took = await enter(one);
    await Promise.all([videoFlows(pages[0], 'Bo'), videoFlows(pages[1], 'Aki')]);
    await comesToWay(one.ways);
    const began = Date.now();
    const [ours, theirs] = await Promise.all(pages.map((p) => p.evaluate(exchangeFiles, kBytes)));
    const seconds = (Date.now() - began) / 1000;
    assert.equal(ours[0], theirs[1], 'Aki to Bo: the same bytes');
    assert.equal(theirs[0], ours[1], 'Bo to Aki: the same bytes');
    assert.notEqual(ours[0], theirs[0]);
    await Promise.all([videoFlows(pages[0], 'Bo'), videoFlows(pages[1], 'Aki')]);
    const paths = await comesToWay(one.ways);
    for (const page of pages) assert.deepEqual((await heard(page)).errors, []);
    t.diagnostic(
      `${paths.map(wordOf).join(' | ')}; connected after ${took} ms, files ${seconds.toFixed(1)} s`,
    );
  });
}
