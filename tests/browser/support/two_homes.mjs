// Two homes of a world, Chromium in the first and Firefox in the second, which call each other through
// the relay in `net` or past it; and what a test asks of the call.

import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { makeAuthority } from './authority.mjs';
import { until } from './browsers.mjs';
import { connected, enterRoomOn, framesFrom, newRoomName } from './room_page.mjs';
import { kName, kRelay, makeWorld } from './world.mjs';
import { kUser, openWorldPage, startWorldRelay } from './world_page.mjs';

export const kHomes = ['home', 'home2'];
export const kNames = ['Aki', 'Bo'];
const kBrowsers = ['Chromium', 'Firefox'];
const kOrigin = `https://${kName}`;

// Chromium does not look into the hosts file for names over UDP.
const udpAndTcp = [`turn:${kRelay}:3478?transport=udp`, `turn:${kName}:3478?transport=tcp`];
const tls = `turns:${kName}:443?transport=tcp`;
const servers = (...urls) => [{ urls: [`stun:${kRelay}:3478`] }, { urls, ...kUser }];
export const kServers = servers(...udpAndTcp, tls);
export const kServersWithoutTls = servers(...udpAndTcp);

// {world, relay, pages}, and `close`.
export async function openTwoHomes() {
  const ending = [];
  const close = async () => {
    for (const end of ending.reverse()) await end();
  };
  try {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'koeru-homes-'));
    ending.push(() => rm(folder, { recursive: true, force: true }));
    const files = await makeAuthority([kName]);
    ending.push(files.remove);
    const world = await makeWorld({ homes: 2 });
    ending.push(world.stop);
    const relay = await startWorldRelay(world, files, folder);
    ending.push(relay.stop);
    const opened = await Promise.allSettled(
      kHomes.map((home, i) => openWorldPage(world, home, kBrowsers[i], files.authority)),
    );
    const pages = opened.map(({ value }) => value).filter(Boolean);
    ending.push(...pages.map((page) => page.close));
    const bad = opened.find(({ reason }) => reason);
    if (bad) throw bad.reason;
    return { world, relay, pages, close };
  } catch (error) {
    await close();
    throw error;
  }
}

// Both go into a new room, Aki (Chromium) before Bo (Firefox): milliseconds until they are connected.
export async function call({ world, pages }, rules, iceServers = kServers) {
  const room = newRoomName();
  for (const [i, home] of kHomes.entries()) await world.set(rules[i], home);
  const began = Date.now();
  for (const [i, name] of kNames.entries()) {
    await enterRoomOn(pages[i], kOrigin, { room, name, options: { iceServers } });
  }
  await Promise.all(pages.map((page) => connected(page)));
  return Date.now() - began;
}

// Firefox keeps the pair that it nominated first. On a machine that is busy that may be one through the
// relay, though a direct one would have worked: then they call again, at most twice.
export async function callTheWay(homes, { rules, ways, servers }) {
  for (let tries = 1; ; ++tries) {
    const took = await call(homes, rules, servers);
    try {
      await comesToWay(homes, ways, 10);
      return { took, tries };
    } catch (error) {
      if (tries === 3) throw error;
    }
  }
}

// What a way means: see kWorlds in call_worlds.test.mjs.
function isWay(way, own, other) {
  const ends = [own, other];
  if (ends.some((end) => end === null)) return false;
  if (way === 'any') return true;
  if (way === 'direct') {
    return ends.every(({ localType, remoteType }) => localType !== 'relay' && remoteType !== 'relay');
  }
  if (way === 'relayed') return ends.some(({ localType }) => localType === 'relay');
  if (way === 'relay') {
    const relays = ends.filter(({ localType }) => localType === 'relay');
    return relays.length > 0 && relays.every(({ relayProtocol }) => relayProtocol === 'udp');
  }
  const protocols = way === 'stream' ? ['tcp', 'tls'] : [way];
  return own.localType === 'relay' && protocols.includes(own.relayProtocol);
}

// A path may be another one at first, and changes to the better one. Both sides' paths.
export function comesToWay({ pages }, ways, seconds = 20) {
  const pathOf = (page) => page.evaluate(async () => (await window.room.members[0].stats()).path);
  let paths;
  return until(
    async () => {
      paths = await Promise.all(pages.map(pathOf));
      return ways.every((way, i) => isWay(way, paths[i], paths[1 - i])) && paths;
    },
    `the path is ${ways.join(', ')}`,
    seconds,
  ).catch((error) => {
    throw new Error(`${error.message}; it is ${JSON.stringify(paths)}`);
  });
}

export function wordsOf(paths) {
  const word = ({ localType, relayProtocol, remoteType }) =>
    `${localType}${relayProtocol ? ` (${relayProtocol})` : ''} to ${remoteType}`;
  return paths.map(word).join(' | ');
}

const frames = ({ pages }) =>
  Promise.all(pages.map((page, i) => framesFrom(page, kNames[1 - i])));

// Nothing has come for as long as ten frames take, on either side.
export async function mediaStops(homes) {
  let last = await frames(homes);
  let since = Date.now();
  await until(async () => {
    const now = await frames(homes);
    if (now.some((count, i) => count !== last[i])) since = Date.now();
    last = now;
    return Date.now() - since >= 1_000;
  }, 'media stops');
}

// Milliseconds until each side has decoded new frames.
export async function mediaComesAgain(homes) {
  const began = Date.now();
  const before = await frames(homes);
  const again = [0, 0];
  await until(async () => {
    const now = await frames(homes);
    now.forEach((count, i) => {
      // A connection that was made anew counts from 0.
      if (!again[i] && count > 0 && count !== before[i]) again[i] = Date.now() - began;
    });
    return again.every((ms) => ms > 0);
  }, 'media comes again on both sides');
  return again;
}
