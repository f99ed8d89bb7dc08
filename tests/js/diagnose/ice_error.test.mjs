import assert from 'node:assert/strict';
import test from 'node:test';
import { explainIceError } from '../../../build/js/diagnose/ice_error.js';

test('each code that a relay or a browser gives has its meaning in two languages', () => {
  for (const code of [300, 400, 401, 403, 437, 438, 440, 441, 442, 486, 500, 508, 701]) {
    const { meaning, text } = explainIceError(code, 'as it came');
    assert.notEqual(meaning.en, explainIceError(499).meaning.en, String(code));
    assert.match(meaning.ja, /[ぁ-ん]/, String(code));
    assert.equal(text, 'as it came');
  }
});

test('what a browser mends by itself is harmless, a refusal is not', () => {
  assert.deepEqual(
    [438, 437, 701].map((code) => explainIceError(code).isHarmless),
    [true, true, true],
  );
  assert.deepEqual(
    [401, 486, 508, 403].map((code) => explainIceError(code).isHarmless),
    [false, false, false, false],
  );
});

test('a code that nobody knows is a refusal', () => {
  assert.equal(explainIceError(499, 'odd').isHarmless, false);
  assert.equal(explainIceError(499, 'odd').code, 499);
});
