// Failures of every age, in today's names and with advice.

import assert from 'node:assert/strict';
import test from 'node:test';
import { getUserMediaIn } from '../../../build/js/media/get_user_media.js';
import { installIn, uninstallIn } from '../../../build/js/media/install.js';
import * as fake from '../support/fake_browsers.mjs';
import { machine, modernTracks } from '../support/fake_machine.mjs';

async function failure(scope, constraints = { video: true }) {
  const error = await getUserMediaIn(scope, constraints).then(
    () => null,
    (e) => e,
  );
  if (!error) throw new Error('it should have failed');
  return error;
}

const legacyErrors = [
  ['opera12', { code: 1, PERMISSION_DENIED: 1 }, 'NotAllowedError', 'blocked'],
  ['opera12', { code: 2 }, 'NotSupportedError', 'unsupported'],
  ['chrome21', { code: 3, constraintName: 'minWidth' }, 'OverconstrainedError', 'impossible'],
  [
    'chrome21',
    { name: 'PermissionDeniedError', message: '', constraintName: '' },
    'NotAllowedError',
    'blocked',
  ],
  ['chrome21', { name: 'PermissionDismissedError', message: '' }, 'NotAllowedError', 'refused'],
  ['chrome21', { name: 'DevicesNotFoundError', message: '' }, 'NotFoundError', 'no-device'],
  ['chrome21', { name: 'TrackStartError', message: '' }, 'NotReadableError', 'busy'],
  [
    'chrome21',
    { name: 'ConstraintNotSatisfiedError', constraintName: 'minWidth' },
    'OverconstrainedError',
    'impossible',
  ],
  ['chrome21', { name: 'MediaDeviceFailedDueToShutdown' }, 'NotAllowedError', 'blocked'],
  ['chrome21', { name: 'MediaDeviceKillSwitchOn' }, 'NotAllowedError', 'blocked'],
  ['chrome21', { name: 'TabCaptureError' }, 'AbortError', 'stopped'],
  ['chrome47', { name: 'InvalidStateError' }, 'NotAllowedError', 'blocked'],
  ['firefox17', 'PERMISSION_DENIED', 'NotAllowedError', 'blocked'],
  ['firefox17', 'NO_DEVICES_FOUND', 'NotFoundError', 'no-device'],
  ['firefox17', 'HARDWARE_UNAVAILABLE', 'NotReadableError', 'busy'],
  ['firefox17', 'NOT_SUPPORTED_ERROR', 'NotSupportedError', 'unsupported'],
  ['firefox17', 'MANDATORY_UNSATISFIED_ERROR', 'OverconstrainedError', 'impossible'],
  ['firefox32', { name: 'SourceUnavailableError', message: '' }, 'NotReadableError', 'busy'],
  ['edge12', { name: 'PermissionDeniedError', message: '' }, 'NotAllowedError', 'blocked'],
  ['edge12', { name: 'SourceUnavailableError', message: '' }, 'NotReadableError', 'busy'],
  ['edge12', { name: 'DevicesNotFoundError' }, 'NotFoundError', 'no-device'],
  ['modern', { name: 'SecurityError', message: 'no' }, 'NotAllowedError', 'blocked'],
  [
    'modern',
    { name: 'InternalError', message: 'Starting video failed' },
    'NotReadableError',
    'busy',
  ],
  ['modern', { name: 'AbortError', message: 'Starting videoinput failed' }, 'AbortError', 'busy'],
  ['modern', { name: 'NoSuchThingError', message: '' }, 'AbortError', 'stopped'],
  ['modern', undefined, 'AbortError', 'stopped'],
];
for (const [browser, original, name, id] of legacyErrors) {
  test(`${browser}: ${JSON.stringify(original)} becomes ${name}, ${id}, original kept`, async () => {
    const error = await failure(fake[browser](original));
    assert.ok(error instanceof Error);
    assert.equal(error.name, name);
    assert.equal(error.cause, original);
    assert.equal(error.advice.id, id);
    assert.ok(error.message.startsWith(error.advice.en), error.message);
    assert.match(error.advice.ja, /カメラ|ブラウザ/);
    assert.doesNotMatch(error.advice.en + error.advice.ja, /[{}]|undefined/);
  });
}

