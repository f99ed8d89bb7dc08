// Koeru.diagnose behind NATs and firewalls: its verdict names the world that it is in.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { makeAuthority } from './support/authority.mjs';
import { oneOf } from './support/browsers.mjs';
import { kName, kRelay, kSecondRelay, makeWorld } from './support/world.mjs';
import { kUser, openWorldPage, startWorldRelay, stop } from './support/world_page.mjs';

const kLimit = { timeout: 400_000 };
// Chromium does not look into the hosts file for names over UDP.
const udp = `turn:${kRelay}:3478?transport=udp`;
const tcp = `turn:${kName}:3478?transport=tcp`;
const tls = `turns:${kName}:443?transport=tcp`;
const otherTls = `turns:${kName}:5349?transport=tcp`;
const all = [{ urls: [udp, tcp, tls], ...kUser }];
const quick = { calls: false, timeout: 8_000 };
// In `make test` three worlds, in `make test-all` seven.
const isWhole = process.env.KOERU_ALL !== undefined;

// A TLS server with a certificate that nobody trusts, as a proxy that opens connections has.
async function startProxy(world, folder) {
  const pem = path.join(folder, 'proxy.pem');
  await new Promise((resolve, reject) => {
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${kName}`, '-days', '2'];
    execFile('openssl', [...made, '-keyout', pem, '-out', pem], (e) => (e ? reject(e) : resolve()));
  });
  const command = ['openssl', 's_server', '-accept', '5350', '-cert', pem, '-key', pem, '-quiet'];
  return world.spawn('router', command, { stdio: ['pipe', 'ignore', 'ignore'] });
}

async function prepare() {
  // With the camera's permission browsers show which socket a mapping belongs to.
  await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
  // Loaded while the network is there: it is for when the network is not.
  const script = Object.assign(document.createElement('script'), { src: '/koeru.diagnose.js' });
  const loaded = new Promise((resolve) => (script.onload = resolve));
  document.head.append(script);
  await loaded;
}

for (const [name] of oneOf('Chromium')) {
  test(`${name}: worlds`, kLimit, async (t) => {
    const ending = [];
    t.after(async () => {
      for (const end of ending.reverse()) await end();
    });
    const folder = await mkdtemp(path.join(os.tmpdir(), 'koeru-doctor-'));
    ending.push(() => rm(folder, { recursive: true, force: true }));
    const files = await makeAuthority([kName]);
    ending.push(files.remove);
    const world = await makeWorld();
    ending.push(world.stop);
    const relay = await startWorldRelay(world, files, folder);
    ending.push(relay.stop);
    const proxy = await startProxy(world, folder);
    ending.push(() => stop(proxy));
    const page = await openWorldPage(world, 'home', name, files.authority);
    ending.push(page.close);
    await page.goto(`https://${kName}/camera.html`);
    await page.evaluate(prepare);

    const diagnose = async (rules, options) => {
      await world.set(rules);
      return page.evaluate((given) => Koeru.diagnose(given), { ...quick, ...options });
    };
    const idsOf = ({ verdict }) => verdict.map(({ id, level }) => `${level} ${id}`);
    const isWorld = (report, ids) => assert.deepEqual(idsOf(report), ids, JSON.stringify(report, null, 1));

    await t.test('nothing in the way, one address for all destinations', async () => {
      const stun = { urls: [`stun:${kRelay}:3478`, `stun:${kSecondRelay}:3478`] };
      const report = await diagnose({}, { iceServers: [stun, ...all], calls: true });
      isWorld(report, ['good good']);
      assert.equal(report.mapping.kind, 'independent', JSON.stringify(report.mapping));
      for (const { url, isRelay, call } of report.servers) assert.ok(!isRelay || call.isConnected, url);
    });

    await t.test('a symmetric NAT, and no relay', async () => {
      const urls = [`stun:${kRelay}:3478`, `stun:${kSecondRelay}:3478`];
      const report = await diagnose({ nat: 'symmetric' }, { iceServers: [{ urls }] });
      isWorld(report, ['bad symmetric-without-relay', 'warning no-relay']);
    });

    if (isWhole) {
      await t.test('UDP is blocked', async () => {
        const report = await diagnose({ firewall: ['meta l4proto udp drop'] }, { iceServers: all });
        isWorld(report, ['warning udp-blocked', 'good good']);
      });
    }

    await t.test('only port 443 is open', async () => {
      const firewall = ['ct state established accept', 'tcp dport 443 accept', 'drop'];
      isWorld(await diagnose({ firewall }, { iceServers: all }), ['warning only-443', 'good good']);
    });

    if (isWhole) {
      await t.test('TLS is intercepted', async () => {
        const redirect = ['tcp dport 5349 redirect to :5350'];
        const report = await diagnose({ redirect }, { iceServers: [{ urls: [tcp, otherTls], ...kUser }] });
        isWorld(report, ['warning tls-intercepted', 'good good']);
      });
    }

    if (isWhole) {
      await t.test('a server that is down', async () => {
        const gone = { urls: ['turn:198.51.100.9:3478?transport=udp', 'turn:198.51.100.9:3478?transport=tcp'] };
        isWorld(await diagnose({}, { iceServers: [{ ...gone, ...kUser }] }), ['bad server-down']);
      });
    }

    if (isWhole) {
      await t.test('no network', async () => {
        isWorld(await diagnose({ firewall: ['drop'] }, { iceServers: all }), ['bad no-network']);
      });
    }
  });
}
