import assert from 'node:assert/strict';
import test from 'node:test';
import { getUserMediaIn } from '../../../build/js/media/get_user_media.js';
import * as fake from '../support/fake_browsers.mjs';

const camera = { video: true };

async function failure(scope, constraints = camera) {
  try {
    await getUserMediaIn(scope, constraints);
  } catch (error) {
    return error;
  }
  throw new Error('it should have failed');
}

for (const name of ['opera12', 'chrome21', 'firefox17', 'msOnly', 'chrome38', 'modern']) {
  test(`${name}: gives the stream, and hands the constraints on`, async () => {
    const log = [];
    const scope = fake[name]('ok', log);
    assert.equal(await getUserMediaIn(scope, camera), fake.stream);
    assert.equal(log.length, 1);
    assert.equal(log[0].constraints, camera);
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

const legacyErrors = [
  ['opera12', { code: 1, PERMISSION_DENIED: 1 }, 'NotAllowedError'],
  ['chrome21', { code: 3, constraintName: 'minWidth' }, 'OverconstrainedError'],
  [
    'chrome21',
    { name: 'PermissionDeniedError', message: '', constraintName: '' },
    'NotAllowedError',
  ],
  ['chrome21', { name: 'PermissionDismissedError', message: '' }, 'NotAllowedError'],
  ['chrome21', { name: 'DevicesNotFoundError', message: '' }, 'NotFoundError'],
  ['chrome21', { name: 'TrackStartError', message: '' }, 'NotReadableError'],
  [
    'chrome21',
    { name: 'ConstraintNotSatisfiedError', constraintName: 'minWidth' },
    'OverconstrainedError',
  ],
  ['firefox17', 'PERMISSION_DENIED', 'NotAllowedError'],
  ['firefox17', 'NO_DEVICES_FOUND', 'NotFoundError'],
  ['firefox17', 'HARDWARE_UNAVAILABLE', 'NotReadableError'],
  ['firefox17', { name: 'SourceUnavailableError', message: '' }, 'NotReadableError'],
  ['modern', { name: 'SecurityError', message: 'no' }, 'NotAllowedError'],
  ['modern', { name: 'InternalError', message: 'Starting video failed' }, 'NotReadableError'],
  ['modern', { name: 'NoSuchThingError', message: '' }, 'AbortError'],
  ['modern', undefined, 'AbortError'],
];
for (const [browser, original, name] of legacyErrors) {
  test(`${browser}: ${JSON.stringify(original)} becomes ${name}, original kept`, async () => {
    const error = await failure(fake[browser](original));
    assert.ok(error instanceof Error);
    assert.equal(error.name, name);
    assert.equal(error.cause, original);
    assert.ok(error.message.length > 20, error.message);
  });
}

test('tells which constraint could not be met, where the browser told it', async () => {
  const error = await failure(fake.chrome21({ code: 3, constraintName: 'minWidth' }));
  assert.equal(error.constraint, 'minWidth');
});

test('gives modern errors back untouched', async () => {
  const original = new DOMException('Permission denied', 'NotAllowedError');
  assert.equal(await failure(fake.modern(original)), original);
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
  assert.match(error.message, /no getUserMedia/);
});

test('plain http: names the addresses that would work', async () => {
  const error = await failure(fake.insecure({ pathname: '/camera.html', search: '?x=1' }));
  assert.equal(error.name, 'InsecureContextError');
  assert.deepEqual(error.addresses, [
    'https://192.168.1.5/camera.html?x=1',
    'http://localhost:8080/camera.html?x=1',
  ]);
  for (const address of error.addresses) assert.ok(error.message.includes(address));
});

test('https inside a page that came over http: says to open it by itself', async () => {
  const error = await failure(fake.insecure({ protocol: 'https:' }));
  assert.equal(error.name, 'InsecureContextError');
  assert.deepEqual(error.addresses, []);
  assert.match(error.message, /embeds it/);
});

test('Chrome 47 on plain http: "Only secure origins are allowed" is an insecure context', async () => {
  const original = { name: 'PermissionDeniedError', message: 'Only secure origins are allowed' };
  const scope = fake.chrome21(original);
  scope.location = { ...scope.location, protocol: 'http:' };
  const error = await failure(scope);
  assert.equal(error.name, 'InsecureContextError');
  assert.equal(error.cause, original);
});

test('http://localhost is secure: a missing camera is not blamed on the address', async () => {
  for (const hostname of ['localhost', 'app.localhost', '127.0.0.1', '127.1.2.3', '[::1]']) {
    const scope = fake.empty();
    scope.location = { ...scope.location, protocol: 'http:', hostname };
    assert.equal((await failure(scope)).name, 'NotSupportedError', hostname);
  }
});

for (const bad of [undefined, null, 7, 'video', {}, { audio: false, video: false }]) {
  test(`constraints ${JSON.stringify(bad)} are a TypeError that shows how to ask`, async () => {
    const scope = fake.modern('ok');
    const error = await getUserMediaIn(scope, bad).then(
      () => null,
      (e) => e,
    );
    assert.equal(error.name, 'TypeError');
    assert.match(error.message, /video: true/);
  });
}

test('without Promise it says what to load, and does not break anything else', () => {
  const scope = fake.modern('ok');
  delete scope.Promise;
  assert.throws(() => getUserMediaIn(scope, camera), /load a Promise polyfill/);
});
