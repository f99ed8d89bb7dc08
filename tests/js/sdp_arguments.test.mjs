// Koeru.sdp: wrong arguments. Each is an error that names the function and says what to pass, and
// none is taken for something else in silence.

import assert from 'node:assert/strict';
import test from 'node:test';
import * as Koeru from '../../build/dist/koeru.mjs';
import { readDescriptions } from './support/vectors.mjs';

const { text: offer } = (await readDescriptions()).find(
  ({ name }) => name === 'chromium_video_offer.sdp',
);
const circular = { value: null };
circular.value = circular;
// What is no text, no number that can be written, and nothing that was left out.
const kNonsense = [null, NaN, Infinity, {}, [], [undefined], circular, () => 1, Symbol('s')];
const kLong = '\n\xFF'.repeat(1 << 19);

// `call` throws a TypeError or a ParseError of ours, short enough to be read, and changes nothing.
function assertRefused(call, message, description, what = call) {
  const before = description.toString();
  let error;
  try {
    call();
  } catch (thrown) {
    error = thrown;
  }
  const said = `${what}: ${error}`.slice(0, 1000);
  assert.match(String(error?.name), /^(TypeError|ParseError)$/, said);
  assert.match(error.message, /^Koeru\./, said);
  assert.match(error.message, message, said);
  assert.ok(error.message.length < 400, said);
  assert.equal(description.toString(), before);
}

test('nonsense for a name or a value is refused by every function that takes one', async () => {
  await Koeru.sdp.ready;
  const description = Koeru.sdp.parse(offer);
  const section = description.section('0');
  const codec = section.codecs[0];
  const calls = [
    (x) => section.get(x),
    (x) => section.getAll(x),
    (x) => section.set(x, 'x'),
    (x) => section.add(x, 'x'),
    (x) => section.remove(x),
    (x) => section.set('mid', x),
    (x) => section.set('x-note', x),
    (x) => section.add('rtpmap', { payloadType: 1, encodingName: x, clockRate: 1 }),
    (x) => (section.lines('rtpmap')[0].value = x),
    (x) => (section.direction = x),
    (x) => section.setDirection(x),
    (x) => codec.setParameter(x, 1),
    (x) => section.setFmtp(111, { x }),
    (x) => section.setFmtp(x, { x: 1 }),
    (x) => section.removeFmtp(111, [x]),
    (x) => section.keepCodecs([x]),
    (x) => section.reorderCodecs([x]),
    (x) => section.setBandwidth(x, 1),
    (x) => section.setOpus({ stereo: x }),
    (x) => section.setSimulcast('send', [x]),
    (x) => section.setSimulcast('send', [{ rid: '1', restrictions: { 'max-fps': x } }]),
    (x) => section.removeCandidates({ type: x }),
    (x) => section.addCandidate(x),
    (x) => Koeru.sdp.parse(offer, { mode: x }),
    (x) => Koeru.sdp.lint(offer, { mode: x }),
    (x) => Koeru.sdp.parse(x),
    (x) => Koeru.sdp.diff(offer, x),
    (x) => codec.parameter(x),
  ];
  for (const call of calls) {
    for (const x of kNonsense) {
      assertRefused(() => call(x), /\w/, description, `${call} of ${String(x?.value ? 'circular' : x)}`);
    }
  }
  for (const call of calls.slice(0, 20)) {
    assertRefused(() => call(kLong), /\w/, description, `${call} of 1 MB`);
  }
});

test('what would remove lines takes null, or nothing, and no nonsense for it', async () => {
  await Koeru.sdp.ready;
  const description = Koeru.sdp.parse(offer);
  const section = description.section('0');
  for (const x of [NaN, 0, '', false, {}, Symbol('s')]) {
    for (const [call, message] of [
      [() => (section.codecs[0].parameters = x), /codec\.parameters: needs an array/],
      [() => section.setSimulcast('send', x), /needs an array/],
      [() => section.remove('rtpmap', x), /needs a function/],
    ]) {
      assertRefused(call, message, description);
    }
  }
  for (const x of [undefined, '', true, NaN, {}]) {
    assertRefused(() => section.setBandwidth('AS', x), /setBandwidth/, description);
  }
  assertRefused(() => section.removeCandidates(null), /needs an object/, description);
  assertRefused(() => section.removeCandidates('host'), /needs an object/, description);
});

