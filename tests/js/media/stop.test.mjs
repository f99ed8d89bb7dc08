import assert from 'node:assert/strict';
import test from 'node:test';
import { stop } from '../../../build/js/media/stop.js';

function track(stopped, name) {
  return { stop: () => stopped.push(name) };
}

test('stops every track', () => {
  const stopped = [];
  stop({ getTracks: () => [track(stopped, 'audio'), track(stopped, 'video')] });
  assert.deepEqual(stopped, ['audio', 'video']);
});

test('before getTracks: audio and video tracks apart', () => {
  const stopped = [];
  stop({
    getAudioTracks: () => [track(stopped, 'audio')],
    getVideoTracks: () => [track(stopped, 'video')],
  });
  assert.deepEqual(stopped, ['audio', 'video']);
});

test('tracks that cannot be stopped (Chrome 40): the stream itself', () => {
  let stopped = 0;
  stop({ getAudioTracks: () => [{}], getVideoTracks: () => [{}], stop: () => ++stopped });
  assert.equal(stopped, 1);
});

test('the LocalMediaStream of Opera 12: the stream itself', () => {
  let stopped = 0;
  stop({ stop: () => ++stopped });
  assert.equal(stopped, 1);
});

test('a track alone', () => {
  const stopped = [];
  stop(track(stopped, 'video'));
  assert.deepEqual(stopped, ['video']);
});

test('does not stop a stream twice', () => {
  let stopped = 0;
  stop({ getTracks: () => [{ stop() {} }], stop: () => ++stopped });
  assert.equal(stopped, 0);
});

for (const bad of [undefined, null, 'stream']) {
  test(`${bad} is a TypeError`, () => {
    assert.throws(() => stop(bad), { name: 'TypeError', message: /needs a MediaStream/ });
  });
}
