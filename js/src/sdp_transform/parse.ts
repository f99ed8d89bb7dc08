// parse: a description as the plain objects of sdp-transform.
//
// A line goes by its letter and the name of its attribute straight to the one or two rows that can
// read it, where sdp-transform asks each of its sixty expressions in turn.

import { attributeAt, attributeNamed, type Attribute } from './attributes.js';
import { codesOf, isEnd, kColon, kEquals, kInLine, kName, nextLine, skip } from './codes.js';
import { grammar, isChanged, known, type Known, type Row } from './grammar.js';
import type { Section } from './hot_lines.js';
import { keepEarlier, keepInexact, keepUnplaced } from './kept.js';
import { mediaAt, readConnection } from './media_line.js';
import { numberOrText } from './params.js';
import type { Fields } from './template.js';
import { valueAt } from './value_at.js';
import { endWords, startWords } from './words.js';

const kAttribute = 97; // "a"
const kConnection = 99; // "c"
const kMedia = 109; // "m"

export interface Session extends Fields {
  media: Fields[];
}

export function parse(sdp: string): Session {
  // Only texts have it: anything else is refused, as sdp-transform does.
  const text = sdp.substring(0);
  const codes = codesOf(text);
  startWords(text.length);
  const session = {} as Session;
  const media: Fields[] = [];
  const read = isChanged() ? readByGrammar : undefined;
  let location: Section = session;
  for (let start = 0, end = 0; start < text.length; start = nextLine(codes, end)) {
    const type = codes[start] as number;
    // What is not a small letter and "=" is no line.
    const isLine = type > 96 && type < 123 && codes[start + 1] === kEquals;
    if (isLine && type === kAttribute && !read) {
      end = readAttribute(location, text, codes, start + 2);
      continue;
    }
    end = skip(codes, start, kInLine);
    if (!isLine) continue;
    if (type === kMedia) {
      const section = read ? undefined : mediaAt(text, codes, start + 2);
      media.push((location = section || { rtp: [], fmtp: [] }));
      if (section) continue;
    }
    if (type === kConnection && !read && readConnection(location, text, codes, start + 2)) continue;
    (read || readLine)(location, text.charAt(start), text.slice(start + 2, end));
  }
  endWords();
  session.media = media;
  return session;
}

// Gives the end of the line.
function readAttribute(location: Section, text: string, codes: Uint8Array, at: number): number {
  const nameEnd = skip(codes, at, kName);
  const attribute = attributeAt(codes, at, nameEnd);
  const shortEnd = attribute ? readShort(attribute, location, text, codes, nameEnd) : -1;
  if (shortEnd >= 0) return shortEnd;
  const end = skip(codes, nameEnd, kInLine);
  readByRows(location, text.slice(at, end));
  return end;
}

// The short ways. A second line of what stands once is for `place`.
function readShort(
  attribute: Attribute,
  location: Section,
  text: string,
  codes: Uint8Array,
  nameEnd: number,
): number {
  const isValue = codes[nameEnd] === kColon;
  if (isValue && attribute.reader) return attribute.reader(location, text, codes, nameEnd + 1);
  const set = attribute.set;
  if (!set || isValue === attribute.isFlag || location[attribute.key] !== undefined) return -1;
  const end = isValue ? skip(codes, nameEnd + 1, attribute.valueClass) : nameEnd;
  // No row is asked whether it takes an empty value.
  if (!isEnd(codes[end]) || end === nameEnd + 1) return -1;
  set(location, isValue ? valueAt(text, codes, nameEnd + 1, end) : attribute.name);
  return end;
}

function readLine(location: Fields, type: string, value: string): void {
  const row = (known[type] || [])[0];
  const match = row && row.reg.exec(value);
  // Half a media line is none.
  const isWhole = match && (type !== 'm' || match[0].length === value.length);
  if (row && match && isWhole) return place(location, row, match, value);
  if (type === 'm') readOtherMedia(location, value);
  else keepUnplaced(location, type, value);
}

// The name ends at a colon or a blank.
function attributeName(value: string): string {
  for (let i = 0; i < value.length; ++i) {
    const c = value.charCodeAt(i);
    if (c === 58 || c === 32 || c === 9) return value.slice(0, i);
  }
  return value;
}

function readByRows(location: Section, value: string): void {
  const attribute = attributeNamed(attributeName(value));
  if (attribute) {
    for (let i = 0; i < attribute.rows.length; ++i) {
      const row = attribute.rows[i] as Known;
      const match = row.reg.exec(value);
      if (match) return place(location, row, match, value);
    }
  }
  (location.invalid || (location.invalid = [])).push({ value: numberOrText(value) });
}

function push(location: Fields, key: string, item: Fields): void {
  const list = location[key] as Fields[] | undefined;
  if (list) list.push(item);
  else location[key] = [item];
}

function place(location: Fields, row: Known, match: RegExpExecArray, value: string): void {
  const isWhole = match[0].length === value.length;
  if (row.push) {
    const item = fieldsOf(row.names as string[], match, {});
    push(location, row.push, item);
    if (!isWhole) keepInexact(item, '', row.template.write(item), value);
    return;
  }
  if (row.name) keepRepeated(location, row, value);
  if (!row.names) location[row.key] = numberOrText(match[1] as string);
  else if (row.name) location[row.name] = fieldsOf(row.names, match, {});
  else fieldsOf(row.names, match, location);
  if (!isWhole) keepInexact(location, row.key, written(location, row), value);
}

function fieldsOf(names: string[], match: RegExpExecArray, into: Fields): Fields {
  for (let i = 0; i < names.length; ++i) {
    const value = match[i + 1];
    if (value !== undefined) into[names[i] as string] = numberOrText(value);
  }
  return into;
}

export function written(location: Fields, row: Known): string {
  const fields = row.name && row.names ? (location[row.name] as Fields) : location;
  return row.template.write(fields);
}

// The last of several lines is shown, as sdp-transform does; the others are kept.
function keepRepeated(location: Fields, row: Known, value: string): void {
  if (location[row.key] === undefined) return;
  const before = written(location, row);
  if (before !== value) keepEarlier(location, row.key, before);
}

// RFC 8866 section 5.14: "m=audio 49170/2 RTP/AVP 31", and protocols beyond letters and slashes.
function readOtherMedia(location: Fields, value: string): void {
  const match = /^(\S+) (\d+)(?:\/(\d+))? (\S+)(?: (.*))?/.exec(value);
  if (!match) return keepUnplaced(location, 'm', value);
  fieldsOf(['type', 'port', 'portCount', 'protocol', 'payloads'], match, location);
}

// The way of sdp-transform, for a grammar that somebody changed.
function readByGrammar(location: Fields, type: string, value: string): void {
  const rows = grammar[type] || [];
  for (let i = 0; i < rows.length; ++i) {
    const row = rows[i] as Row;
    const match = value.match(row.reg || /(.*)/);
    if (match) return placeByGrammar(location, row, match);
  }
}

function placeByGrammar(location: Fields, row: Row, match: RegExpMatchArray): void {
  const found = match as RegExpExecArray;
  if (row.push) return push(location, row.push, fieldsOf(row.names || [], found, {}));
  if (row.name && !row.names) location[row.name] = numberOrText(match[1] as string);
  else if (row.name) {
    location[row.name] = fieldsOf(
      row.names as string[],
      found,
      (location[row.name] as Fields) || {},
    );
  } else fieldsOf(row.names || [], found, location);
}
