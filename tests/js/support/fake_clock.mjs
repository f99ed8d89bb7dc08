// A clock that the test turns.
export class FakeClock {
  time = 0;
  #last = 0;
  #timers = new Map();

  now() {
    return this.time;
  }

  setTimeout(run, ms) {
    this.#timers.set(++this.#last, { at: this.time + ms, run });
    return this.#last;
  }

  clearTimeout(id) {
    this.#timers.delete(id);
  }

  // Timers run in their order; what they begin has its turn in between.
  async pass(ms) {
    const end = this.time + ms;
    for (;;) {
      await settled();
      const [next] = [...this.#timers].sort((a, b) => a[1].at - b[1].at || a[0] - b[0]);
      if (!next || next[1].at > end) break;
      this.#timers.delete(next[0]);
      this.time = Math.max(this.time, next[1].at);
      next[1].run();
    }
    this.time = end;
    await settled();
  }
}

// Everything that waits for promises alone has had its turn.
export function settled() {
  return new Promise((resolve) => setImmediate(resolve));
}
