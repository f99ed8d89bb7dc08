// The suite in Node: CPU time of the process, its collector's threads included.

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadPackages } from './packages.mjs';
import { runSuite } from './suite.mjs';

const root = new URL('../../../', import.meta.url);
const require = createRequire(new URL('js/package.json', root));

async function load(path) {
  const url = new URL(path, root);
  return existsSync(url) ? import(url) : undefined;
}

export async function measureInNode(offers, options) {
  const collect = globalThis.gc;
  if (!collect) throw new Error('start node with --expose-gc');
  return runSuite({
    packages: await loadPackages(load, require('sdp-transform'), require('sdp')),
    offers,
    options,
    settle: collect,
    clock() {
      const { user, system } = process.cpuUsage();
      return user + system;
    },
    usage() {
      collect();
      const { heapUsed, external, rss } = process.memoryUsage();
      return { 'used by JavaScript': heapUsed + external, resident: rss };
    },
  });
}
