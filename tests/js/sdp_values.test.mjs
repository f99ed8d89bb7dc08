// Koeru.sdp: each kind of line to its typed value and back (tests/vectors/sdp/values.txt).

import assert from 'node:assert/strict';
import test from 'node:test';
import * as Koeru from '../../build/dist/koeru.mjs';
import { readValues } from './support/values.mjs';

const vectors = await readValues();
const known = vectors.filter(({ json }) => json !== undefined);

// A description in which nothing but the line stands, or with an m= line in front of it.
function sectionWith(line) {
  const description = Koeru.sdp.parse(line.startsWith('m=') ? line : `m=audio 9 RTP/AVP 0\r\n${line}`);
  return description.media[0];
}

test('every vector decodes to its JSON, strictly and leniently', async () => {
  await Koeru.sdp.ready;
  assert.ok(known.length > 100);
  for (const { line, name, json } of known) {
    for (const mode of ['strict', 'lenient']) {
      const { session } = Koeru.sdp.parse(`${line.startsWith('m=') ? 'a=x' : line}\n`, { mode });
      const section = line.startsWith('m=') ? sectionWith(line) : session;
      assert.deepEqual(section.get(name), json, line);
      assert.deepEqual(section.getAll(name), [json], line);
      assert.deepEqual(section.lines(name)[0].value, json, line);
      assert.equal(section.lines(name)[0].error, undefined);
    }
  }
});

test('every vector is written byte for byte from its JSON', async () => {
  await Koeru.sdp.ready;
  for (const { line, name, json } of known) {
    const section = Koeru.sdp.parse('v=0\r\nm=audio 9 RTP/AVP 0\r\n').media[0];
    assert.equal(section.set(name, json).text, line);
    assert.equal(section.lines(name).length, 1);
    assert.deepEqual(section.get(name), json);
  }
});

test('a value is a copy: what get() gave does not change with the line, nor the line with it', async () => {
  await Koeru.sdp.ready;
  const section = sectionWith('a=group:BUNDLE a b');
  const value = section.get('group');
  value.mids.push('c');
  assert.deepEqual(section.get('group').mids, ['a', 'b']);
  section.set('group', value);
  assert.equal(section.lines('group')[0].text, 'a=group:BUNDLE a b c');
});

test('what the registry does not know is raw text', async () => {
  await Koeru.sdp.ready;
  for (const [line, name, raw] of [
    ['a=x-unknown:1 2', 'x-unknown', '1 2'],
    ['a=x-unknown:', 'x-unknown', ''],
    ['a=x-unknown', 'x-unknown', null],
    ['a=x:y:z', 'x', 'y:z'],
    ['y=odd type', 'y=', 'odd type'],
  ]) {
    const section = sectionWith(line);
    assert.deepEqual(section.get(name), { raw }, line);
    assert.equal(section.set(name, { raw: 'other' }).text.endsWith('other'), true);
    section.set(name, section.get(name));
    if (raw !== null) {
      section.set(name, raw);
      assert.equal(section.lines(name)[0].text, line);
    }
  }
  const section = sectionWith('a=x');
  assert.equal(section.set('x-flag', true).text, 'a=x-flag');
  assert.equal(section.set('rtpmap', { raw: 'as I like it' }).text, 'a=rtpmap:as I like it');
  assert.deepEqual(Koeru.sdp.parse('no line at all').session.lines()[0].value, {
    raw: 'no line at all',
  });
});

test('every truncation of every vector is read or refused, and kept', async () => {
  await Koeru.sdp.ready;
  for (const { line } of vectors) {
    for (let end = 0; end < line.length; ++end) {
      const text = `a=x-first\n${line.slice(0, end)}`;
      const description = Koeru.sdp.parse(text);
      for (const section of [description.session, ...description.media]) {
        for (const { value, error, name } of section.lines()) {
          assert.ok(error === undefined ? value !== undefined : value === undefined, text);
          if (error) {
            assert.equal(error.name, 'ParseError');
            assert.ok(error.reason.length > 0 && error.line === 2 && error.column > 0, text);
            assert.throws(() => section.get(name), { name: 'ParseError', line: 2 });
          }
        }
      }
      assert.equal(description.toString(), text);
    }
  }
});

test('an error says line, column and field, and the next line is read all the same', async () => {
  await Koeru.sdp.ready;
  const text = 'v=0\r\ns=-\r\nm=audio 9 RTP/AVP 0\r\na=mid:\u00e4\u{1f600}\u00e4 x\r\na=rtpmap:300 A/1\r\na=mid:ok\r\n';
  const { media, errors } = Koeru.sdp.parse(text);
  assert.deepEqual(
    errors.map(({ name, line, field }) => ({ name, line, field })),
    [
      { name: 'ParseError', line: 4, field: undefined },
      { name: 'ParseError', line: 5, field: 'payloadType' },
    ],
  );
  // In UTF-16 units: behind "a=mid:" and a text of four of them.
  assert.ok(errors[0].column <= 'a=mid:\u00e4\u{1f600}\u00e4 x'.length);
  assert.match(errors[1].message, /line 5, column 10: payloadType: /);
  assert.equal(media[0].lines('mid')[1].value, 'ok');
});
