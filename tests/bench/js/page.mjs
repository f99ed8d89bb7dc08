// The suite in a page: its driver is in_chromium.mjs.

import original from '/build/originals/sdp-transform.mjs';
import sdp from '/build/originals/sdp.mjs';
import { loadPackages } from './packages.mjs';
import { runSuite } from './suite.mjs';

async function load(path) {
  const isThere = (await fetch(`/${path}`, { method: 'HEAD' })).ok;
  return isThere ? import(`/${path}`) : undefined;
}

globalThis.measure = async (offers, options) =>
  runSuite({
    packages: await loadPackages(load, original, sdp),
    offers,
    options,
    settle: globalThis.gc,
    clock: () => performance.now() * 1000,
    usage() {
      globalThis.gc();
      return { 'used by JavaScript': performance.memory.usedJSHeapSize };
    },
  });

// Milliseconds until koeru.wasm is compiled, without the time of the network, and then until the
// first result is there.
globalThis.measureStart = async () => {
  const Koeru = await import('/build/dist/koeru.mjs');
  const bytes = await (await fetch('/build/dist/koeru.wasm')).arrayBuffer();
  const start = performance.now();
  await Koeru.load(bytes);
  const compiled = performance.now();
  if (Koeru.sdp && Koeru.sdp.parse) Koeru.sdp.parse(globalThis.offer).media[0].kind.toString();
  else Koeru.candidate.parse('candidate:1 1 udp 2122194687 192.0.2.1 40726 typ host');
  return { compile: compiled - start, first: performance.now() - compiled };
};
