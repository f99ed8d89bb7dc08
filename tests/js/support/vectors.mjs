// The vectors of tests/vectors/sdp, in Node and in browsers (where the harness stands in for node:fs).

import { readdir, readFile } from 'node:fs/promises';

const folder = new URL('../../vectors/sdp/', import.meta.url);

// [{name, text}] of every offer and answer, by name.
export async function readDescriptions() {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sdp')).sort();
  return Promise.all(
    names.map(async (name) => ({ name, text: await readFile(new URL(name, folder), 'utf8') })),
  );
}
