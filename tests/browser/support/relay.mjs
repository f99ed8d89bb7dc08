// Starts the real koeru-relay in demo mode on ports that are free, and stops it again.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const kProgram = process.env.KOERU_RELAY ?? path.join(root, 'build/bin/koeru-relay');

// Below Linux's range of ephemeral ports, so that no client's socket takes it before the relay does.
export async function freePort(taken = []) {
  for (let tries = 0; tries < 100; ++tries) {
    const port = 10000 + Math.floor(Math.random() * 6000);
    if (taken.includes(port)) continue;
    const server = createServer();
    const listens = await new Promise((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!listens) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
  throw new Error('no port between 10000 and 16000 is free');
}

// Rejects with what the relay printed when it does not get ready within 20 s.
export async function startRelay(options = []) {
  if (!existsSync(kProgram)) throw new Error(`${kProgram} is missing: run \`make build\` first`);
  const state = await mkdtemp(path.join(os.tmpdir(), 'koeru-relay-'));
  const ports = {};
  for (const use of ['stun', 'tls', 'https', 'http']) {
    ports[use] = await freePort(Object.values(ports));
  }
  const run = () =>
    start([
      '--demo',
      `--listening-port=${ports.stun}`,
      `--tls-listening-port=${ports.tls}`,
      `--https-port=${ports.https}`,
      `--http-port=${ports.http}`,
      `--state-dir=${state}`,
      ...options,
    ]);
  let running = await run();
  return {
    ports,
    output: running.output,
    origin: `https://localhost:${ports.https}`,
    stats: () => getJson(`https://localhost:${ports.https}/stats.json`),
    // Ends it without a word, as a crash would, and starts it again where it was.
    async restart() {
      running.child.kill('SIGKILL');
      await running.exited;
      running = await run();
    },
    async stop() {
      const { child, exited } = running;
      child.kill('SIGTERM');
      const hurry = setTimeout(() => child.kill('SIGKILL'), 10_000);
      const code = await exited;
      clearTimeout(hurry);
      await rm(state, { recursive: true, force: true });
      return code;
    },
  };
}

async function start(args) {
  const child = spawn(kProgram, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  return { child, exited, output: await ready(child) };
}

function ready(child) {
  return new Promise((resolve, reject) => {
    let text = '';
    const fail = (why) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`koeru-relay ${why}:\n${text}`));
    };
    const timer = setTimeout(() => fail('was not ready within 20 s'), 20_000);
    const read = (data) => {
      text += data;
      if (!/^ready$/m.test(text)) return;
      clearTimeout(timer);
      resolve(text);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => fail(`ended with ${code}`));
  });
}

function getJson(url) {
  return new Promise((resolve, reject) => {
    const request = https.get(url, { rejectUnauthorized: false, timeout: 5000 }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part) => (text += part));
      response.on('end', () => {
        if (response.statusCode === 200) resolve(JSON.parse(text));
        else reject(new Error(`${url}: HTTP ${response.statusCode}`));
      });
    });
    request.on('timeout', () => request.destroy(new Error(`${url}: no answer within 5 s`)));
    request.on('error', reject);
  });
}