test('tells by its name of today which constraint could not be met', async () => {
  const video = { width: { min: 99999 } };
  for (const browser of [fake.chrome21, fake.chrome47]) {
    const error = await failure(browser('ok'), { video });
    assert.equal(error.constraint, 'width');
    assert.match(error.advice.en, /\(width: min 99999\)/);
  }
});

test('a browser that does not say which: where there is one demand, it is that', async () => {
  const video = { width: { min: 99999 }, height: 480 };
  const error = await failure(fake.firefox32('ok'), { video });
  assert.equal(error.constraint, 'width');
  assert.equal(error.cause, 'CONSTRAINT_NOT_SATISFIED');
});

function overconstrained(constraint) {
  const error = new Error('');
  error.name = 'OverconstrainedError';
  error.constraint = constraint;
  return error;
}

test('errors of today stay the same object, with advice', async () => {
  const original = new DOMException('Permission denied', 'NotAllowedError');
  const error = await failure(fake.modern(original));
  assert.equal(error, original);
  assert.equal(error.advice.id, 'blocked');
  assert.equal(error.cause, undefined);
});

function withCapabilities(scope, width) {
  scope.navigator.mediaDevices.enumerateDevices = async () =>
    machine.devices.map((device) => ({
      ...device,
      getCapabilities: () => (device.deviceId === 'back' ? { width } : {}),
    }));
  return scope;
}

test('the nearest that a device can do, by its own word', async () => {
  const scope = withCapabilities(fake.modern(overconstrained('width')), { min: 1, max: 1920 });
  const error = await failure(scope, { video: { width: { exact: 4000 } } });
  assert.equal(error.nearest, 1920);
  assert.equal(
    error.advice.en,
    'No camera can do what this page demands (width: 4000). The nearest that one can do: width: 1920.',
  );
  assert.equal(
    error.advice.ja,
    'このページの求める条件（width: 4000）に合うカメラがありません。最も近いのは width: 1920 です。',
  );
});

test('the nearest by a look, where the page may open the camera anyway', async () => {
  const log = [];
  const permissions = { camera: 'granted' };
  const scope = fake.modern('ok', log, { permissions });
  const { getUserMedia } = scope.navigator.mediaDevices;
  const opened = [];
  scope.navigator.mediaDevices.getUserMedia = function (constraints) {
    if (constraints.video.width.min) return Promise.reject(overconstrained('width'));
    opened.push(modernTracks(constraints));
    return getUserMedia.call(this, constraints).then(() => opened[0]);
  };
  const error = await failure(scope, { audio: true, video: { width: { min: 2000, max: 3000 } } });
  assert.equal(error.nearest, 1280);
  assert.match(error.advice.en, /No camera can.*\(width: min 2000, max 3000\).*width: 1280/);
  assert.deepEqual(log[0].constraints, { video: { width: { ideal: 2000 } } });
  assert.equal(opened[0].getTracks()[0].readyState, 'ended');
});

test('never opens a camera for that when the user would be asked', async () => {
  const log = [];
  const scope = fake.modern(overconstrained('width'), log, { permissions: { camera: 'prompt' } });
  const error = await failure(scope, { video: { width: { exact: 1 } } });
  assert.equal(log.length, 1);
  assert.equal(error.nearest, undefined);
});

test('a device that is gone', async () => {
  const scope = fake.modern(overconstrained('deviceId'));
  const error = await failure(scope, { audio: { deviceId: { exact: 'x' } }, video: true });
  assert.equal(error.advice.id, 'device-gone');
  assert.match(error.advice.en, /chosen microphone/);
});

