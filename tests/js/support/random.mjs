// Random numbers that can be had again: failures print the seed, and KOERU_SEED sets it.

export function newSeed() {
  return Number(globalThis.process?.env.KOERU_SEED) || Math.floor(Math.random() * 2 ** 32);
}

// mulberry32: next(n) gives a whole number below n.
export function randomFrom(seed) {
  let state = seed;
  function next(n) {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * n);
  }
  const one = (list) => list[next(list.length)];
  const text = (letters, from, to) => {
    let made = '';
    for (let n = from + next(to - from + 1); n > 0; --n) made += one(letters);
    return made;
  };
  return { next, one, text };
}
