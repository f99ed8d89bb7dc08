// tests/vectors/sdp/values.txt or lenient_values.txt: lines and the JSON of their values.

import { readFile } from 'node:fs/promises';

// [{line, name, json}]; `json` is undefined for a line that the registry does not know.
export async function readValues(name = 'values.txt') {
  const file = new URL(`../../vectors/sdp/${name}`, import.meta.url);
  const rows = (await readFile(file, 'utf8')).split('\n');
  const vectors = [];
  rows.forEach((line, i) => {
    if (!/^[a-z]=/.test(line)) return;
    const json = rows[i + 1].slice(2);
    const name = line.startsWith('a=') ? /^a=([^:]*)/.exec(line)[1] : line.slice(0, 2);
    vectors.push({ line, name, json: json === 'unknown' ? undefined : JSON.parse(json) });
  });
  return vectors;
}