for (const [permissions, more, said, id] of [
  [{ camera: 'denied' }, {}, '', 'blocked'],
  [{ camera: 'prompt' }, {}, '', 'refused'],
  [{ camera: 'granted' }, {}, '', 'blocked-by-system'],
  [{ camera: 'denied' }, {}, 'Permission denied by system', 'blocked-by-system'],
  [{ camera: 'denied' }, {}, 'Permission dismissed', 'refused'],
  [{ camera: 'denied' }, { allows: false }, '', 'blocked-by-policy'],
  [{ camera: 'denied' }, { allows: false, frame: true }, '', 'blocked-by-frame'],
  [{ camera: 'denied' }, { allows: true, frame: true }, '', 'blocked'],
  [{ camera: 'denied' }, { frame: true }, '', 'blocked-by-frame'],
  [undefined, {}, '', 'blocked'],
]) {
  test(`NotAllowedError with ${JSON.stringify({ permissions, ...more, said })} is ${id}`, async () => {
    const { allows, frame } = more;
    const document =
      allows === undefined
        ? {}
        : { featurePolicy: { allowsFeature: (name) => name !== 'camera' || allows } };
    const original = new DOMException(said, 'NotAllowedError');
    const scope = fake.modern(original, [], { permissions, document });
    if (frame) scope.top = {};
    const error = await failure(scope);
    assert.equal(error.advice.id, id);
    if (/frame|policy/.test(id)) assert.match(error.advice.ja, /[「"' ]camera/);
  });
}

test('which of two permissions is missing', async () => {
  const permissions = { camera: 'granted', microphone: 'denied' };
  const scope = fake.modern(new DOMException('', 'NotAllowedError'), [], { permissions });
  const error = await failure(scope, { audio: true, video: true });
  assert.match(error.advice.en, /^The microphone is blocked/);
});

test('which of two devices is missing', async () => {
  const original = new DOMException('', 'NotFoundError');
  const scope = fake.modern(original);
  scope.navigator.mediaDevices.enumerateDevices = async () =>
    machine.devices.filter(({ kind }) => kind === 'videoinput');
  const error = await failure(scope, { audio: true, video: true });
  assert.equal(error.advice.en, 'No microphone was found. Plug one in and try again.');
});

test('plain http: names the addresses that would work', async () => {
  const error = await failure(fake.insecure({ pathname: '/camera.html', search: '?x=1' }));
  assert.equal(error.name, 'InsecureContextError');
  assert.equal(error.advice.id, 'insecure-page');
  assert.deepEqual(error.addresses, [
    'https://192.168.1.5/camera.html?x=1',
    'http://localhost:8080/camera.html?x=1',
  ]);
  for (const address of error.addresses) {
    for (const text of [error.message, error.advice.en, error.advice.ja]) {
      assert.ok(text.includes(address), text);
    }
  }
});

test('https inside a page that came over http: says to open it by itself', async () => {
  const error = await failure(fake.insecure({ protocol: 'https:' }));
  assert.equal(error.name, 'InsecureContextError');
  assert.deepEqual(error.addresses, []);
  assert.equal(error.advice.id, 'insecure-frame');
  assert.match(error.message, /embeds this one/);
});

test('Chrome 47 on plain http: "Only secure origins are allowed" is an insecure context', async () => {
  const original = { name: 'PermissionDeniedError', message: 'Only secure origins are allowed' };
  const scope = fake.chrome21(original);
  scope.location = fake.plainHttp;
  const error = await failure(scope);
  assert.equal(error.name, 'InsecureContextError');
  assert.equal(error.cause, original);
});

test('Safari 11 on plain http says NotAllowedError alone', async () => {
  const scope = fake.safari11(new DOMException('', 'NotAllowedError'));
  scope.location = fake.plainHttp;
  assert.equal((await failure(scope)).name, 'InsecureContextError');
});

for (const [name, original] of [
  ['firefox17', 'PERMISSION_DENIED'],
  ['chrome38', { name: 'PermissionDeniedError', message: '' }],
]) {
  test(`${name} on plain http really asked: a no is a no`, async () => {
    const scope = fake[name](original);
    scope.location = fake.plainHttp;
    installIn(scope);
    try {
      assert.equal((await failure(scope)).name, 'NotAllowedError');
    } finally {
      uninstallIn(scope);
    }
  });
}

test('http://localhost is secure: a missing camera is not blamed on the address', async () => {
  for (const hostname of ['localhost', 'app.localhost', '127.0.0.1', '127.1.2.3', '[::1]']) {
    const scope = fake.empty();
    scope.location = { ...scope.location, protocol: 'http:', hostname };
    assert.equal((await failure(scope)).name, 'NotSupportedError', hostname);
  }
});
