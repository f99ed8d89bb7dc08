// A small internet of network namespaces, which are gone with the processes that hold them:
//
//   home 10.0.0.2 --- 10.0.0.1 router 203.0.113.1 --- 203.0.113.254 net: relay.test, 198.51.100.1 and .2
//
// The router masquerades and has a firewall (nftables). The relay runs in `net`, browsers in `home`,
// where the hosts file knows relay.test.

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

// How the router maps: a port of its own choice that stays (port-restricted), or another one for
// each destination (symmetric).
const kMasquerade = { restricted: 'masquerade', symmetric: 'masquerade random,fully-random' };

export async function makeWorld() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'koeru-world-'));
  const hosts = path.join(folder, 'hosts');
  await writeFile(hosts, `127.0.0.1 localhost\n${kRelay} ${kName}\n`);
  // Nobody there: names that the hosts file does not know fail at once.
  const resolver = path.join(folder, 'resolv.conf');
  await writeFile(resolver, 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n');
  const holders = {};
  for (const name of ['home', 'router', 'net']) holders[name] = await newNamespace(hosts, resolver);
  const inside = (name, command) => [
    'nsenter',
    [`--target=${holders[name].pid}`, '--net', '--mount', ...command],
  ];
  const world = {
    // The child process of a command in one of the namespaces.
    spawn: (name, command, options) => spawn(...inside(name, command), options),
    async set({ nat = 'restricted', firewall = [], redirect = [] }) {
      const rules = `flush ruleset
        table ip nat {
          chain out { type nat hook postrouting priority 100; oifname "outer" ${kMasquerade[nat]}; }
          chain in { type nat hook prerouting priority -100; ${redirect.join('; ')}${redirect.length ? ';' : ''} }
        }
        table ip filter {
          chain input { type filter hook input priority 0; iifname "outer" ct state new drop; }
          chain forward { type filter hook forward priority 0; ${firewall.join('; ')}${firewall.length ? ';' : ''} }
        }\n`;
      await writeFile(path.join(folder, 'rules'), rules);
      await run(...inside('router', ['nft', '-f', path.join(folder, 'rules')]));
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
    await connect(holders, (name, ...command) => run(...inside(name, command)));
    await world.set({});
  } catch (error) {
    await world.stop();
    throw error;
  }
  return world;
}

async function connect(holders, run) {
  const ip = (name, text) => run(name, 'ip', ...text.split(' '));
  await ip('router', `link add inner type veth peer name eth0 netns ${holders.home.pid}`);
  await ip('router', `link add outer type veth peer name eth0 netns ${holders.net.pid}`);
  for (const [name, link, address] of [
    ['home', 'eth0', '10.0.0.2/24'],
    ['router', 'inner', '10.0.0.1/24'],
    ['router', 'outer', '203.0.113.1/24'],
    ['net', 'eth0', '203.0.113.254/24'],
    ['net', 'lo', `${kRelay}/32`],
    ['net', 'lo', `${kSecondRelay}/32`],
  ]) {
    await ip(name, `address add ${address} dev ${link}`);
    await ip(name, `link set ${link} up`);
  }
  await ip('home', 'route add default via 10.0.0.1');
  await ip('router', 'route add default via 203.0.113.254');
  await run('router', 'sh', '-c', 'echo 1 >/proc/sys/net/ipv4/ip_forward');
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
