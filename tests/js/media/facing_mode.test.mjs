import assert from 'node:assert/strict';
import test from 'node:test';
import { getUserMediaIn } from '../../../build/js/media/get_user_media.js';
import * as fake from '../support/fake_browsers.mjs';

async function told(browser, facingMode, more = {}) {
  const log = [];
  const warnings = [];
  const scope = browser('ok', log);
  if (more.devices) scope.navigator.mediaDevices.enumerateDevices = async () => more.devices;
  if (more.sources) scope.MediaStreamTrack = { getSources: (done) => done(more.sources) };
  await getUserMediaIn(
    scope,
    { video: { facingMode } },
    { onWarning: ({ constraint }) => warnings.push(constraint) },
  );
  return { video: log[0].constraints.video, warnings };
}

const labels = (...names) =>
  names.map((label, i) => ({ deviceId: `id${i}`, kind: 'videoinput', label, groupId: '' }));
// A browser of today that does not know facingMode.
const unknowing = (answer, log) =>
  fake.modern(answer, log, { supported: ['width', 'height', 'deviceId'] });

test('Chrome 30: getSources tells which way a camera faces', async () => {
  assert.deepEqual((await told(fake.chrome30, 'environment')).video, {
    optional: [{ sourceId: 'back' }],
  });
  assert.deepEqual((await told(fake.chrome30, { exact: 'user' })).video, {
    mandatory: { sourceId: 'front' },
  });
});

test('a browser that does not know facingMode: the label tells', async () => {
  const back = await told(unknowing, { exact: 'environment' });
  assert.deepEqual(back.video, { deviceId: { exact: 'back' } });
  const front = await told(unknowing, 'user');
  assert.deepEqual(front.video, { deviceId: 'front' });
  assert.deepEqual(front.warnings, []);
});

test('labels in Japanese', async () => {
  const devices = labels('内側カメラ', '背面カメラ');
  assert.deepEqual((await told(unknowing, 'environment', { devices })).video, { deviceId: 'id1' });
  assert.deepEqual((await told(unknowing, 'user', { devices })).video, { deviceId: 'id0' });
});

test('no label says it: a wish is left out and reported', async () => {
  const { video, warnings } = await told(unknowing, 'user', { devices: labels('', '') });
  assert.deepEqual(video, {});
  assert.deepEqual(warnings, ['facingMode']);
});

test('no label says it: a demand fails as it does in browsers that know', async () => {
  const scope = unknowing('ok');
  scope.navigator.mediaDevices.enumerateDevices = async () => labels('USB camera');
  const constraints = { video: { facingMode: { exact: 'environment' } } };
  const error = await getUserMediaIn(scope, constraints).then(
    () => null,
    (e) => e,
  );
  assert.equal(error.name, 'OverconstrainedError');
  assert.equal(error.constraint, 'facingMode');
  assert.equal(error.advice.id, 'impossible');
});

test('a browser that knows facingMode is told it as it is', async () => {
  const rule = { exact: 'user' };
  assert.equal((await told(fake.modern, rule)).video.facingMode, rule);
  assert.deepEqual((await told(fake.firefox32, rule)).video, {
    facingMode: 'user',
    require: ['facingMode'],
  });
});
