// make bench-js with each task once: everything can be measured, and results that differ are seen.
// No number is judged: the machine may be busy. tests/browser/bench_js.test.mjs: the same in Chromium.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import * as dropIn from '../../../build/dist/sdp-transform.mjs';
import { compare, median } from '../../bench/js/measure.mjs';
import { grow } from '../../bench/js/offers.mjs';
import { makeTasks } from '../../bench/js/tasks.mjs';

const require = createRequire(new URL('../../../js/package.json', import.meta.url));
const original = require('sdp-transform');
const sdp = require('sdp');
const offer = readFileSync(
  new URL('../../vectors/sdp/chromium_video_offer.sdp', import.meta.url),
  'utf8',
);

// As much of Koeru.sdp as the task of the view asks for.
function viewOf(text) {
  const sections = sdp.splitSections(text);
  const media = sections.slice(1).map((section) => {
    const { codecs } = sdp.parseRtpParameters(section);
    return { kind: sdp.getKind(section), codecs, direction: sdp.getDirection(section) };
  });
  const written = (section, { direction }) =>
    section.replace(/\r\na=sendrecv\r\n/, `\r\na=${direction}\r\n`);
  return {
    media,
    toString: () =>
      sections[0] + sections.slice(1).map((section, i) => written(section, media[i])).join(''),
  };
}

function isStopped({ peers, check }) {
  const results = Object.entries(peers).map(([name, run]) => [name, run()]);
  try {
    check(Object.fromEntries(results));
  } catch (error) {
    return /differ/.test(error.message);
  }
  return false;
}

test('measures every row in Node, with equal results', () => {
  const main = fileURLToPath(new URL('../../bench/js/main.mjs', import.meta.url));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--expose-gc', main, '--quick', '--only=node'],
    { encoding: 'utf8', timeout: 120_000 },
  );
  assert.equal(status, 0, stderr);
  for (const row of ['parse, chromium, 9 KB', 'write, firefox, 101 KB', '100,616', '40 descr']) {
    assert.ok(stdout.includes(row), `${row} is missing in:\n${stdout}`);
  }
  assert.ok(stdout.includes('SDPUtils, read') || stdout.includes('Absent: koeru/sdp'), stdout);
  assert.ok(stdout.includes('view, chromium') || stdout.includes('Absent: the lazy view'), stdout);
});

test('stops when the results of two peers differ, and only then', () => {
  const packages = { dropIn, original, sdp, sdpUtils: sdp, view: { parse: viewOf } };
  const stoppedOf = (changes) =>
    makeTasks({ ...packages, ...changes }, { chromium: offer })
      .filter(isStopped)
      .map(({ title }) => title.replace(/, chromium.*/, ''));
  assert.deepEqual(stoppedOf({}), []);
  const broken = {
    ...dropIn,
    parse: (text) => dropIn.parse(text.replace('a=mid:1', 'a=mid:x')),
    write: (session) => dropIn.write(session).replace('VP8', 'VP9'),
  };
  assert.deepEqual(stoppedOf({ dropIn: broken }), ['parse', 'write', 'parse', 'write']);
  const sdpUtils = { ...sdp, getMid: () => '0' };
  assert.deepEqual(stoppedOf({ sdpUtils }), ['SDPUtils, read', 'SDPUtils, read']);
  const view = { parse: (text) => viewOf(text.replace('a=mid:1', 'a=mid:x')) };
  assert.deepEqual(stoppedOf({ view }), ['view', 'view']);
});

test('makes offers of any size, with mids and sources of their own', () => {
  for (const bytes of [10_000, 100_000, 1_000_000]) {
    const text = grow(offer, bytes);
    assert.ok(Math.abs(text.length - bytes) < 3000, `${text.length} bytes`);
    const { media, groups } = original.parse(text);
    const mids = new Set(media.map(({ mid }) => mid));
    assert.equal(mids.size, media.length);
    assert.equal(groups[0].mids, media.map(({ mid }) => mid).join(' '));
    const sources = media.flatMap(({ ssrcs }) => [...new Set(ssrcs.map(({ id }) => id))]);
    assert.equal(new Set(sources).size, sources.length);
  }
});

test('compares by the median of the ratios of the rounds', async () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
  let now = 0;
  const takes = (us) => () => {
    now += us;
  };
  const how = { rounds: 3, milliseconds: 1, clock: () => now, settle() {}, async pause() {} };
  const { us, ratios } = await compare({ koeru: takes(10), other: takes(25) }, how);
  assert.deepEqual(us, { koeru: 10, other: 25 });
  assert.deepEqual(ratios, { koeru: 1, other: 2.5 });
});
