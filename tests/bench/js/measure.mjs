// Measures peers in turns, so that a busy moment of the machine meets all of them.

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

// `clock` gives microseconds, `settle` cleans up what the peer before left, and `pause` lets a page
// answer its driver. The first of `peers`
// is the one to which the others are compared: {us: {name}, ratios: {name}}, medians.
export async function compare(peers, { rounds, milliseconds, clock, settle, pause }) {
  const names = Object.keys(peers);
  const counts = {};
  for (const name of names) {
    counts[name] = warmUp(peers[name], milliseconds, clock);
    await pause();
  }
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; ++round) {
    for (let i = 0; i < names.length; ++i) {
      const name = names[(round + i) % names.length];
      settle();
      await pause();
      times[name].push(timeOf(peers[name], counts[name], clock));
    }
  }
  lastResults.clear();
  const us = {};
  const ratios = {};
  for (const name of names) {
    us[name] = median(times[name]);
    ratios[name] = median(times[name].map((time, i) => time / times[names[0]][i]));
  }
  return { us, ratios };
}

// The last result of each peer. As a page keeps the description that it works with, so the shapes of
// its objects stay known to the engine when the collector runs between two rounds.
export const lastResults = new Map();

function timeOf(run, count, clock) {
  let result;
  const start = clock();
  for (let i = 0; i < count; ++i) result = run();
  const time = (clock() - start) / count;
  lastResults.set(run, result);
  return time;
}

// How many runs fill the wanted time, after as many as the compiler needs to see: it works beside
// us, and a busy machine lets it wait.
function warmUp(run, milliseconds, clock) {
  const wanted = milliseconds * 1000;
  let count = 1;
  let each = 0;
  for (let spent = 0; spent <= 5 * wanted; spent += each * count) {
    if (each * count < wanted) count *= 2;
    each = timeOf(run, count, clock);
    if (wanted === 0) return 1;
  }
  return Math.max(1, Math.round(wanted / each));
}
