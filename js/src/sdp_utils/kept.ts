// What `sdp` loses, kept beside its results so that they look the same: copies do not have it.

interface KeptNumber {
  value: number;
  text: string;
}

const numbersOf = new WeakMap<object, Map<string, KeptNumber>>();

// Sets a field to the number that the text begins with (or NaN), as `sdp` does, and remembers the
// text where the number would be written in another way: "0096", "8000Hz", beyond 2^53.
export function readNumber(into: object, key: string, text: string | undefined): number {
  const plain = text === undefined ? -1 : plainNumber(text);
  const value = plain < 0 ? parseInt(text as string, 10) : plain;
  (into as { [key: string]: number })[key] = value;
  if (plain < 0 && text !== undefined && String(value) !== text) {
    const known = numbersOf.get(into) || new Map<string, KeptNumber>();
    numbersOf.set(into, known.set(key, { value: value, text: text }));
  }
  return value;
}

// What nearly all of them are: up to 15 digits, which a double holds, without a zero in front. -1
// for others.
function plainNumber(text: string): number {
  const length = text.length;
  if (length === 0 || length > 15 || (length > 1 && text.charCodeAt(0) === 48)) return -1;
  let value = 0;
  for (let i = 0; i < length; ++i) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

// The field `key`, whose value is `value`, as it was read, while nobody changes it.
export function writtenNumber(from: object, key: string, value: unknown): string {
  const known = numbersOf.get(from);
  const kept = known && known.get(key);
  if (kept && Object.is(kept.value, value)) return kept.text;
  return value === undefined || value !== value ? '' : String(value);
}

// The text from which an object was read, for a writer that would lose some of it.
interface KeptText {
  written: string;
  text: string;
}

const textOf = new WeakMap<object, KeptText>();

export function keepText(holder: object, written: string, text: string): void {
  textOf.set(holder, { written: written, text: text });
}

// `written` is what the writer makes of the object: the same as before when nobody changed it.
export function restored(holder: object, written: string): string {
  const kept = textOf.get(holder);
  return kept && kept.written === written ? kept.text : written;
}
