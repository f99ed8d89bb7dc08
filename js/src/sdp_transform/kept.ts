// What sdp-transform loses is kept beside its result, in a property that no loop and no comparison
// sees: `write` puts it back where the result was not edited in that place. A copy of the result
// does not have it, and is written as sdp-transform writes it.

import type { Fields } from './template.js';

// A line that is written otherwise than it was read.
export interface Inexact {
  written: string;
  raw: string;
}

export interface Kept {
  // By the key of the row, for rows that stand once in a section; '' for the object itself.
  inexact?: { [key: string]: Inexact };
  // Repeated lines of which the result shows the last, by the key of the row.
  earlier?: { [key: string]: string[] };
  // Values of lines that have no row or match none, by the type of the line.
  unplaced?: { [type: string]: string[] };
}

const kProperty = '_koeru';

export function keptIn(holder: Fields): Kept | undefined {
  return holder[kProperty] as Kept | undefined;
}

export function keep(holder: Fields): Kept {
  const there = keptIn(holder);
  if (there) return there;
  const made: Kept = {};
  Object.defineProperty(holder, kProperty, { value: made, enumerable: false });
  return made;
}

export function keepInexact(holder: Fields, key: string, written: string, raw: string): void {
  const kept = keep(holder);
  (kept.inexact = kept.inexact || {})[key] = { written: written, raw: raw };
}

export function keepUnplaced(holder: Fields, type: string, raw: string): void {
  const kept = keep(holder);
  const lines = (kept.unplaced = kept.unplaced || {});
  (lines[type] = lines[type] || []).push(raw);
}

export function keepEarlier(holder: Fields, key: string, raw: string): void {
  const kept = keep(holder);
  const lines = (kept.earlier = kept.earlier || {});
  (lines[key] = lines[key] || []).push(raw);
}
