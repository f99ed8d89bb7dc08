// A page of a browser that runs in one of a world's namespaces, with the two functions of
// puppeteer's Page that tests need most; and the relay in `net`.

import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { kRelay, kSecondRelay } from './world.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const program = process.env.KOERU_RELAY ?? path.join(root, 'build/bin/koeru-relay');
const client = path.join(root, 'tests/browser/support/world_client.mjs');
export const kUser = { username: 'aki', credential: 'secret' };

// Asked nicely, and then not.
export async function stop(child, ask = () => child.kill('SIGTERM')) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const hurry = setTimeout(() => child.kill('SIGKILL'), 10_000);
  const exited = once(child, 'exit');
  ask();
  await exited;
  clearTimeout(hurry);
}

// `name`: "Chromium" or "Firefox". It trusts the authority of that PEM file.
export async function openWorldPage(world, home, name, authority) {
  const child = world.spawn(home, [process.execPath, client, name, authority], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let last = 0;
  const waiting = new Map();
  const answered = (id) => new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  const started = answered(0);
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, value, error } = JSON.parse(line);
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new Error(`${name} in ${home}: ${error}`));
    else resolve(value);
  });
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error(`${name} in ${home} has ended`));
  });
  const ask = (step) => {
    const id = ++last;
    child.stdin.write(`${JSON.stringify({ id, ...step })}\n`);
    return answered(id);
  };
  await started;
  return {
    goto: (url) => ask({ goto: url }),
    // Arguments and result are JSON.
    evaluate: (run, ...args) => ask({ evaluate: run.toString(), args }),
    close: () => stop(child, () => child.stdin.end()),
  };
}

export async function startWorldRelay(world, files, state, options = []) {
  const run = async () => {
    const relay = world.spawn(
      'net',
      [
        program, '--demo', `--listening-ip=${kRelay}`, `--listening-ip=${kSecondRelay}`,
        `--relay-ip=${kRelay}`, '--https-port=443', '--http-port=80', '--tls-listening-port=5349',
        `--cert=${files.certificate}`, `--pkey=${files.key}`, `--state-dir=${state}`,
        '--lt-cred-mech', `--user=${kUser.username}:${kUser.credential}`, ...options,
      ],
      { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const printed = createInterface({ input: relay.stdout });
    await new Promise((resolve, reject) => {
      printed.on('line', (line) => line === 'ready' && resolve());
      printed.on('close', () => reject(new Error('koeru-relay did not start')));
    });
    return relay;
  };
  let relay = await run();
  return {
    // Ends it without a word, as a crash would; `start` brings it up again where it was.
    async kill() {
      const exited = once(relay, 'exit');
      relay.kill('SIGKILL');
      await exited;
    },
    async start() {
      relay = await run();
    },
    async stop() {
      await stop(relay);
    },
  };
}
