// Constraints of each dialect into each other: read_constraints.ts and write_constraints.ts.

import assert from 'node:assert/strict';
import test from 'node:test';
import { readConstraints } from '../../../build/js/media/read_constraints.js';
import { writeConstraints } from '../../../build/js/media/write_constraints.js';

function read(kind, set, scope = {}) {
  const warnings = [];
  const report = (k, constraint) => warnings.push(`${k}.${constraint}`);
  const asked = readConstraints('test', scope, { [kind]: set }, report);
  return { set: asked[kind], warnings };
}

function write(dialect, kind, set, supported) {
  const warnings = [];
  const report = (k, constraint) => warnings.push(`${k}.${constraint}`);
  const written = writeConstraints({ [kind]: set }, dialect, supported, report);
  return { set: written[kind], warnings };
}

const readings = [
  ['video', { mandatory: { minWidth: 640, maxWidth: 1280 } }, { width: { min: 640, max: 1280 } }],
  ['video', { mandatory: { minAspectRatio: 1.3 } }, { aspectRatio: { min: 1.3 } }],
  ['video', { mandatory: { sourceId: 'a' } }, { deviceId: { exact: 'a' } }],
  [
    'video',
    { optional: [{ sourceId: 'a' }, { maxFrameRate: 15 }] },
    { advanced: [{ deviceId: { exact: 'a' } }, { frameRate: { max: 15 } }] },
  ],
  [
    'audio',
    { mandatory: { googEchoCancellation: false }, optional: [{ googAutoGainControl: true }] },
    { echoCancellation: { exact: false }, advanced: [{ autoGainControl: { exact: true } }] },
  ],
  ['audio', { mandatory: { echoCancellation: true } }, { echoCancellation: { exact: true } }],
  ['video', { width: { min: 640 }, require: ['width'] }, { width: { min: 640 } }],
  ['video', { facingMode: 'user', require: ['facingMode'] }, { facingMode: { exact: 'user' } }],
  [
    'video',
    { width: { min: 640 }, height: { max: 480 }, require: ['height'] },
    { height: { max: 480 }, advanced: [{ width: { min: 640 } }] },
  ],
];
for (const [kind, old, expected] of readings) {
  test(`${JSON.stringify(old)} is ${JSON.stringify(expected)}`, () => {
    const { set, warnings } = read(kind, old);
    assert.deepEqual(set, expected);
    assert.deepEqual(warnings, []);
  });
}

test('what nothing of today says is reported', () => {
  const { set, warnings } = read('audio', {
    mandatory: { googHighpassFilter: true },
    optional: [{ googTypingNoiseDetection: true }],
  });
  assert.deepEqual(set, {});
  assert.deepEqual(warnings, ['audio.googHighpassFilter', 'audio.googTypingNoiseDetection']);
});

test('capture by an extension stays as it is where Chromium takes it, else it is reported', () => {
  const old = { mandatory: { chromeMediaSource: 'desktop', chromeMediaSourceId: 'x' } };
  assert.equal(read('video', old, { navigator: { webkitGetUserMedia() {} } }).set, old);
  assert.deepEqual(read('video', old).warnings, [
    'video.chromeMediaSource',
    'video.chromeMediaSourceId',
  ]);
});

test('modern constraints are read as they are', () => {
  const set = { width: { ideal: 640 }, advanced: [{ height: 480 }] };
  assert.equal(read('video', set).set, set);
});

