// koeru.sdp.values.d.ts against the vectors: the same names, and every vector's JSON fits its type.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { readValues } from '../support/values.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const tsc = path.join(root, 'js/node_modules/typescript/bin/tsc');
const known = (await readValues()).filter(({ json }) => json !== undefined);

test('the map of values has exactly the names of the registry', () => {
  const declarations = readFileSync(path.join(root, 'js/koeru.sdp.values.d.ts'), 'utf8');
  const [, body] = /export interface Values \{\n([^}]*)\}/.exec(declarations);
  const declared = [...body.matchAll(/^ {2}'?([\w=-]+)'?: /gm)].map(([, name]) => name);
  const registered = ['line_table.cc', 'attribute_table.cc'].flatMap((file) =>
    [...readFileSync(path.join(root, 'core/sdp', file), 'utf8').matchAll(/<(\w+)>\("/g)].map(
      ([, type]) => type,
    ),
  );
  const names = [...new Set(known.map(({ name }) => name))];
  assert.deepEqual(declared.sort(), names.sort());
  assert.equal(declared.length, registered.length);
});

// tsc on a text beside koeru.sdp.d.ts; gives what it says.
function compile(text) {
  const folder = mkdtempSync(path.join(root, 'build/sdp-types-'));
  try {
    const file = path.join(folder, 'vectors.ts');
    writeFileSync(file, text);
    const options = '--ignoreConfig --noEmit --strict --target es2020 --module esnext --moduleResolution bundler';
    execFileSync(process.execPath, [tsc, ...options.split(' '), file], { encoding: 'utf8' });
    return '';
  } catch (error) {
    return error.stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const kImport = "import * as Koeru from '../../js/koeru.js';\n";

test('the JSON of every vector fits the type of its name, strict and lenient ones', async () => {
  const lenient = await readValues('lenient_values.txt');
  assert.ok(lenient.length > 30);
  const lines = [...known, ...lenient].map(
    ({ name, json }, i) =>
      `export const v${i}: Koeru.sdp.Values[${JSON.stringify(name)}] = ${JSON.stringify(json)};`,
  );
  assert.equal(compile(kImport + lines.join('\n')), '');
});

test('get, set and the helpers are typed by name', () => {
  assert.equal(
    compile(`${kImport}
declare const pc: RTCPeerConnection;
const description = Koeru.sdp.parse('v=0');
const [media] = description.media;
export const rate: number | undefined = media?.get('rtpmap')?.clockRate;
export const raw: string | null | undefined = media?.get('x-other')?.raw;
export const ids: number[] = media!.getAll('extmap').map(({ id }) => id);
media!.set('rtpmap', { payloadType: 96, encodingName: 'VP8', clockRate: 90000 });
media!.add('candidate', { foundation: '1', priority: 1, address: '::', port: 1, type: 'host' });
media!.set('x-other', 'text').remove();
media!.lines('mid')[0]!.value = '1';
media!.direction = 'recvonly';
export const all: Koeru.sdp.Description = description.keepCodecs(['VP8']).setBandwidth('AS', 1);
export async function apply() {
  const offer = Koeru.sdp.parse(await pc.createOffer());
  await pc.setLocalDescription(offer.setOpus({ stereo: true }));
  await pc.setRemoteDescription(offer);
}
`),
    '',
  );
  for (const wrong of [
    "Koeru.sdp.parse('').session.set('mid', 1)",
    "Koeru.sdp.parse('').session.set('rtpmap', { payloadType: 96 })",
    "Koeru.sdp.parse('').session.get('mid')!.length.length",
    "Koeru.sdp.parse('').setDirection('both')",
    'Koeru.sdp.parse(1)',
  ]) {
    assert.match(compile(kImport + wrong), /error TS/, wrong);
  }
});
