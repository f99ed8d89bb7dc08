// Where the relay is, and a short-lived credential for it, from GET /ice-servers.

const kDefaultSeconds = 3600;

// {config, seconds, problem}: what RTCPeerConnection takes, and for how long the credential is good.
// When the server gives nothing useful, `problem` says why, as [key, values] for the page's words.
export async function fetchIceServers(relayOnly) {
  const policy = relayOnly ? { iceTransportPolicy: 'relay' } : {};
  try {
    const response = await fetch('/ice-servers', { cache: 'no-store' });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const { iceServers, iceTransportPolicy, ttl } = await response.json();
    const config = { iceServers, ...(iceTransportPolicy && { iceTransportPolicy }), ...policy };
    const problem = hasRelay(config) ? null : ['problem.noRelay'];
    return { config, seconds: ttl ?? kDefaultSeconds, problem };
  } catch (error) {
    const detail = { detail: error.message };
    const config = { iceServers: [], ...policy };
    return { config, seconds: kDefaultSeconds, problem: ['problem.credential', detail] };
  }
}

function hasRelay({ iceServers }) {
  return iceServers.some(({ urls }) => [urls].flat().some((url) => /^turns?:/.test(url)));
}
