// The attributes of which a description has hundreds, read character by character. Each function
// takes a line that is exactly as browsers write it, and leaves every other one (it returns false)
// to the expressions of the grammar, so that the two cannot differ.

import { keepInexact } from './kept.js';
import { numberOrText } from './params.js';
import type { Fields } from './template.js';

const kWord = 1; // [A-Za-z0-9_]
const kName = 2; // and "-"
const kCodec = 4; // and "."
const kVisible = 8; // no blank
const kAny = 16; // printable ASCII
const classes: number[] = [];
for (let c = 0; c < 128; ++c) {
  const isWord = /\w/.test(String.fromCharCode(c));
  let bits = isWord ? kWord | kName | kCodec : 0;
  if (c === 45) bits |= kName | kCodec;
  if (c === 46) bits |= kCodec;
  if (c > 32 && c < 127) bits |= kVisible;
  if (c > 31 && c < 127) bits |= kAny;
  classes[c] = bits;
}

// Where the run of characters of a class ends.
function skip(text: string, at: number, end: number, bit: number): number {
  while (at < end) {
    const c = text.charCodeAt(at);
    if (c > 127 || !((classes[c] as number) & bit)) return at;
    ++at;
  }
  return at;
}

// A number that is written as JavaScript would; `after` is set behind it. -1: something else.
let after = 0;
function digits(text: string, at: number, end: number): number {
  const start = at;
  let number = 0;
  while (at < end) {
    const c = text.charCodeAt(at) - 48;
    if (c < 0 || c > 9) break;
    number = number * 10 + c;
    ++at;
  }
  after = at;
  if (at === start || at - start > 15) return -1;
  return at - start > 1 && text.charCodeAt(start) === 48 ? -1 : number;
}

function startsAt(text: string, at: number, start: string): boolean {
  for (let i = 0; i < start.length; ++i) {
    if (text.charCodeAt(at + i) !== start.charCodeAt(i)) return false;
  }
  return true;
}

function list(location: Fields, key: string): Fields[] {
  return (location[key] || (location[key] = [])) as Fields[];
}

const kBlank = 32;
const kSlash = 47;
const kColon = 58;

function rtpmap(location: Fields, text: string, at: number, end: number): boolean {
  const payload = digits(text, at + 7, end);
  if (payload < 0 || text.charCodeAt(after) !== kBlank) return false;
  const name = after + 1;
  const slash = skip(text, name, end, kCodec);
  if (slash === end || text.charCodeAt(slash) !== kSlash) return false;
  const rate = digits(text, slash + 1, end);
  if (rate < 0) return false;
  const codec = numberOrText(text.slice(name, slash));
  if (after === end) {
    list(location, 'rtp').push({ payload: payload, codec: codec, rate: rate });
    return true;
  }
  const encoding = after + 1;
  if (text.charCodeAt(after) !== kSlash || skip(text, encoding, end, kVisible) !== end) return false;
  list(location, 'rtp').push({
    payload: payload,
    codec: codec,
    rate: rate,
    encoding: numberOrText(text.slice(encoding, end)),
  });
  return true;
}

function fmtp(location: Fields, text: string, at: number, end: number): boolean {
  const payload = digits(text, at + 5, end);
  if (payload < 0 || text.charCodeAt(after) !== kBlank) return false;
  const config = after + 1;
  if (skip(text, config, end, kAny) !== end) return false;
  list(location, 'fmtp').push({
    payload: payload,
    config: numberOrText(text.slice(config, end)),
  });
  return true;
}

function rtcpFb(location: Fields, text: string, at: number, end: number): boolean {
  const payload = digits(text, at + 8, end);
  if (payload < 0 || text.charCodeAt(after) !== kBlank) return false;
  const start = after + 1;
  const blank = skip(text, start, end, kName);
  const type = text.slice(start, blank);
  if (type === 'trr-int') return false;
  if (blank === end) {
    list(location, 'rtcpFb').push({ payload: payload, type: numberOrText(type) });
    return true;
  }
  const subtype = blank + 1;
  if (text.charCodeAt(blank) !== kBlank || skip(text, subtype, end, kName) !== end) return false;
  list(location, 'rtcpFb').push({
    payload: payload,
    type: numberOrText(type),
    subtype: numberOrText(text.slice(subtype, end)),
  });
  return true;
}

