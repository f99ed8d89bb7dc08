// Time as a parameter: tests hand in a clock that they turn.

export interface Clock {
  now(): number;
  setTimeout(run: () => void, ms: number): number;
  clearTimeout(id: number): void;
}

export const kClock: Clock = {
  now: () => performance.now(),
  setTimeout: (run, ms) => setTimeout(run, ms) as unknown as number,
  clearTimeout: (id) => clearTimeout(id),
};

// One timer that can be set again and again.
export class Timer {
  private id = 0;

  constructor(private clock: Clock) {}

  set(ms: number, run: () => void): void {
    this.clear();
    this.id = this.clock.setTimeout(() => {
      this.id = 0;
      run();
    }, ms);
  }

  clear(): void {
    if (this.id) this.clock.clearTimeout(this.id);
    this.id = 0;
  }

  get isSet(): boolean {
    return this.id !== 0;
  }
}

// Waits between attempts: quick at first, because most breaks are short, then at most `longest`.
// `random`: 0 to 1, so that a thousand pages do not come back in the same moment.
export function backoff(attempt: number, longest: number, random: number): number {
  return Math.min(longest, 200 * 1.7 ** attempt) * (0.75 + random / 2);
}
