// Koeru.diagnose: gathers the facts, one step after the other, then judges them.

import type {
  CallFacts,
  DiagnoseOptions,
  GatheredAddress,
  Mapping,
  Report,
  ServerFacts,
} from '../../koeru.diagnose.js';
import { judge, type Facts } from './verdict.js';
import { expiryOf } from './credential.js';
import { judgeFamily } from './families.js';
import { gather, type GatherContext, type Gathered } from './gather.js';
import { loopbackCall } from './loopback_call.js';
import { judgeMapping } from './nat_mapping.js';
import { lookAtDevices, reach } from './surroundings.js';
import { readServers, type Target } from './targets.js';

export { explainIceError } from './ice_error.js';

const kTimeoutMs = 12_000;
// Browsers take longer than this to find out that a STUN server does not answer.
const kSilenceMs = 4_000;

export async function diagnose(options: DiagnoseOptions = {}): Promise<Report> {
  if (typeof RTCPeerConnection === 'undefined') {
    const message =
      'Koeru.diagnose: this browser has no RTCPeerConnection; take a current Chrome, Edge, Firefox or Safari';
    throw Object.assign(new Error(message), { name: 'NotSupportedError' });
  }
  const { signal, onProgress = () => {}, timeout = kTimeoutMs } = options;
  const base = options.url === null ? null : baseOf(options.url || '');
  const at = new Date().toISOString();
  const steps = new Steps(onProgress, signal);

  await steps.begin('reach');
  const reached = base ? await reach(base, signal) : null;
  const targets = readServers(options.iceServers || (await iceServersOf(base)));
  const calls = options.calls === false ? 0 : targets.filter(({ isRelay }) => isRelay).length;
  steps.of = 3 + targets.length + calls;
  await steps.begin('devices');
  const devices = await lookAtDevices();

  const servers: ServerFacts[] = [];
  for (const target of targets) {
    await steps.begin(target.url);
    servers.push(await ask(target, timeout, signal));
  }
  if (calls) {
    for (const [i, target] of targets.entries()) {
      if (!target.isRelay) continue;
      await steps.begin(`call ${target.url}`);
      servers[i]!.call = await callThrough(target, servers[i]!, signal);
    }
  }
  await steps.begin('verdict');
  const asked = targets.filter(({ transport }, i) => transport === 'udp' && servers[i]!.hasAnswered);
  const { urls, addresses } = await askTogether(asked, timeout, signal);
  const facts: Facts = {
    at,
    page: {
      origin: location.origin,
      isSecure: isSecureContext,
      isOnline: navigator.onLine !== false,
    },
    devices,
    reach: reached,
    servers,
    mapping: mappingOf(addresses, urls.length),
    families: { 4: judgeFamily(4, addresses, servers), 6: judgeFamily(6, addresses, servers) },
  };
  await steps.end();
  return { ...facts, verdict: judge(facts) };
}

// Says what begins, and ends it all where somebody asked for that.
class Steps {
  of = 4;
  private done = 0;

  constructor(
    private onProgress: NonNullable<DiagnoseOptions['onProgress']>,
    private signal: AbortSignal | undefined,
  ) {}

  async begin(step: string): Promise<void> {
    this.check();
    this.onProgress({ done: this.done++, of: this.of, step });
  }
  async end(): Promise<void> {
    this.check();
    this.onProgress({ done: this.of, of: this.of, step: 'verdict' });
  }
  private check(): void {
    if (this.signal && this.signal.aborted)
      throw new DOMException('Koeru.diagnose was ended', 'AbortError');
  }
}

function baseOf(url: string): URL {
  try {
    return new URL(url, location.href);
  } catch (error) {
    throw new TypeError(
      `Koeru.diagnose: url "${url}" is no address; write "https://relay.example", or null for none`,
    );
  }
}

async function iceServersOf(base: URL | null): Promise<RTCIceServer[]> {
  if (!base)
    throw new TypeError('Koeru.diagnose: give iceServers, or the url of a server that has them');
  try {
    const response = await fetch(new URL('/ice-servers', base), { cache: 'no-store' });
    return response.ok ? (await response.json()).iceServers : [];
  } catch (error) {
    return []; // what cannot be reached is in the report
  }
}

const kContext: GatherContext = {
  make: (config) => new RTCPeerConnection(config),
  now: () => performance.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer),
};

async function ask(target: Target, timeout: number, signal?: AbortSignal): Promise<ServerFacts> {
  const config: RTCConfiguration = { iceServers: [target.server] };
  if (target.isRelay) config.iceTransportPolicy = 'relay';
  const { addresses, errors, firstMs, doneMs }: Gathered = await gather(
    kContext,
    config,
    timeout,
    signal,
  );
  const expires = target.isRelay ? expiryOf(target.server.username) : null;
  const { url, host, port, isRelay, transport } = target;
  const given = addresses.filter(({ type }) => type === (isRelay ? 'relay' : 'srflx'));
  const isQuietlyDone = !isRelay && doneMs !== null && doneMs < kSilenceMs && errors.length === 0;
  const hasAnswered = given.length > 0 || isQuietlyDone;
  return {
    url,
    host,
    port,
    isRelay,
    transport,
    hasAnswered,
    addresses: given,
    errors,
    ms: firstMs,
    gatheredMs: doneMs,
    expires: expires && expires.toISOString(),
    call: null,
  };
}

async function callThrough(
  target: Target,
  facts: ServerFacts,
  signal?: AbortSignal,
): Promise<CallFacts | null> {
  return facts.addresses.length ? loopbackCall(target.server, signal) : null;
}

// All that speak UDP at once, so that they are asked from the same sockets.
async function askTogether(
  targets: Target[],
  timeout: number,
  signal?: AbortSignal,
): Promise<{ urls: string[]; addresses: GatheredAddress[] }> {
  // A TURN server answers Binding requests, too.
  const urls = [...new Set(targets.map(({ host, port }) => `stun:${host}:${port}`))];
  if (urls.length === 0) return { urls, addresses: [] };
  const { addresses } = await gather(kContext, { iceServers: [{ urls }] }, timeout, signal);
  return { urls, addresses };
}

function mappingOf(addresses: GatheredAddress[], servers: number): Mapping {
  const ofType = (wanted: string) => addresses.filter(({ type }) => type === wanted);
  return judgeMapping(ofType('srflx'), ofType('host'), servers);
}
