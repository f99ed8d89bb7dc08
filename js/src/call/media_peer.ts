// The server's own media peer (SIGNALLING.md, "The media peer"): what `join` says of it, and what it
// says beside answers.

import type { PeerChoice, PeerQuality } from '../../koeru.call.js';

export interface PeerNews {
  state?: string;
  error?: { code: string; message: string };
  quality?: PeerQuality;
}

// Who calls it shows a credential for TURN at this server.
export function peerRequest(choice: PeerChoice, iceServers: RTCIceServer[] = []): object {
  const { mode, delay } = choice;
  const known = iceServers.find(({ username, credential }) => username && credential);
  return { mode, delay, username: known?.username, credential: known?.credential };
}
