// The words of a large description. Its result outlives many a garbage collection, each of which
// moves all of its strings; and since descriptions repeat themselves, a word that was seen before in
// the same text is not made again. In small ones, looking for it would cost more than it saves.

const kLarge = 1 << 19;
const kSlots = 256;

interface Seen {
  starts: Int32Array;
  lengths: Int32Array;
  words: string[];
}

let seen: Seen | undefined;

// For the text of this length, whose words will be asked for.
export function startWords(length: number): void {
  seen = undefined;
  if (length < kLarge) return;
  seen = { starts: new Int32Array(kSlots), lengths: new Int32Array(kSlots), words: [] };
  for (let i = 0; i < kSlots; ++i) seen.words.push('');
}

// Nothing of the text is held any longer.
export function endWords(): void {
  seen = undefined;
}

export function wordAt(text: string, codes: Uint8Array, from: number, to: number): string {
  return seen ? seenAt(seen, text, codes, from, to) : text.slice(from, to);
}

function seenAt(
  { starts, lengths, words }: Seen,
  text: string,
  codes: Uint8Array,
  from: number,
  to: number,
): string {
  const length = to - from;
  const slot = slotOf(codes, from, length);
  if (lengths[slot] === length && isSame(codes, starts[slot] as number, from, length)) {
    return words[slot] as string;
  }
  lengths[slot] = length;
  starts[slot] = from;
  return (words[slot] = text.slice(from, to));
}

// A few of its characters tell a word from most others.
function slotOf(codes: Uint8Array, from: number, length: number): number {
  if (length === 0) return 0;
  const first = codes[from] as number;
  const middle = codes[from + (length >> 1)] as number;
  const last = codes[from + length - 1] as number;
  return (first * 5 + middle * 7 + last * 3 + length * 11) & (kSlots - 1);
}

function isSame(codes: Uint8Array, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; ++i) {
    if (codes[a + i] !== codes[b + i]) return false;
  }
  return true;
}
