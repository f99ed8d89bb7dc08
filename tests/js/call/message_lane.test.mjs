import assert from 'node:assert/strict';
import test from 'node:test';
import { MessageLane } from '../../../build/js/call/message_lane.js';
import { settled } from '../support/fake_clock.mjs';

function lane(mostBytes = 10 << 20) {
  const made = new MessageLane(mostBytes, 'Bo');
  const written = [];
  return { lane: made, written, write: (message) => void written.push(message) };
}

// Which of some promises are fulfilled by now.
function follow(promises) {
  const done = promises.map(() => false);
  promises.forEach((promise, i) => promise.then(() => (done[i] = true), () => {}));
  return async () => {
    await settled();
    return done;
  };
}

test('writes in order, at once when there is a connection, else when there is one', async () => {
  const { lane: l, written, write } = lane();
  l.push('a', 1);
  assert.deepEqual(written, []);
  l.start(write, 0);
  await settled();
  l.push('b', 1);
  assert.deepEqual(written, ['a', 'b']);
});

test('on another connection only what the other side has not is written again', async () => {
  const { lane: l, written, write } = lane();
  l.start(write, 0);
  for (const message of ['a', 'b', 'c']) {
    l.push(message, 1);
    await settled();
  }
  l.ack(1);
  l.suspend();
  l.push('d', 1);
  written.length = 0;
  l.start(write, 2);
  await settled();
  assert.deepEqual(written, ['c', 'd']);
});

test('a slow writer of the connection before does not write into the next', async () => {
  const { lane: l, written, write } = lane();
  let go;
  const old = [];
  l.start((message) => {
    old.push(message);
    return new Promise((resolve) => (go = resolve));
  }, 0);
  l.push('a', 1);
  l.push('b', 1);
  l.suspend();
  l.start(write, 0);
  await settled();
  go();
  await settled();
  assert.deepEqual([old, written], [['a'], ['a', 'b']]);
});

test('a writer that fails waits for the next connection', async () => {
  const { lane: l, written, write } = lane();
  l.start(() => Promise.reject(new Error('closed')), 0);
  const done = follow([l.push('a', 1), l.push('b', 1)]);
  assert.deepEqual(await done(), [false, false]);
  l.start(write, 0);
  assert.deepEqual(await done(), [true, true]);
  assert.deepEqual(written, ['a', 'b']);
});

test('more than 4 MiB under way: promises wait for acknowledgements', async () => {
  const { lane: l, write } = lane();
  l.start(write, 0);
  const done = follow([l.push('a', 3 << 20), l.push('b', 3 << 20)]);
  assert.deepEqual(await done(), [true, false]);
  l.ack(1);
  assert.deepEqual(await done(), [true, true]);
});

test('no more is kept than the limit; what is refused is said, what was there is not lost', async () => {
  const { lane: l, written, write } = lane(1_000);
  l.push('a', 800);
  await assert.rejects(l.push('b', 200), ({ name, code, message, advice }) => {
    assert.match(message, /^1 messages wait for Bo/);
    return name === 'PeerError' && code === 'full' && advice.ja !== '';
  });
  l.start(write, 0);
  l.ack(1);
  await l.push('c', 800);
  assert.deepEqual(written, ['a', 'c']);
});

test('empty messages have a bound, too', async () => {
  const { lane: l } = lane(1_000);
  const outcomes = Array.from({ length: 16 }, () => l.push('', 0));
  outcomes.slice(0, -1).forEach((promise) => promise.catch(assert.fail));
  await assert.rejects(outcomes.at(-1), { code: 'full' });
});

test('acknowledgements are due once in 256 KiB, and counts that make no sense do no harm', async () => {
  const { lane: l, written, write } = lane();
  const due = Array.from({ length: 5 }, () => l.count(64 << 10));
  assert.deepEqual(due, [false, false, false, true, false]);
  assert.equal(l.received, 5);
  l.start(write, 0);
  l.push('a', 1);
  for (const count of [-5, NaN, undefined, 'x']) l.ack(count);
  l.ack(1e9);
  l.push('b', 1);
  l.suspend();
  written.length = 0;
  l.start(write, 1);
  await settled();
  assert.deepEqual(written, ['b']);
});
