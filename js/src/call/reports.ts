// A connection's statistics as a list, in every browser.

import type { Report } from './stats.js';

// Firefox never answers about a connection that is closed meanwhile, to make room for another one.
const kStatsMs = 2_000;

export function reportsOf(connection: RTCPeerConnection): Promise<Report[]> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve([]), kStatsMs);
    connection.getStats().then((all) => {
      clearTimeout(timer);
      const found: Report[] = [];
      all.forEach((report) => found.push(report));
      resolve(found);
    }, reject);
  });
}
