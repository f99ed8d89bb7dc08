import assert from 'node:assert/strict';
import test from 'node:test';
import { canShareScreen, getDisplayMediaIn } from '../../../build/js/media/display_media.js';
import * as fake from '../support/fake_browsers.mjs';
import { modernTracks } from '../support/fake_machine.mjs';

function today(answer) {
  const scope = fake.modern('ok');
  scope.navigator.mediaDevices.getDisplayMedia = async function (constraints) {
    assert.equal(this, scope.navigator.mediaDevices);
    if (answer !== 'ok') throw answer;
    return { constraints, getTracks: () => [] };
  };
  return scope;
}

async function failure(scope, constraints) {
  return getDisplayMediaIn(scope, constraints).then(
    () => null,
    (e) => e,
  );
}

test('today: the browser gets what it was asked', async () => {
  const constraints = { video: { displaySurface: 'window' }, audio: true };
  assert.equal((await getDisplayMediaIn(today('ok'), constraints)).constraints, constraints);
  assert.deepEqual((await getDisplayMediaIn(today('ok'))).constraints, { video: true });
});

test('Edge 17: navigator.getDisplayMedia', async () => {
  const scope = fake.edge12('ok');
  scope.navigator.getDisplayMedia = async () => modernTracks({ video: true });
  assert.equal(canShareScreen(scope), true);
  assert.equal((await getDisplayMediaIn(scope)).getTracks().length, 1);
});

for (const [surface, source] of [
  ['monitor', 'screen'],
  ['window', 'window'],
  ['browser', 'browser'],
  [undefined, 'screen'],
]) {
  test(`Firefox 33 to 65: displaySurface ${surface} is mediaSource ${source}`, async () => {
    const log = [];
    const warnings = [];
    const scope = fake.firefox32('ok', log);
    const video = surface ? { displaySurface: surface } : true;
    const options = { onWarning: ({ kind }) => warnings.push(kind) };
    await getDisplayMediaIn(scope, { video, audio: true }, options);
    assert.deepEqual(log[0].constraints, { video: { mediaSource: source } });
    assert.deepEqual(warnings, ['audio']);
  });
}

test('never opens the camera in its place', async () => {
  for (const name of ['opera12', 'chrome21', 'chrome47', 'firefox17', 'safari11']) {
    const log = [];
    const scope = fake[name]('ok', log);
    assert.equal(canShareScreen(scope), false, name);
    const error = await failure(scope);
    assert.equal(error.name, 'NotSupportedError', name);
    assert.match(error.advice.en, /the screen/);
    assert.deepEqual(log, []);
  }
});

test('on an insecure page the address is the reason', async () => {
  const error = await failure(fake.insecure());
  assert.equal(error.name, 'InsecureContextError');
  assert.match(error.advice.en, /hides the screen/);
});

test('without a click the browser refuses, and the advice says why', async () => {
  const original = new DOMException('must be called from a user gesture', 'InvalidStateError');
  const error = await failure(today(original));
  assert.equal(error, original);
  assert.equal(error.advice.id, 'needs-tap');
});

test('a cancelled choice was refused, and a no of the system is the system', async () => {
  const no = await failure(today(new DOMException('Permission denied', 'NotAllowedError')));
  assert.equal(no.advice.id, 'refused');
  assert.match(no.advice.ja, /画面/);
  const system = await failure(
    today(new DOMException('Permission denied by system', 'NotAllowedError')),
  );
  assert.equal(system.advice.id, 'blocked-by-system');
});
