// Koeru.sdp: what set() takes, get() gives back. Values are the vectors' with random changes.

import assert from 'node:assert/strict';
import test from 'node:test';
import * as Koeru from '../../build/dist/koeru.mjs';
import { newSeed, randomFrom } from './support/random.mjs';
import { readValues } from './support/values.mjs';

const vectors = (await readValues()).filter(({ json }) => json !== undefined);
const kTexts = ['a', 'Z', '0', '7', '10', '-', '_', '.', ':', ';', '=', '/', ',', ' ', '~', '"', '[', ']', '*', 'ä', '\u{1f600}', '\t', '\0'];

// One leaf, member or item of the value is another; the value itself stays as it is.
function mutated(random, value) {
  if (typeof value === 'string') {
    return random.next(3) ? random.text(kTexts.slice(0, 8), 1, 5) : random.text(kTexts, 1, 5);
  }
  if (typeof value === 'number') return random.next(random.next(2) ? 100 : 2 ** 32);
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const copy = value.slice();
    const at = random.next(copy.length + 1);
    if (at === copy.length) return copy.concat(copy.slice(-1));
    if (!random.next(4)) copy.splice(at, 1);
    else copy[at] = mutated(random, copy[at]);
    return copy;
  }
  const copy = { ...value };
  const key = random.one(Object.keys(copy));
  if (!random.next(5)) delete copy[key];
  else copy[key] = mutated(random, copy[key]);
  return copy;
}

// Of a candidate: what its other members are made of.
const kCandidate = ['foundation', 'component', 'transport', 'priority', 'address', 'port', 'type', 'relatedAddress', 'relatedPort', 'extensions'];

function isThere(value) {
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

// Numbers may be given as text; what is empty may be left out.
function comparable(name, value) {
  if (Array.isArray(value)) return value.map((item) => comparable('', item)).filter(isThere);
  if (typeof value !== 'object') return String(value);
  const whole = name === 'candidate' ? { component: 1, transport: 'udp', ...value } : value;
  const keys = name === 'candidate' ? kCandidate : Object.keys(value);
  const there = keys.filter((key) => whole[key] !== undefined && whole[key].length !== 0);
  // "a=rtcp-xr:" has nothing to tell but that it is there.
  if (name && there.length === 0) return 'true';
  return Object.fromEntries(there.map((key) => [key, comparable('', whole[key])]));
}

test('get(set(x)) is x for random values, or set refuses and says which field', async () => {
  await Koeru.sdp.ready;
  const seed = newSeed();
  const random = randomFrom(seed);
  let written = 0;
  let refused = 0;
  for (const { name, json } of vectors.flatMap((vector) => Array(12).fill(vector))) {
    let value = mutated(random, json);
    if (random.next(2)) value = mutated(random, value);
    const shown = `seed ${seed}: ${name} ${JSON.stringify(value)}`;
    const description = Koeru.sdp.parse('v=0\r\nm=audio 9 RTP/AVP 0\r\na=x-last\r\n');
    const section = name.endsWith('=') && name !== 'm=' ? description.session : description.media[0];
    const before = description.toString();
    try {
      section.set(name, value);
      ++written;
    } catch (error) {
      assert.equal(error.name, 'ParseError', `${shown}: ${error}`);
      assert.equal(description.toString(), before, shown);
      ++refused;
      continue;
    }
    const again = Koeru.sdp.parse(description.toString());
    assert.deepEqual(again.errors, [], shown);
    const there = section === description.session ? again.session : again.media[0];
    assert.deepEqual(comparable(name, there.get(name)), comparable(name, value), shown);
  }
  assert.ok(written > 300 && refused > 100, `seed ${seed}: ${written} written, ${refused} refused`);
});

// Adds random values to a section, and notes by name what it took.
function fill(random, section) {
  const taken = new Map();
  for (let i = random.next(25); i > 0; --i) {
    const { name, json } = random.one(vectors);
    if (name === 'm=') continue;
    const value = random.next(3) ? json : mutated(random, json);
    try {
      section.add(name, value);
    } catch {
      continue; // the test above looks at refusals
    }
    taken.set(name, (taken.get(name) ?? []).concat([comparable(name, value)]));
  }
  return taken;
}

const inOrder = (values) => values.map((value) => JSON.stringify(value)).sort();

test('parse(write(x)) is x for generated documents', async () => {
  await Koeru.sdp.ready;
  const seed = newSeed();
  const random = randomFrom(seed);
  let lines = 0;
  for (let i = 0; i < 60; ++i) {
    const end = random.one(['\r\n', '\n']);
    const heads = Array.from({ length: random.next(5) }, () => `m=audio 9 RTP/AVP 0${end}`);
    const description = Koeru.sdp.parse(`a=x-first${end}${heads.join('')}`);
    const taken = [description.session, ...description.media].map((section) => fill(random, section));
    const text = description.toString();
    const again = Koeru.sdp.parse(text);
    const shown = `seed ${seed}, document ${i}:\n${text}`;
    assert.equal(again.media.length, heads.length, shown);
    assert.deepEqual(again.errors, [], shown);
    [again.session, ...again.media].forEach((section, at) => {
      for (const [name, values] of taken[at]) {
        const there = section.getAll(name).map((value) => comparable(name, value));
        assert.deepEqual(inOrder(there), inOrder(values), `${name} in ${shown}`);
        lines += values.length;
      }
    });
    assert.deepEqual(Koeru.sdp.diff(description, again), [], shown);
    assert.equal(again.toString(), text);
  }
  assert.ok(lines > 300, `seed ${seed}: ${lines} lines`);
});
