// The values of a line: numbers where the text is exactly what the number would be written as.

import { kDigit, kDot, kSmallE, mayBeNumber, numberAt, skip } from './codes.js';
import { numberOrText } from './params.js';
import { wordAt } from './words.js';

// What numberOrText gives for that part of the text, mostly without asking it.
export function valueAt(
  text: string,
  codes: Uint8Array,
  from: number,
  to: number,
): string | number {
  if (!mayBeNumber(codes[from])) return wordAt(text, codes, from, to);
  const digitsEnd = skip(codes, from, kDigit);
  if (digitsEnd === to) return digitsAt(text, codes, from, to);
  // An address or a hash that begins with digits is no number.
  const end = codes[digitsEnd] === kDot ? skip(codes, digitsEnd + 1, kDigit) : digitsEnd;
  const value = wordAt(text, codes, from, to);
  const isText = digitsEnd > from && end < to && codes[end] !== kSmallE;
  return isText ? value : numberOrText(value);
}

// The same for a part in which there are only digits.
export function digitsAt(
  text: string,
  codes: Uint8Array,
  from: number,
  to: number,
): string | number {
  const number = numberAt(codes, from, to);
  return number < 0 ? numberOrText(text.slice(from, to)) : number;
}
