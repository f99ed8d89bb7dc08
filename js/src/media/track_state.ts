// Koeru.onTrackChange: whether a stream's tracks deliver. A track is muted while its source gives
// nothing: a switch on the headset, a shutter, a phone call, the system's own mute button.

import type { TrackState } from '../../koeru.js';
import { badArgument, kindOf } from '../errors.js';
import { tracksOf } from './stop.js';

const kEvents = ['mute', 'unmute', 'ended'];

export function stateOfTrack(track: MediaStreamTrack): TrackState {
  const state = track.readyState as unknown;
  // Numbers until Chrome 24: LIVE, MUTED, ENDED.
  if (state === 'ended' || state === 2) return 'ended';
  return track.muted || state === 'muted' || state === 1 ? 'muted' : 'live';
}

// Calls the listener at once for tracks that are not live, then whenever one changes, until the
// function that it gives is called.
export function watchTracks(
  stream: unknown,
  listener: (track: MediaStreamTrack, state: TrackState) => void,
): () => void {
  if (typeof stream !== 'object' || stream === null || typeof listener !== 'function') {
    const remedy = 'needs a MediaStream and a function, got ';
    throw badArgument(
      'Koeru.onTrackChange(stream, listener)',
      remedy + kindOf(stream) + ' and ' + kindOf(listener),
    );
  }
  const undo = tracksOf(stream).map(function (track) {
    let last: TrackState = 'live';
    function look(): void {
      const state = stateOfTrack(track);
      if (state === last) return;
      last = state;
      listener(track, state);
    }
    look();
    return listen(track, look);
  });
  return function () {
    undo.forEach(function (action) {
      action();
    });
  };
}

function listen(track: any, look: () => void): () => void {
  const before: unknown[] = [];
  kEvents.forEach(function (name, index) {
    if (track.addEventListener) return track.addEventListener(name, look);
    before[index] = track['on' + name];
    track['on' + name] = look;
  });
  return function () {
    kEvents.forEach(function (name, index) {
      if (track.removeEventListener) track.removeEventListener(name, look);
      else track['on' + name] = before[index];
    });
  };
}
