// Koeru.join, as far as it is in koeru.js: koeru.call.js does the rest.

import type { JoinOptions, Room } from '../koeru.call.js';
import { loadCompanion } from './companion.js';

type CallModule = typeof import('../koeru.call.js');

export function joinBy(
  getUserMedia: (constraints: MediaStreamConstraints) => Promise<MediaStream>,
  url: string,
  room: string,
  options: JoinOptions,
): Promise<Room> {
  const complete: JoinOptions = { getUserMedia: getUserMedia };
  for (const key in options) (complete as any)[key] = (options as any)[key];
  return loadCompanion<CallModule>('koeru.call.js', 'koeruCallJs', 'webSocketTransport').then(
    function (call) {
      return call.join(url, room, complete);
    },
  );
}
