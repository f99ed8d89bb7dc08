// Koeru.stop: lets go of the camera and the microphone.

import { badArgument, kindOf } from '../errors.js';

interface StreamOfAnyAge {
  getTracks?: () => MediaStreamTrack[];
  getAudioTracks?: () => MediaStreamTrack[];
  getVideoTracks?: () => MediaStreamTrack[];
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
  if (stream.getTracks) return stream.getTracks();
  const audio = stream.getAudioTracks ? stream.getAudioTracks() : [];
  const video = stream.getVideoTracks ? stream.getVideoTracks() : [];
  return audio.concat(video);
}
