// The browsers run tests/js with a small stand-in for node:assert. It must fail where Node's fails.

import assert from 'node:assert/strict';
import test from 'node:test';
import shim from '../../browser/harness/assert_shim.js';

const cases = [
  ['ok', [[1], [0]]],
  [
    'equal',
    [
      [1, 1],
      [1, '1'],
      [NaN, NaN],
      [null, undefined],
    ],
  ],
  [
    'deepEqual',
    [
      [{ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }],
      [{ a: 1 }, { a: 1, b: undefined }],
      [
        [1, 2],
        [2, 1],
      ],
      [new Uint8Array([1, 2]), new Uint8Array([1, 2])],
      [new Uint8Array([1, 2]), [1, 2]],
      [[], {}],
    ],
  ],
  [
    'match',
    [
      ['camera', /era/],
      ['camera', /^era/],
    ],
  ],
  [
    'doesNotMatch',
    [
      ['camera', /era/],
      ['camera', /^era/],
    ],
  ],
  [
    'throws',
    [
      [
        () => {
          throw new TypeError('no');
        },
        { name: 'TypeError', message: /n/ },
      ],
      [
        () => {
          throw new TypeError('no');
        },
        { name: 'RangeError' },
      ],
      [
        () => {
          throw new Error('no');
        },
        /yes/,
      ],
      [() => {}, undefined],
    ],
  ],
];

function passes(assertion, values) {
  try {
    assertion(...values);
    return true;
  } catch {
    return false;
  }
}

for (const [name, inputs] of cases) {
  test(`${name} judges as Node's does`, () => {
    for (const values of inputs) {
      assert.equal(passes(shim[name], values), passes(assert[name], values), String(values));
    }
  });
}

test('rejects needs a rejection that fits', async () => {
  const outcome = (promise, expected) =>
    shim.rejects(promise, expected).then(
      () => true,
      () => false,
    );
  assert.equal(await outcome(Promise.reject(new Error('no')), /no/), true);
  assert.equal(await outcome(Promise.reject(new Error('no')), /yes/), false);
  assert.equal(await outcome(Promise.resolve(), /no/), false);
});
