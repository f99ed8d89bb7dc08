// Koeru.stop: lets go of the camera and the microphone.

import { badArgument, kindOf } from '../errors.js';

export interface StreamOfAnyAge {
  getTracks?: () => MediaStreamTrack[];
  getAudioTracks?: () => MediaStreamTrack[];
  getVideoTracks?: () => MediaStreamTrack[];
  // Chrome 21 and 22.
  audioTracks?: ArrayLike<MediaStreamTrack>;
  videoTracks?: ArrayLike<MediaStreamTrack>;
  stop?: () => void;
}

// A track is stopped, too.
export function stop(stream: unknown): void {
  if (typeof stream !== 'object' || stream === null) {
    throw badArgument('Koeru.stop(stream)', 'needs a MediaStream, got ' + kindOf(stream));
  }
  const old = stream as StreamOfAnyAge;
  const tracks = tracksOf(old);
  let stopped = 0;
  tracks.forEach(function (track) {
    // Tracks of Chrome before 45 and Firefox before 34 cannot be stopped one by one.
    if (typeof track.stop === 'function') {
      track.stop();
      ++stopped;
    }
  });
  if (stopped < tracks.length || tracks.length === 0) {
    if (typeof old.stop === 'function') old.stop();
  }
}

export function tracksOf(stream: StreamOfAnyAge): MediaStreamTrack[] {
  return stream.getTracks ? stream.getTracks() : tracksByKind(stream);
}

function tracksByKind(stream: StreamOfAnyAge): MediaStreamTrack[] {
  const slice = Array.prototype.slice;
  const audio = stream.getAudioTracks ? stream.getAudioTracks() : stream.audioTracks || [];
  const video = stream.getVideoTracks ? stream.getVideoTracks() : stream.videoTracks || [];
  return slice.call(audio).concat(slice.call(video));
}

// Gives a stream from before Chrome 45 and Firefox 34 what streams of today have: getTracks(), and
// tracks that stop. Such a stream stops as a whole: its tracks go dark one by one, and the device
// with the last of them.
export function modernise(stream: StreamOfAnyAge): void {
  if (!stream.getTracks) {
    stream.getTracks = function () {
      return tracksByKind(stream);
    };
  }
  const tracks = stream.getTracks();
  let left = tracks.length;
  tracks.forEach(function (track) {
    if (typeof track.stop === 'function') return;
    let isStopped = false;
    track.stop = function () {
      if (isStopped) return;
      isStopped = true;
      track.enabled = false;
      if (--left === 0 && stream.stop) stream.stop();
    };
  });
}
