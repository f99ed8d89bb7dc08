// What is asked: each URL of the configuration by itself.

import { readServerUrl, type ServerUrl } from './server_url.js';

const kMostServers = 32;

export interface Target extends ServerUrl {
  server: RTCIceServer; // with this URL alone
}

// Throws TypeError, with the place and the remedy, where a browser would refuse.
export function readServers(servers: RTCIceServer[]): Target[] {
  if (!Array.isArray(servers))
    throw new TypeError(
      'Koeru.diagnose: iceServers must be a list, such as [{ urls: "stun:stun.example.org" }]',
    );
  const targets: Target[] = [];
  servers.forEach((given, i) => {
    const { urls, url, username, credential } = Object(given) as RTCIceServer & { url?: string };
    for (const one of ([] as string[]).concat(urls || url || [])) {
      const read = readServerUrl(String(one));
      if (!read) {
        throw new TypeError(
          `Koeru.diagnose: iceServers[${i}] has the URL "${one}"; write stun:, stuns:, turn: or ` +
            `turns:, a host, perhaps a port and ?transport=udp or tcp`,
        );
      }
      if (read.isRelay && !(username && credential)) {
        throw new TypeError(
          `Koeru.diagnose: iceServers[${i}] (${one}) needs username and credential`,
        );
      }
      const server: RTCIceServer = { urls: one };
      if (read.isRelay) Object.assign(server, { username, credential });
      targets.push({ ...read, server });
    }
  });
  if (targets.length > kMostServers) {
    throw new TypeError(
      `Koeru.diagnose: ${targets.length} URLs; more than ${kMostServers} would take too long`,
    );
  }
  return targets;
}
