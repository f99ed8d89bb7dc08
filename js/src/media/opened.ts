// What Koeru opened and nobody has stopped yet.

import { modernise, stop, tracksOf } from './stop.js';

let opened: MediaStream[] = [];

export function remember(stream: MediaStream): void {
  modernise(stream);
  opened = opened.filter(isOpen);
  opened.push(stream);
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
