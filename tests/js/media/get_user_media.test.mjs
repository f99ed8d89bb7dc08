import assert from 'node:assert/strict';
import test from 'node:test';
import { getUserMediaIn } from '../../../build/js/media/get_user_media.js';
import * as fake from '../support/fake_browsers.mjs';

const camera = { video: true };

async function failure(scope, constraints = camera, options = {}) {
  try {
    await getUserMediaIn(scope, constraints, options);
  } catch (error) {
    return error;
  }
  throw new Error('it should have failed');
}

for (const [name, browser] of Object.entries(fake.everyAge)) {
  test(`${name}: gives the stream that the browser gave, asked for once`, async () => {
    const log = [];
    const stream = await getUserMediaIn(browser('ok', log), { video: true, audio: true });
    assert.equal(stream.getVideoTracks().length, 1);
    assert.equal(stream.getAudioTracks().length, 1);
    assert.equal(log.length, 1);
    assert.equal(log[0].constraints.video, true);
  });

  test(`${name}: gives a stream as today's are, whose tracks can stop`, async () => {
    const stream = await getUserMediaIn(browser('ok'), { video: true, audio: true });
    const tracks = stream.getTracks();
    assert.deepEqual(
      tracks.map(({ kind }) => kind),
      ['audio', 'video'],
    );
    for (const track of tracks) track.stop();
    for (const track of tracks) assert.equal(track.readyState, 'ended');
  });

  test(`${name}: takes constraints that no browser of its age has seen`, async () => {
    const warnings = [];
    const video = {
      width: { min: 320, ideal: 640 },
      height: 480,
      frameRate: { exact: 30 },
      facingMode: 'environment',
      advanced: [{ width: 1280 }, { aspectRatio: { min: 1.3 } }],
    };
    const audio = { echoCancellation: true, sampleRate: 16000, noiseSuppression: { exact: false } };
    const options = { onWarning: (warning) => warnings.push(warning.constraint) };
    const stream = await getUserMediaIn(browser('ok'), { audio, video }, options);
    assert.equal(stream.getVideoTracks().length, 1);
    if (name !== 'msOnly') assert.ok(warnings.includes('sampleRate'), String(warnings));
  });

  test(`${name}: takes constraints of old pages`, async () => {
    const video = { mandatory: { minWidth: 640, maxWidth: 640 }, optional: [{ sourceId: 'back' }] };
    const options = { onWarning() {} };
    const stream = await getUserMediaIn(browser('ok'), { video }, options);
    assert.equal(stream.getVideoTracks().length, 1);
    assert.equal(stream.getAudioTracks().length, 0);
  });
}

test('calls each form on its own object, or browsers answer "Illegal invocation"', async () => {
  const log = [];
  const old = fake.chrome21('ok', log);
  const today = fake.modern('ok', log);
  await getUserMediaIn(old, camera);
  await getUserMediaIn(today, camera);
  assert.equal(log[0].self, old.navigator);
  assert.equal(log[1].self, today.navigator.mediaDevices);
});

test('Opera 12 gets options that also make a string', async () => {
  const log = [];
  await getUserMediaIn(fake.opera12('ok', log), { audio: true, video: true });
  assert.equal(String(log[0].constraints), 'video,audio');
  assert.equal(`${log[0].constraints}`, 'video,audio');
  await getUserMediaIn(fake.opera12('ok', log), { audio: true });
  assert.equal(String(log[1].constraints), 'audio');
});

test('a modern browser gets modern constraints untouched', async () => {
  const log = [];
  const constraints = { video: { width: { ideal: 640 } }, audio: false };
  await getUserMediaIn(fake.modern('ok', log), constraints);
  assert.equal(log[0].constraints.video, constraints.video);
  assert.equal(log[0].constraints.audio, false);
});

test('the string of the first draft is understood', async () => {
  const log = [];
  await getUserMediaIn(fake.modern('ok', log), 'video,audio');
  assert.deepEqual(log[0].constraints, { audio: true, video: true });
});

test('an old form that throws at once is a rejection, too', async () => {
  const scope = fake.empty();
  const original = { name: 'PermissionDeniedError', message: 'blocked' };
  scope.navigator.webkitGetUserMedia = () => {
    throw original;
  };
  const error = await failure(scope);
  assert.equal(error.name, 'NotAllowedError');
  assert.equal(error.cause, original);
});

test('a browser without any form says so', async () => {
  const error = await failure(fake.empty());
  assert.equal(error.name, 'NotSupportedError');
  assert.equal(error.advice.id, 'unsupported');
});

for (const bad of [undefined, null, 7, 'movie', {}, { audio: false, video: false }]) {
  test(`constraints ${JSON.stringify(bad)} are a TypeError that shows how to ask`, async () => {
    const error = await getUserMediaIn(fake.modern('ok'), bad).then(
      () => null,
      (e) => e,
    );
    assert.equal(error.name, 'TypeError');
    assert.match(error.message, /video: true/);
  });
}

test('nobody answers: TimeoutError, and a stream that comes later is stopped', async () => {
  const scope = fake.modern('never');
  let answer;
  scope.navigator.mediaDevices.getUserMedia = () => new Promise((resolve) => (answer = resolve));
  const error = await failure(scope, camera, { timeout: 1 });
  assert.equal(error.name, 'TimeoutError');
  assert.equal(error.advice.id, 'unanswered');
  assert.match(error.message, /1 ms/);
  const stopped = new Promise((resolve) => {
    answer({ getTracks: () => [{ stop: () => resolve('stopped') }] });
  });
  assert.equal(await stopped, 'stopped');
});

test('an answer in time is no timeout', async () => {
  const stream = await getUserMediaIn(fake.chrome21('ok'), camera, { timeout: 60_000 });
  assert.equal(stream.stopped, 0);
});

test('without onWarning the console says it once', async () => {
  const said = [];
  const browser = () => fake.firefox17('ok');
  const video = { exposureMode: 'manual' };
  for (let i = 0; i < 2; ++i) {
    const scope = browser();
    scope.console = { warn: (message) => said.push(message) };
    await getUserMediaIn(scope, { video });
  }
  assert.deepEqual(said, ['Koeru: video.exposureMode is left out: this browser does not know it']);
});