test('a mode or type that is misspelt or misplaced is not taken for the default', async () => {
  await Koeru.sdp.ready;
  assert.throws(() => Koeru.sdp.parse(offer, 'strict'), /needs an object such as \{ mode/);
  assert.throws(() => Koeru.sdp.lint(offer, 'offer'), /needs an object such as \{ mode/);
  assert.throws(() => Koeru.sdp.lint(offer, { mode: 'Strict' }), /got "Strict"/);
  assert.throws(() => Koeru.sdp.lint(offer, { type: 'offre' }), /"pranswer", got "offre"/);
  assert.throws(() => Koeru.sdp.parse(offer).lint({ type: 1 }), /"pranswer", got 1/);
  assert.deepEqual(Koeru.sdp.lint({ type: 'rollback', sdp: offer }), Koeru.sdp.lint(offer));
  assert.deepEqual([offer].map(Koeru.sdp.parse).join(), offer);
});

test('a line type has a text, and is not turned into an attribute without a value', async () => {
  await Koeru.sdp.ready;
  const description = Koeru.sdp.parse(offer);
  for (const [name, value] of [['w=', true], ['s=', { raw: null }], ['x-y', null]]) {
    assertRefused(() => description.session.set(name, value), /needs|is missing/, description);
    assertRefused(() => description.session.add(name, value), /needs|is missing/, description);
  }
  assert.equal(description.session.set('x-y', true).text, 'a=x-y');
  assert.equal(description.session.set('x-y', { raw: null }).text, 'a=x-y');
});

test('a line without a name is edited by its text alone', async () => {
  await Koeru.sdp.ready;
  const description = Koeru.sdp.parse('no line\na=:no name\nv=0\n');
  for (const line of description.session.lines().slice(0, 2)) {
    assert.equal(line.name, '');
    assertRefused(() => (line.value = line.value), /set its `text`/, description);
    line.text = 'a=x';
  }
  assert.equal(description.toString(), 'a=x\na=x\nv=0\n');
});

test('a candidate for no section that there is does not land in another', async () => {
  await Koeru.sdp.ready;
  const candidate = 'candidate:1 1 udp 1 192.0.2.1 5 typ host';
  const description = Koeru.sdp.parse(offer);
  for (const [given, message] of [
    [candidate, /of which media section\?.*sdpMid/],
    [{ candidate, sdpMid: null, sdpMLineIndex: null }, /of which media section\?/],
    [{ candidate, sdpMid: 'zz' }, /no media section has the mid "zz"/],
    [{ candidate, sdpMLineIndex: 2 }, /no media section has the index 2/],
    [null, /needs a candidate, or "" when no more will come, got null/],
    [{ candidate: '', sdpMid: 'zz' }, /no media section has the mid "zz"/],
  ]) {
    assertRefused(() => description.addCandidate(given), message, description);
  }
  description.addCandidate({ candidate: '', sdpMid: '1' });
  assert.deepEqual(
    description.media.map((section) => section.lines('end-of-candidates').length),
    [0, 1],
  );
  description.addCandidate('');
  assert.equal(description.media[0].lines('end-of-candidates').length, 1);
});

test('what a candidate tells of its extensions is no second place to change them', async () => {
  await Koeru.sdp.ready;
  const text = 'candidate:1 1 tcp 1 192.0.2.1 9 typ host tcptype active generation 0 ufrag ab';
  const description = Koeru.sdp.parse(`m=audio 9 RTP/AVP 0\r\na=${text}\r\n`);
  const [section] = description.media;
  const value = section.get('candidate');
  assert.equal(value.generation, 0);
  assert.equal(section.set('candidate', value).text, `a=${text}`);
  for (const other of [{ generation: 1 }, { tcpType: 'so' }, { usernameFragment: 'cd' }, { networkId: 1 }]) {
    const edited = { ...value, ...other };
    const message = /is told by `extensions`: write (generation|tcptype|ufrag|network-id) there/;
    assertRefused(() => section.set('candidate', edited), message, description);
    assertRefused(() => Koeru.candidate.format(edited), message, description);
    assertRefused(() => section.addCandidate(edited), message, description);
  }
  value.extensions[1].value = '7';
  value.generation = 7;
  assert.equal(section.set('candidate', value).text, `a=${text.replace('generation 0', 'generation 7')}`);
});

test('load() refuses what is no module, instead of taking the slow stand-in for it', async () => {
  for (const source of [null, 7, true, {}, [], Promise.resolve(), Symbol('s')]) {
    // Both were loaded before, so that the source is not looked at: a module of its own is needed.
    const fresh = await import(`../../build/dist/koeru.mjs?${kNonsense.length}`);
    for (const load of [fresh.load, fresh.sdp.load]) {
      await assert.rejects(load(source), /Koeru\.load\(source\): needs a URL.*, got \w+/);
    }
    assert.equal(fresh.engine, undefined);
  }
});
