// RFC 8839 section 5.1. Extensions may come in any order, and others stand between those that have
// a place: sdp-transform reads none behind the first such.

import { isEnd, isWordAt, kBlank, kDigit, kVisible, skip } from './codes.js';
import type { Reader } from './hot_lines.js';
import { keepInexact } from './kept.js';
import type { Fields } from './template.js';
import { digitsAt, valueAt } from './value_at.js';

type Value = string | number | undefined;

const kExtensions = ['raddr', 'rport', 'tcptype', 'generation', 'network-id', 'network-cost'];

// Behind the blank that ends a word of one class; -1 when something else ends it.
function pass(codes: Uint8Array, at: number, bit: number): number {
  if (at < 0) return at;
  const end = skip(codes, at, bit);
  return codes[end] === kBlank ? end + 1 : -1;
}

let writeCandidate: (item: Fields) => string;
export function setCandidateWriter(write: (item: Fields) => string): void {
  writeCandidate = write;
}

// The extensions of the line that is being read, by their place, and whether they are written back
// in the same way.
const found: Value[] = kExtensions.map(() => undefined);
let isExact = true;

// Reads from behind the type to the end of the line; -1 when it cannot.
function readExtensions(text: string, codes: Uint8Array, at: number): number {
  for (let i = 0; i < found.length; ++i) found[i] = undefined;
  isExact = true;
  for (let next = 0; codes[at] === kBlank; ) {
    const value = skip(codes, at + 1, kVisible) + 1;
    if (codes[value - 1] !== kBlank) {
      isExact = false;
      at = value - 1;
      break;
    }
    const end = skip(codes, value, kVisible);
    const place = placeOf(codes, at + 1, value - 1, next);
    if (place < next) isExact = false;
    if (place >= 0 && found[place] === undefined) {
      found[place] = valueAt(text, codes, value, end);
      next = Math.max(next, place + 1);
    }
    at = end;
  }
  if ((found[0] === undefined) !== (found[1] === undefined)) isExact = false;
  return isEnd(codes[at]) ? at : -1;
}

// Mostly it is one of those behind the last.
function placeOf(codes: Uint8Array, from: number, to: number, next: number): number {
  for (let i = 0; i < kExtensions.length; ++i) {
    const place = (next + i) % kExtensions.length;
    if (isWordAt(codes, from, to, kExtensions[place] as string)) return place;
  }
  return -1;
}

export const candidate: Reader = function (section, text, codes, at) {
  const component = pass(codes, at, kVisible);
  const transport = pass(codes, component, kDigit);
  const priority = pass(codes, transport, kVisible);
  const ip = pass(codes, priority, kDigit);
  const port = pass(codes, ip, kVisible);
  const typ = pass(codes, port, kDigit);
  const type = pass(codes, typ, kVisible);
  if (type < 0 || !isWordAt(codes, typ, type - 1, 'typ')) return -1;
  const typeEnd = skip(codes, type, kVisible);
  const end = readExtensions(text, codes, typeEnd);
  if (end < 0) return -1;
  const item: Fields = {
    foundation: valueAt(text, codes, at, component - 1),
    component: digitsAt(text, codes, component, transport - 1),
    transport: valueAt(text, codes, transport, priority - 1),
    priority: digitsAt(text, codes, priority, ip - 1),
    ip: valueAt(text, codes, ip, port - 1),
    port: digitsAt(text, codes, port, typ - 1),
    type: valueAt(text, codes, type, typeEnd),
  };
  addExtensions(item);
  if (!isExact) {
    keepInexact(item, '', writeCandidate(item), text.slice(at - 'candidate:'.length, end));
  }
  (section.candidates || (section.candidates = [])).push(item);
  return end;
};

// In the order of sdp-transform, by names that stand in the code: that is fast.
function addExtensions(item: Fields): void {
  if (found[0] !== undefined) item.raddr = found[0];
  if (found[1] !== undefined) item.rport = found[1];
  if (found[2] !== undefined) item.tcptype = found[2];
  if (found[3] !== undefined) item.generation = found[3];
  if (found[4] !== undefined) item['network-id'] = found[4];
  if (found[5] !== undefined) item['network-cost'] = found[5];
}
