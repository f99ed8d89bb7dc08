import assert from 'node:assert/strict';
import test from 'node:test';
import { modernise, stop, tracksOf } from '../../../build/js/media/stop.js';

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

test('modernise: tracks that could not stop go dark one by one, the device with the last', () => {
  let stopped = 0;
  const [audio, video] = [{ enabled: true }, { enabled: true }];
  const stream = {
    getAudioTracks: () => [audio],
    getVideoTracks: () => [video],
    stop: () => ++stopped,
  };
  modernise(stream);
  assert.deepEqual(stream.getTracks(), [audio, video]);
  audio.stop();
  audio.stop();
  assert.equal(audio.enabled, false);
  assert.equal(video.enabled, true);
  assert.equal(stopped, 0);
  video.stop();
  assert.equal(stopped, 1);
});

test('modernise leaves what a stream has', () => {
  const stopped = [];
  const own = track(stopped, 'video');
  const { stop: native } = own;
  const getTracks = () => [own];
  const stream = { getTracks };
  modernise(stream);
  assert.equal(stream.getTracks, getTracks);
  assert.equal(own.stop, native);
});

test('Chrome 21: tracks in two lists that are no arrays', () => {
  const [audio, video] = [{}, {}];
  const list = (item) => ({ 0: item, length: 1 });
  assert.deepEqual(tracksOf({ audioTracks: list(audio), videoTracks: list(video) }), [
    audio,
    video,
  ]);
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
