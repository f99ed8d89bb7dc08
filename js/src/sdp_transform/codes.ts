// A text as an array of its character codes, and runs of characters in it. Reading a typed array
// costs a fifth of charCodeAt, and places in the array are places in the text.

export const kBlank = 32;
export const kDot = 46;
export const kSlash = 47;
export const kColon = 58;
export const kEquals = 61;
export const kSmallE = 101;
const kLineFeed = 10;
const kCarriageReturn = 13;

// Classes of characters, one bit each.
export const kDigit = 1;
export const kWord = 2; // [A-Za-z0-9_]
export const kName = 4; // and "-"
export const kCodec = 8; // and "."
export const kVisible = 16; // printable ASCII
export const kAny = 32; // and the blank
export const kInLine = 64; // all but the ends of lines
const kNumeric = 128; // what begins a number: digits, "-", "Infinity", "NaN"

const kClassesOf: [bit: number, characters: RegExp][] = [
  [kDigit, /\d/],
  [kWord, /\w/],
  [kName, /[\w-]/],
  [kCodec, /[\w\-.]/],
  [kVisible, /[!-~]/],
  [kAny, /[ -~]/],
  [kInLine, /[^\r\n]/],
  [kNumeric, /[\d\-IN]/],
];

// Beyond ASCII there is one code for all, and no class but kInLine has it.
const kBeyond = 255;
const classes = new Uint8Array(256);
for (let c = 0; c < 256; ++c) {
  const character = c < 128 ? String.fromCharCode(c) : '\u00ff';
  kClassesOf.forEach(function (row) {
    if (row[1].test(character)) classes[c] = (classes[c] as number) | row[0];
  });
}

// The array is used again by each parse, as large as the largest text so far; what is larger than
// any description should be is given back.
const kMostKept = 1 << 20;
let kept = new Uint8Array(1 << 14);
const encoder = typeof TextEncoder === 'undefined' ? undefined : new TextEncoder();

function roomFor(length: number): Uint8Array {
  if (length <= kept.length) return kept;
  if (length > kMostKept) return new Uint8Array(length);
  kept = new Uint8Array(Math.max(length, Math.min(2 * kept.length, kMostKept)));
  return kept;
}

// The codes of `text`, ended by a line feed.
export function codesOf(text: string): Uint8Array {
  const length = text.length;
  const codes = roomFor(length + 1);
  const done = encoder && encoder.encodeInto(text, codes);
  // As many bytes as characters: it is ASCII.
  if (!done || done.read !== length || done.written !== length) copyCodes(text, codes);
  codes[length] = kLineFeed;
  return codes;
}

function copyCodes(text: string, codes: Uint8Array): void {
  for (let i = 0; i < text.length; ++i) {
    const c = text.charCodeAt(i);
    codes[i] = c < 128 ? c : kBeyond;
  }
}

// Where the run of characters of a class ends; the end of a line ends every run.
export function skip(codes: Uint8Array, at: number, bit: number): number {
  while ((classes[codes[at] as number] as number) & bit) ++at;
  return at;
}

export function isEnd(code: number | undefined): boolean {
  return code === kLineFeed || code === kCarriageReturn;
}

// Lines end with CRLF, LF or CR.
export function nextLine(codes: Uint8Array, end: number): number {
  const isPair = codes[end] === kCarriageReturn && codes[end + 1] === kLineFeed;
  return isPair ? end + 2 : end + 1;
}

// The number in a run of digits, when it is written as JavaScript would; -1 otherwise.
export function numberAt(codes: Uint8Array, from: number, to: number): number {
  const length = to - from;
  if (length < 1 || length > 15) return -1;
  const first = (codes[from] as number) - 48;
  if (first === 0 && length > 1) return -1;
  let number = first;
  for (let at = from + 1; at < to; ++at) number = number * 10 + (codes[at] as number) - 48;
  return number;
}

export function mayBeNumber(code: number | undefined): boolean {
  return ((classes[code as number] as number) & kNumeric) !== 0;
}

export function isWordAt(codes: Uint8Array, from: number, to: number, word: string): boolean {
  if (to - from !== word.length) return false;
  for (let i = 0; i < word.length; ++i) {
    if (codes[from + i] !== word.charCodeAt(i)) return false;
  }
  return true;
}
