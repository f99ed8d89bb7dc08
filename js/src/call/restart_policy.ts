// When a connection that broke is mended, and how: by an ICE restart, which loses nothing, or by a
// new connection. Told of states, it calls `restart` and `rebuild`.

import { Timer, type Clock } from './clock.js';

// Most breaks end by themselves within a moment.
const kRestartAfterMs = 1_000;
// How long an ICE restart may take before the next attempt.
const kAttemptMs = 6_000;
const kMostAttempts = 6;
// A connection that was never there has gathered, checked and given up by then.
const kFirstMs = 15_000;

export interface RestartActions {
  restart(): void;
  rebuild(): void;
  // Nothing helps: 'failed' until the network changes.
  giveUp(): void;
}

export class RestartPolicy {
  private attempts = 0;
  private isFailed = false;
  private isConnected = false;
  private wasConnected = false;
  private timer: Timer;

  // `failedIsFinal`: Firefox, where media stays dead after a restart from `failed`.
  constructor(
    private actions: RestartActions,
    private failedIsFinal: boolean,
    clock: Clock,
  ) {
    this.timer = new Timer(clock);
  }

  follow(state: RTCPeerConnectionState): void {
    this.isConnected = state === 'connected';
    this.isFailed = state === 'failed' || (state === 'connecting' && !this.wasConnected);
    if (state === 'connected' || state === 'closed') {
      this.timer.clear();
      if (state === 'connected') this.attempts = 0;
      this.wasConnected = true;
    } else if (state === 'connecting') {
      if (this.isFailed && !this.timer.isSet) this.timer.set(kFirstMs, () => this.mend());
    } else if (state === 'disconnected') {
      // Do not wait for `failed`, and for an attempt under way only as long as it may take.
      if (!this.timer.isSet) this.timer.set(kRestartAfterMs, () => this.mend());
    } else if (state === 'failed') {
      // An attempt that began before may still be the one.
      if (!this.timer.isSet || this.failedIsFinal) this.timer.set(0, () => this.mend());
    }
  }

  // The network changed, or the server was restarted: from the beginning, and at once.
  now(): void {
    this.attempts = 0;
    this.mend();
  }

  close(): void {
    this.timer.clear();
  }

  private mend(): void {
    if (this.attempts >= kMostAttempts) return this.actions.giveUp();
    ++this.attempts;
    this.timer.set(kAttemptMs, () => this.judge());
    // A restart from `failed` is worth one attempt where it can work at all.
    if (this.isFailed && (this.failedIsFinal || this.attempts > 1)) this.actions.rebuild();
    else this.actions.restart();
  }

  // A connection may have been there all the while, and tells of no state then.
  private judge(): void {
    if (this.isConnected) this.attempts = 0;
    else this.mend();
  }
}