function extmap(location: Fields, text: string, at: number, end: number): boolean {
  const value = digits(text, at + 7, end);
  if (value < 0 || text.charCodeAt(after) !== kBlank) return false;
  const uri = after + 1;
  if (skip(text, uri, end, kVisible) !== end) return false;
  list(location, 'ext').push({ value: value, uri: numberOrText(text.slice(uri, end)) });
  return true;
}

function ssrc(location: Fields, text: string, at: number, end: number): boolean {
  const id = digits(text, at + 5, end);
  if (id < 0 || text.charCodeAt(after) !== kBlank) return false;
  const start = after + 1;
  const colon = skip(text, start, end, kName);
  if (colon === end || text.charCodeAt(colon) !== kColon) return false;
  if (skip(text, colon + 1, end, kAny) !== end) return false;
  list(location, 'ssrcs').push({
    id: id,
    attribute: numberOrText(text.slice(start, colon)),
    value: numberOrText(text.slice(colon + 1, end)),
  });
  return true;
}

const kExtensions = ['raddr', 'rport', 'tcptype', 'generation', 'network-id', 'network-cost'];
const kDigits = /^\d*$/;

// RFC 8839 section 5.1. Extensions may come in any order, and others stand between those that have
// a place: sdp-transform reads none behind the first such.
function candidate(location: Fields, text: string, at: number, end: number): boolean {
  if (skip(text, at, end, kAny) !== end) return false;
  const line = text.slice(at, end);
  const parts = line.slice(10).split(' ');
  if (parts.length < 8 || parts[6] !== 'typ') return false;
  if (!kDigits.test(parts[1] + '' + parts[3] + parts[5])) return false;
  const item: Fields = {
    foundation: numberOrText(parts[0] as string),
    component: numberOrText(parts[1] as string),
    transport: numberOrText(parts[2] as string),
    priority: numberOrText(parts[3] as string),
    ip: numberOrText(parts[4] as string),
    port: numberOrText(parts[5] as string),
    type: numberOrText(parts[7] as string),
  };
  const isExact = extensionsOf(item, parts);
  if (!isExact) keepInexact(item, '', writeCandidate(item), line);
  list(location, 'candidates').push(item);
  return true;
}

// False when the line will be written in another way.
function extensionsOf(item: Fields, parts: string[]): boolean {
  let last = -1;
  let isExact = parts.length % 2 === 0;
  for (let i = 8; i + 1 < parts.length; i += 2) {
    const key = parts[i] as string;
    const place = kExtensions.indexOf(key);
    if (place <= last || item[key] !== undefined) isExact = false;
    if (place >= 0 && item[key] === undefined) {
      last = Math.max(last, place);
      item[key] = numberOrText(parts[i + 1] as string);
    }
  }
  return isExact && (item.raddr === undefined) === (item.rport === undefined);
}

let writeCandidate: (item: Fields) => string;
export function setCandidateWriter(write: (item: Fields) => string): void {
  writeCandidate = write;
}

// Reads the attribute that stands in `text` from `at` to `end`, if it is one of these.
export function readHot(location: Fields, text: string, at: number, end: number): boolean {
  switch (text.charCodeAt(at)) {
    case 114: // r
      if (startsAt(text, at, 'rtpmap:')) return rtpmap(location, text, at, end);
      return startsAt(text, at, 'rtcp-fb:') && rtcpFb(location, text, at, end);
    case 102: // f
      return startsAt(text, at, 'fmtp:') && fmtp(location, text, at, end);
    case 101: // e
      return startsAt(text, at, 'extmap:') && extmap(location, text, at, end);
    case 115: // s
      return startsAt(text, at, 'ssrc:') && ssrc(location, text, at, end);
    case 99: // c
      return startsAt(text, at, 'candidate:') && candidate(location, text, at, end);
  }
  return false;
}
