// Koeru.sdp: nothing is lost, and an edit touches its own line only.

import assert from 'node:assert/strict';
import test from 'node:test';
import * as Koeru from '../../build/dist/koeru.mjs';
import { newSeed, randomFrom } from './support/random.mjs';
import { readDescriptions } from './support/vectors.mjs';

const offers = await readDescriptions();
const kUnits = ['\r', '\n', '\r\n', '=', 'a=', 'm=', '\nm=', 'v=0', ':', ' ', '\0', 'ä', '\ud800', '\udc00', '96'];

// Lines as they stand in a text, each with its ending.
function linesOf(text) {
  return text.split(/(?<=\n)/);
}

test('an unedited description is the text that was parsed', () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  for (const { text } of offers) assert.equal(Koeru.sdp.parse(text).toString(), text);
  for (let i = 0; i < 500; ++i) {
    const text = random.text(kUnits, 0, 40);
    const description = Koeru.sdp.parse(text);
    assert.equal(description.toString(), text);
    const sections = [description.session, ...description.media];
    assert.equal(sections.join(''), text, `seed ${seed}`);
    const lines = sections.flatMap((section) => section.lines());
    assert.deepEqual(
      lines.map((line) => line.text),
      linesOf(text)
        .filter(Boolean)
        .map((line) => line.replace(/\r?\n?$/, '')),
      `seed ${seed}: ${JSON.stringify(text)}`,
    );
    assert.deepEqual(lines.map((line) => line.number), lines.map((_, n) => n + 1));
    assert.equal(description.media.every((section) => /^m=/.test(section)), true);
  }
});

test('sections begin at m= lines', () => {
  for (const { text } of offers) {
    const { media, session } = Koeru.sdp.parse(text);
    assert.equal(media.length, text.match(/^m=/gm).length);
    // RFC 5576 and RFC 8853 show sections without their session.
    assert.ok(text.startsWith('m=') ? `${session}` === '' : `${session}`.startsWith('v=0\r\n'));
  }
  assert.equal(Koeru.sdp.parse('').media.length, 0);
  assert.equal(Koeru.sdp.parse('m=a\nm=b').media.length, 2);
  assert.equal(`${Koeru.sdp.parse('m=a\nm=b').session}`, '');
});

test('random edits of one line keep all the others', async () => {
  await Koeru.sdp.ready;
  const seed = newSeed();
  const random = randomFrom(seed);
  for (let i = 0; i < 150; ++i) {
    const text = random.next(2) ? random.one(offers).text : `v=0\n${random.text(kUnits, 0, 60)}`;
    const description = Koeru.sdp.parse(text);
    const section = random.one([description.session, ...description.media]);
    const lines = section.lines();
    if (lines.length < 2) continue;
    const line = lines[1 + random.next(lines.length - 1)];
    const before = linesOf(text);
    const at = line.number - 1;
    const ending = /\r?\n?$/.exec(before[at])[0];
    const old = line.text;
    if (/\r/.test(old)) continue;
    line.text = 'a=x-new:1';
    assert.equal(line.text, 'a=x-new:1');
    before[at] = `a=x-new:1${ending}`;
    assert.equal(description.toString(), before.join(''), `seed ${seed}`);
    line.text = old;
    assert.equal(description.toString(), text, `seed ${seed}`);
    line.remove();
    before.splice(at, 1);
    assert.equal(description.toString(), before.join(''), `seed ${seed}`);
    assert.throws(() => line.remove(), { name: 'InvalidStateError' });
    assert.throws(() => line.number, { name: 'InvalidStateError' });
    // Those that were handed out are still the same.
    const rest = lines.filter((other) => other !== line);
    assert.deepEqual(section.lines().map(({ text }) => text), rest.map(({ text }) => text));
    const added = section.add('x-more', true);
    const now = linesOf(description.toString());
    assert.equal(now[added.number - 1].replace(/\r?\n?$/, ''), 'a=x-more', `seed ${seed}`);
    now.splice(added.number - 1, 1);
    const trimmed = [now, before].map((all) => all.join('').replace(/\r?\n?$/, ''));
    assert.equal(trimmed[0], trimmed[1], `seed ${seed}`);
  }
});

test('a CR at the very end is half an ending, and never becomes part of its line', async () => {
  await Koeru.sdp.ready;
  for (const text of ['v=0\r\ns=-\r', 'v=0\ns=-\r', 's=-\r']) {
    for (const edit of [(d) => d.session.add('inactive', true), (d) => d.session.setDirection('inactive')]) {
      const description = Koeru.sdp.parse(text);
      const line = description.session.lines().pop();
      edit(description);
      assert.equal(description.toString(), `${text}\na=inactive`);
      assert.equal(line.text, 's=-');
    }
  }
});

test('the ending of a new line is that of its neighbours', () => {
  for (const [text, expected] of [
    ['v=0\r\ns=-\r\n', 'v=0\r\ns=-\r\na=inactive\r\n'],
    ['v=0\ns=-\n', 'v=0\ns=-\na=inactive\n'],
    ['v=0\r\ns=-', 'v=0\r\ns=-\r\na=inactive'],
    ['v=0\ns=-', 'v=0\ns=-\na=inactive'],
    ['v=0', 'v=0\r\na=inactive'],
    ['', 'a=inactive\r\n'],
    ['m=a\nm=b\n', 'a=inactive\nm=a\nm=b\n'],
    ['v=0\r\n\r\n', 'v=0\r\na=inactive\r\n\r\n'],
  ]) {
    const description = Koeru.sdp.parse(text);
    description.session.direction = 'inactive';
    assert.equal(description.toString(), expected, JSON.stringify(text));
    description.session.lines('inactive')[0].remove();
    assert.equal(description.toString().replace(/\r?\n$/, ''), text.replace(/\r?\n$/, ''));
  }
});
