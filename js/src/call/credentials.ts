// Where the relay is, and a credential for it that never gets old: it is asked for again at half of
// its life, and whenever a connection has to be mended.

import type { CallError, IceServers } from '../../koeru.call.js';
import { Timer, type Clock } from './clock.js';
import { callError, reasonOf } from './errors.js';

const kDefaultSeconds = 3600;
const kSoonestMs = 5_000;
const kRetryMs = 10_000;
// Not asked for twice in so short a time, however many connections want mending.
const kFreshMs = 1_000;

export interface CredentialOptions {
  fetch: () => Promise<IceServers>;
  relayOnly: boolean;
  url: string; // for the words of an error
  clock: Clock;
}

export class Credentials {
  config: RTCConfiguration = { iceServers: [] };
  problem: CallError | null = null;
  // A new configuration is there.
  onchange: (config: RTCConfiguration) => void = () => {};
  private timer: Timer;
  private asking: Promise<RTCConfiguration> | null = null;
  private askedAt = -Infinity;
  private isClosed = false;

  constructor(private options: CredentialOptions) {
    this.timer = new Timer(options.clock);
  }

  // Never rejects: with the old configuration, or none, a direct path may still work.
  refresh(): Promise<RTCConfiguration> {
    const { clock } = this.options;
    if (this.asking) return this.asking;
    if (clock.now() - this.askedAt < kFreshMs && !this.problem) return Promise.resolve(this.config);
    this.askedAt = clock.now();
    this.asking = this.ask().then(() => {
      this.asking = null;
      return this.config;
    });
    return this.asking;
  }

  close(): void {
    this.isClosed = true;
    this.timer.clear();
  }

  private async ask(): Promise<void> {
    let waitMs = kRetryMs;
    try {
      const { iceServers, ttl } = await this.options.fetch();
      waitMs = Math.max(kSoonestMs, ((ttl || kDefaultSeconds) * 1000) / 2);
      this.problem = hasRelay(iceServers) ? null : callError('CredentialError', 'no-relay');
      this.take(iceServers);
    } catch (error) {
      const facts = { reason: reasonOf(error), url: this.options.url };
      this.problem = callError('CredentialError', 'no-answer', facts, error);
      if (!this.config.iceServers!.length) this.take([]);
    }
    if (!this.isClosed) this.timer.set(waitMs, () => void this.refresh());
  }

  private take(iceServers: RTCIceServer[]): void {
    this.config = this.options.relayOnly
      ? { iceServers, iceTransportPolicy: 'relay' }
      : { iceServers };
    if (!this.isClosed) this.onchange(this.config);
  }
}

function hasRelay(iceServers: RTCIceServer[]): boolean {
  return iceServers.some(({ urls }) =>
    ([] as string[]).concat(urls).some((url) => /^turns?:/.test(url)),
  );
}
