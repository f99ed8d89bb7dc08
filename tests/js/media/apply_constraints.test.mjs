import assert from 'node:assert/strict';
import test from 'node:test';
import { applyConstraintsIn } from '../../../build/js/media/apply_constraints.js';
import * as fake from '../support/fake_browsers.mjs';

function track(answer = 'ok') {
  return {
    kind: 'video',
    told: [],
    async applyConstraints(constraints) {
      this.told.push(constraints);
      if (answer !== 'ok') throw answer;
      return false; // as Firefox does
    },
  };
}

test('modern constraints reach the track', async () => {
  const target = track();
  assert.equal(await applyConstraintsIn(fake.modern('ok'), target, { width: 640 }), undefined);
  assert.deepEqual(target.told, [{ width: 640 }]);
});

test('legacy constraints reach it as modern ones', async () => {
  const target = track();
  await applyConstraintsIn(fake.modern('ok'), target, { mandatory: { maxWidth: 640 } });
  assert.deepEqual(target.told, [{ width: { max: 640 } }]);
});

test('unknown ones are reported', async () => {
  const warnings = [];
  const onWarning = ({ kind, constraint }) => warnings.push(`${kind}.${constraint}`);
  await applyConstraintsIn(fake.modern('ok'), track(), { zoom: 2 }, { onWarning });
  assert.deepEqual(warnings, ['video.zoom']);
});

test('an impossible one says which', async () => {
  const original = Object.assign(new Error('no'), {
    name: 'OverconstrainedError',
    constraint: 'width',
  });
  const change = applyConstraintsIn(fake.modern('ok'), track(original), { width: { min: 9999 } });
  const error = await change.then(
    () => null,
    (e) => e,
  );
  assert.equal(error, original);
  assert.match(error.advice.en, /width: min 9999/);
});

test('a track of an old browser cannot change, and the error says what to do', async () => {
  const change = applyConstraintsIn(fake.chrome21('ok'), { kind: 'video' }, { width: 640 });
  await assert.rejects(Promise.resolve(change), {
    name: 'NotSupportedError',
    message: /stop it and open it anew/,
  });
});

for (const bad of [null, {}, 'track']) {
  test(`${JSON.stringify(bad)} is no track`, async () => {
    await assert.rejects(applyConstraintsIn(fake.modern('ok'), bad, {}), { name: 'TypeError' });
  });
}
