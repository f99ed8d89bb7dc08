// What is asked of the server by plain requests. Calls that are being mended wait for the answers: not
// for long.

import type { IceServers } from '../../koeru.call.js';

const kAnswerMs = 5_000;

async function fetchSoon(url: string, options: RequestInit): Promise<Response> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), kAnswerMs);
  try {
    return await fetch(url, { cache: 'no-store', signal: abort.signal, ...options });
  } finally {
    clearTimeout(timer);
  }
}

// GET /ice-servers of koeru-relay.
export async function fetchIceServers(url: string): Promise<IceServers> {
  const response = await fetchSoon(url, {});
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.json();
}

// The status that the server answers with: 0 when it is another site's, null when nobody answers.
export function askStatus(url: string): Promise<number | null> {
  return fetchSoon(url, { mode: 'no-cors' }).then(
    ({ status }) => status,
    () => null,
  );
}
