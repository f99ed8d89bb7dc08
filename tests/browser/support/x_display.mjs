// A screen in memory: what is shared when a browser without a window has nothing to share.

import { spawn } from 'node:child_process';
import { once } from 'node:events';

// {name, width, height}; stop() at the end.
export async function openDisplay({ width = 800, height = 600 } = {}) {
  // It chooses a number that is free and says which.
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp', '-noreset'],
    { stdio: ['ignore', 'ignore', 'inherit', 'pipe'] },
  );
  const missing = once(server, 'error').then(([error]) => {
    throw new Error(`Xvfb is missing: install it (third_party/packages.txt): ${error.message}`);
  });
  const ended = once(server, 'exit').then(([code]) => {
    throw new Error(`Xvfb ended with ${code}`);
  });
  const [number] = await Promise.race([once(server.stdio[3], 'data'), missing, ended]);
  ended.catch(() => {});
  return {
    name: `:${String(number).trim()}`,
    width,
    height,
    async stop() {
      const exited = once(server, 'exit');
      server.kill('SIGTERM');
      await exited;
    },
  };
}
