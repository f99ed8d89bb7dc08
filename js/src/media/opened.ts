// What Koeru opened and nobody has stopped yet.

import { stop, tracksOf } from './stop.js';

let opened: MediaStream[] = [];
// Set by Koeru.install: what else to do with each new stream.
export const hooks: { onOpened?: ((stream: MediaStream) => void) | undefined } = {};

export function remember(stream: MediaStream): void {
  opened = opened.filter(isOpen);
  opened.push(stream);
  if (hooks.onOpened) hooks.onOpened(stream);
}

function isOpen(stream: MediaStream): boolean {
  const tracks = tracksOf(stream);
  return (
    !tracks.length ||
    tracks.some(function (track) {
      return track.readyState !== 'ended';
    })
  );
}

// Koeru.stopAll: the light of every camera that this page opened through Koeru goes out.
export function stopAll(): void {
  const all = opened;
  opened = [];
  all.forEach(stop);
}
