// A small internet of network namespaces, which are gone with the processes that hold them:
//
//   home  10.0.0.2 --- 10.0.0.1 router  203.0.113.1 ---- 203.0.113.14 net: relay.test,
//   home2 10.0.1.2 --- 10.0.1.1 router2 203.0.113.17 --- 203.0.113.30      198.51.100.1 and .2
//
// Each router masquerades in its own way and has a firewall (nftables); `net` forwards between them.
// The relay runs in `net`, browsers in the homes, where the hosts file knows relay.test.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const kRelay = '198.51.100.1';
export const kSecondRelay = '198.51.100.2';
export const kName = 'relay.test';

// How the router maps and filters (RFC 4787): a port of its own choice that stays, open to whoever
// was written to (restricted) or to everybody (independent: what comes in new goes to the one host
// behind it, whose ports are kept), or another port for each destination (symmetric).
const kMasquerade = {
  independent: 'masquerade',
  restricted: 'masquerade',
  symmetric: 'masquerade random,fully-random',
};

const lines = (rules) => rules.map((rule) => `${rule}; `).join('');

function rulesOf({ nat = 'restricted', firewall = [], redirect = [] }, home) {
  const inward = nat === 'independent' ? [`iifname "outer" meta l4proto udp dnat to ${home}`] : [];
  // What reaches the NAT's own address is dropped: were it kept, it would take the port from a mapping.
  return `flush ruleset
    table ip nat {
      chain out { type nat hook postrouting priority 100; oifname "outer" ${kMasquerade[nat]}; }
      chain in { type nat hook prerouting priority -100; ${lines([...redirect, ...inward])} }
    }
    table ip filter {
      chain input { type filter hook input priority 0; iifname "outer" ct state new drop; }
      chain forward { type filter hook forward priority 0; ${lines(firewall)} }
    }\n`;
}

// `homes`: how many. The second is called home2, behind router2.
export async function makeWorld({ homes: count = 1 } = {}) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'koeru-world-'));
  const hosts = path.join(folder, 'hosts');
  await writeFile(hosts, `127.0.0.1 localhost\n${kRelay} ${kName}\n`);
  // Nobody there: names that the hosts file does not know fail at once.
  const resolver = path.join(folder, 'resolv.conf');
  await writeFile(resolver, 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n');
  const homes = Array.from({ length: count }, (_, i) => ({
    home: `home${i ? i + 1 : ''}`,
    router: `router${i ? i + 1 : ''}`,
    inner: `10.0.${i}`,
    outer: `203.0.113.${16 * i + 1}`,
    gateway: `203.0.113.${16 * i + 14}`,
    link: `eth${i}`,
  }));
  const holders = {};
  for (const name of ['net', ...homes.flatMap(({ home, router }) => [home, router])]) {
    holders[name] = await newNamespace(hosts, resolver);
  }
  const inside = (name, command) => [
    'nsenter',
    [`--target=${holders[name].pid}`, '--net', '--mount', ...command],
  ];
  const world = {
    // The child process of a command in one of the namespaces.
    spawn: (name, command, options) => spawn(...inside(name, command), options),
    run: (name, ...command) => run(...inside(name, command)),
    // {nat, firewall, redirect} of the router before a home.
    async set(rules, home = 'home') {
      const { router, inner } = homes.find((one) => one.home === home);
      const file = path.join(folder, `rules-${router}`);
      await writeFile(file, rulesOf(rules, `${inner}.2`));
      await world.run(router, 'nft', '-f', file);
    },
    // The home's only link goes down, and comes up with another address.
    unplug: (home) => ip(world, home, 'link set eth0 down'),
    async plugIn(home, host) {
      const { inner } = homes.find((one) => one.home === home);
      await ip(world, home, 'address flush dev eth0');
      await ip(world, home, `address add ${inner}.${host}/24 dev eth0`);
      await ip(world, home, 'link set eth0 up');
      await ip(world, home, `route add default via ${inner}.1`);
    },
    async stop() {
      for (const holder of Object.values(holders)) {
        holder.stdin.end();
        await once(holder, 'exit');
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
  try {
    await openNet(world);
    for (const home of homes) {
      await connect(world, home, holders);
      await world.set({}, home.home);
    }
  } catch (error) {
    await world.stop();
    throw error;
  }
  return world;
}

const ip = (world, name, text) => world.run(name, 'ip', ...text.split(' '));
const forward = (world, name) =>
  world.run(name, 'sh', '-c', 'echo 1 >/proc/sys/net/ipv4/ip_forward');

async function openNet(world) {
  for (const address of [kRelay, kSecondRelay]) {
    await ip(world, 'net', `address add ${address}/32 dev lo`);
  }
  await forward(world, 'net');
}

async function connect(world, { home, router, inner, outer, gateway, link }, holders) {
  await ip(world, router, `link add inner type veth peer name eth0 netns ${holders[home].pid}`);
  await ip(world, router, `link add outer type veth peer name ${link} netns ${holders.net.pid}`);
  for (const [name, device, address] of [
    [home, 'eth0', `${inner}.2/24`],
    [router, 'inner', `${inner}.1/24`],
    [router, 'outer', `${outer}/28`],
    ['net', link, `${gateway}/28`],
  ]) {
    await ip(world, name, `address add ${address} dev ${device}`);
    await ip(world, name, `link set ${device} up`);
  }
  await ip(world, home, `route add default via ${inner}.1`);
  await ip(world, router, `route add default via ${gateway}`);
  await forward(world, router);
}

// It ends when its input does, also when the test dies.
async function newNamespace(hosts, resolver) {
  const mounts = `mount --bind ${hosts} /etc/hosts && mount --bind ${resolver} /etc/resolv.conf`;
  const script = `${mounts} && ip link set lo up && echo there && exec cat`;
  const holder = spawn('unshare', ['--net', '--mount', 'sh', '-c', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [said] = await Promise.race([once(holder.stdout, 'data'), once(holder, 'exit')]);
  if (String(said) !== 'there\n') throw new Error('no network namespace: run as root');
  return holder;
}