const writings = [
  [
    'mandatory',
    'video',
    { width: { min: 640, max: 1280 } },
    { mandatory: { minWidth: 640, maxWidth: 1280 } },
  ],
  [
    'mandatory',
    'video',
    { frameRate: { exact: 30 } },
    { mandatory: { minFrameRate: 30, maxFrameRate: 30 } },
  ],
  ['mandatory', 'video', { height: 480 }, { optional: [{ minHeight: 480 }, { maxHeight: 480 }] }],
  ['mandatory', 'video', { deviceId: { exact: 'a' } }, { mandatory: { sourceId: 'a' } }],
  ['mandatory', 'video', { deviceId: { exact: ['a'] } }, { mandatory: { sourceId: 'a' } }],
  [
    'mandatory',
    'video',
    { deviceId: ['a', 'b'] },
    { optional: [{ sourceId: 'a' }, { sourceId: 'b' }] },
  ],
  [
    'mandatory',
    'audio',
    { echoCancellation: false },
    { optional: [{ googEchoCancellation: false }] },
  ],
  [
    'mandatory',
    'audio',
    { googHighpassFilter: false },
    { optional: [{ googHighpassFilter: false }] },
  ],
  [
    'mandatory',
    'video',
    { advanced: [{ width: 1280, height: 720 }, { width: { min: 640 } }] },
    {
      optional: [
        { minWidth: 1280 },
        { maxWidth: 1280 },
        { minHeight: 720 },
        { maxHeight: 720 },
        { minWidth: 640 },
      ],
    },
  ],
  ['mandatory', 'video', {}, true],
  [
    'require',
    'video',
    { width: { min: 640, max: 1280 } },
    { width: { min: 640, max: 1280 }, require: ['width'] },
  ],
  [
    'require',
    'video',
    { width: { exact: 640 } },
    { width: { min: 640, max: 640 }, require: ['width'] },
  ],
  ['require', 'video', { width: 640 }, { advanced: [{ width: { min: 640, max: 640 } }] }],
  ['require', 'video', { facingMode: 'user' }, { advanced: [{ facingMode: 'user' }] }],
  [
    'require',
    'video',
    { width: { min: 320, ideal: 640 }, advanced: [{ height: 480 }] },
    {
      width: { min: 320 },
      require: ['width'],
      advanced: [{ width: { min: 640, max: 640 } }, { height: { min: 480, max: 480 } }],
    },
  ],
  ['require', 'video', { mediaSource: 'screen' }, { mediaSource: 'screen' }],
];
for (const [dialect, kind, modern, expected] of writings) {
  test(`${dialect}: ${JSON.stringify(modern)} is ${JSON.stringify(expected)}`, () => {
    const { set, warnings } = write(dialect, kind, modern);
    assert.deepEqual(set, expected);
    assert.deepEqual(warnings, []);
  });
}

const losses = [
  ['mandatory', 'audio', { sampleRate: 16000 }, true, ['audio.sampleRate']],
  [
    'mandatory',
    'video',
    { deviceId: { exact: ['a', 'b'] } },
    { optional: [{ sourceId: 'a' }, { sourceId: 'b' }] },
    ['video.deviceId'],
  ],
  ['require', 'video', { deviceId: 'a', zoom: 2 }, true, ['video.deviceId', 'video.zoom']],
  ['plain', 'video', { width: 640, facingMode: 'user' }, true, ['video.width', 'video.facingMode']],
];
for (const [dialect, kind, modern, expected, reported] of losses) {
  test(`${dialect}: ${JSON.stringify(modern)} loses ${reported}, and says so`, () => {
    const { set, warnings } = write(dialect, kind, modern);
    assert.deepEqual(set, expected);
    assert.deepEqual(warnings, reported);
  });
}

test('modern: what the browser does not list is reported, and still handed on', () => {
  const set = { width: 640, torch: true, zoom: undefined, advanced: [{}] };
  const { set: written, warnings } = write('modern', 'video', set, { width: true });
  assert.equal(written, set);
  assert.deepEqual(warnings, ['video.torch']);
});

test('legacy to modern and back is the same, for what both can say', () => {
  const old = { mandatory: { minWidth: 640, sourceId: 'a' }, optional: [{ maxFrameRate: 15 }] };
  assert.deepEqual(write('mandatory', 'video', read('video', old).set).set, old);
});
