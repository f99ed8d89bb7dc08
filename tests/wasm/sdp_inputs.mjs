// Inputs for koeru_sdp_decode and koeru_sdp_encode: every vector of tests/vectors/sdp, each cut short
// everywhere, and each with bytes changed.

import { readFileSync } from 'node:fs';

const kVectors = new URL('../vectors/sdp/', import.meta.url);

// { line, json } of values.txt or lenient_values.txt.
export function sdpValues(name) {
  const values = [];
  for (const line of readFileSync(new URL(name, kVectors), 'utf8').split('\n')) {
    if (!line || line.startsWith('#')) continue;
    const last = values[values.length - 1];
    if (!line.startsWith('  ')) values.push({ line });
    else if (!last.json) last.json = line.slice(2);
  }
  return values;
}

// [path, value, path, value, ...] as wasm/koeru_abi.h wants them.
export function leavesOf(value, path = '') {
  if (Array.isArray(value)) return value.flatMap((item, i) => leavesOf(item, `${path}[${i}]`));
  if (value === null || typeof value !== 'object') return [path, String(value)];
  return Object.entries(value).flatMap(([name, item]) =>
    leavesOf(item, path ? `${path}.${name}` : name),
  );
}

const nameOf = (line) => (line.startsWith('a=') ? /^a=([^:]*)/.exec(line)[1] : line.slice(0, 2));

function changed(line, next) {
  const bytes = Buffer.from(line);
  for (let n = next(3); n >= 0; --n) bytes[next(bytes.length)] = next(256);
  return bytes;
}

// Adds calls through add(operation, values); `next(limit)` is the source of changes.
export function addSdpInputs(add, next) {
  for (const { line, json } of [...sdpValues('values.txt'), ...sdpValues('lenient_values.txt')]) {
    const cut = Array.from({ length: line.length }, (_, size) => line.slice(0, size));
    const bad = Array.from({ length: 24 }, () => changed(line, next));
    for (const mode of ['strict', 'lenient']) {
      add('sdp_decode', [mode, line]);
      add('sdp_decode', [mode, ...cut]);
      add('sdp_decode', [mode, ...bad]);
    }
    if (json === 'unknown') continue;
    const leaves = leavesOf(JSON.parse(json));
    add('sdp_encode', [nameOf(line), ...leaves]);
    for (let i = 1; i < leaves.length; i += 2) {
      const other = [...leaves];
      other[i] = next(2) ? changed(`${other[i]}x`, next) : '';
      add('sdp_encode', [nameOf(line), ...other]);
      add('sdp_encode', [nameOf(line), ...leaves.filter((_, at) => at !== i && at !== i - 1)]);
    }
  }
}
