// The Promise of browsers that have none, against what Promises/A+ demands.

import assert from 'node:assert/strict';
import test from 'node:test';
import { SmallPromise, promiseOf } from '../../build/js/promise.js';

test('a native Promise is never replaced', () => {
  assert.equal(promiseOf({ Promise }), Promise);
  assert.equal(promiseOf({}), SmallPromise);
});

test('values and errors go through a chain', async () => {
  const value = await SmallPromise.resolve(1)
    .then((x) => x + 1)
    .then((x) => {
      throw new Error(`${x}`);
    })
    .then(() => 'not reached')
    .catch((error) => `caught ${error.message}`)
    .then(null, () => 'not reached');
  assert.equal(value, 'caught 2');
});

test('then calls nothing before the stack is empty', async () => {
  const order = [];
  const done = SmallPromise.resolve().then(() => order.push('then'));
  order.push('after');
  await done;
  assert.deepEqual(order, ['after', 'then']);
});

test('many listen to one promise, in the order in which they came', async () => {
  let resolve;
  const order = [];
  const promise = new SmallPromise((r) => (resolve = r));
  const all = [1, 2, 3].map((n) => promise.then(() => order.push(n)));
  resolve();
  await SmallPromise.all(all);
  await promise.then(() => order.push(4));
  assert.deepEqual(order, [1, 2, 3, 4]);
});

test('only the first outcome counts', async () => {
  const promise = new SmallPromise((resolve, reject) => {
    resolve('first');
    resolve('second');
    reject(new Error('third'));
    throw new Error('fourth');
  });
  assert.equal(await promise, 'first');
});

test('an executor that throws rejects', async () => {
  const promise = new SmallPromise(() => {
    throw new RangeError('no');
  });
  await assert.rejects(Promise.resolve(promise), { name: 'RangeError' });
});

test('takes over what another promise comes to, native or not', async () => {
  assert.equal(await SmallPromise.resolve(Promise.resolve('native')), 'native');
  assert.equal(await SmallPromise.resolve(SmallPromise.resolve('small')), 'small');
  assert.equal(await SmallPromise.resolve().then(() => SmallPromise.resolve('inner')), 'inner');
  await assert.rejects(
    Promise.resolve(SmallPromise.resolve(SmallPromise.reject(new Error('x')))),
    /x/,
  );
});

test('a pending promise that was taken over keeps the first word', async () => {
  let late;
  const promise = new SmallPromise((resolve) => {
    resolve(new SmallPromise((r) => (late = r)));
    resolve('too late');
  });
  late('in time');
  assert.equal(await promise, 'in time');
});

test('a thenable that misbehaves settles once', async () => {
  const twice = {
    then(resolve, reject) {
      resolve('one');
      reject(new Error('two'));
      throw new Error('three');
    },
  };
  assert.equal(await SmallPromise.resolve(twice), 'one');
  const trap = Object.defineProperty({}, 'then', {
    get() {
      throw new Error('getter');
    },
  });
  await assert.rejects(Promise.resolve(SmallPromise.resolve(trap)), /getter/);
});

test('a promise that waits for itself is a TypeError', async () => {
  const promise = SmallPromise.resolve().then(() => promise);
  await assert.rejects(Promise.resolve(promise), { name: 'TypeError' });
});

test('all: every value in its place, or the first error', async () => {
  assert.deepEqual(
    await SmallPromise.all([1, SmallPromise.resolve(2), Promise.resolve(3)]),
    [1, 2, 3],
  );
  assert.deepEqual(await SmallPromise.all([]), []);
  await assert.rejects(
    Promise.resolve(SmallPromise.all([1, SmallPromise.reject(new Error('no'))])),
    /no/,
  );
});
