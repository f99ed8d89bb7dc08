// write: the objects of `parse` as text again, in the order of sdp-transform.

import { grammar, isChanged, known, type Known, type Row } from './grammar.js';
import { keptIn, type Kept } from './kept.js';
import { type Session } from './parse.js';
import type { Fields } from './template.js';

export interface WriteOptions {
  outerOrder?: string[];
  innerOrder?: string[];
}

const kOuterOrder = ['v', 'o', 's', 'i', 'u', 'e', 'p', 'c', 'b', 't', 'r', 'z', 'a'];
const kInnerOrder = ['i', 'c', 'b', 'a'];

export function write(session: Session, options?: WriteOptions): string {
  // RFC 8866 sections 5.1 and 5.3: these two lines must be there.
  if (session.version == null) session.version = 0;
  if (session.name == null) session.name = ' ';
  session.media.forEach(function (media) {
    if (media.payloads == null) media.payloads = '';
  });
  const section = isChanged() ? writeByGrammar : writeSection;
  const outer = (options && options.outerOrder) || kOuterOrder;
  const inner = (options && options.innerOrder) || kInnerOrder;
  const texts: string[] = [];
  // Lines are joined section by section: all lines of a large description at once would outlive
  // many a garbage collection.
  const lines: string[] = [];
  section(lines, session, outer);
  if (lines.length > 0) texts.push(lines.join('\r\n'));
  session.media.forEach(function (media) {
    lines.length = 0;
    section(lines, media, ['m']);
    section(lines, media, inner);
    if (lines.length > 0) texts.push(lines.join('\r\n'));
  });
  return texts.join('\r\n') + '\r\n';
}

function writeSection(lines: string[], location: Fields, order: string[]): void {
  const kept = keptIn(location);
  for (let i = 0; i < order.length; ++i) {
    const type = order[i] as string;
    // The key belongs between times and attributes (RFC 8866 section 5.12).
    if (kept && type === 'a') writeUnplaced(lines, kept, order);
    const rows = known[type] as Known[];
    for (let j = 0; j < rows.length; ++j) writeRow(lines, location, type, rows[j] as Known, kept);
    if (kept && kept.unplaced) addAll(lines, type, kept.unplaced[type]);
  }
}

function writeUnplaced(lines: string[], kept: Kept, order: string[]): void {
  for (const type in kept.unplaced) {
    if (type !== 'm' && order.indexOf(type) < 0) addAll(lines, type, kept.unplaced[type]);
  }
}

function addAll(lines: string[], type: string, values: string[] | undefined): void {
  if (values) for (let i = 0; i < values.length; ++i) lines.push(type + '=' + values[i]);
}

function writeRow(
  lines: string[],
  location: Fields,
  type: string,
  row: Known,
  kept: Kept | undefined,
): void {
  const value = row.key ? location[row.key] : location;
  if (value == null) return;
  if (row.push) {
    const list = value as Fields[];
    for (let i = 0; i < list.length; ++i) lines.push(type + '=' + writeItem(row, list[i] as Fields));
    return;
  }
  if (kept && kept.earlier) addAll(lines, type, kept.earlier[row.key]);
  const fields = row.name && row.names ? (value as Fields) : location;
  lines.push(type + '=' + restored(kept, row.key, row.template.write(fields)));
}

function writeItem(row: Known, item: Fields): string {
  return restored(keptIn(item), '', row.template.write(item));
}

// As it was read, when nobody changed it since.
function restored(kept: Kept | undefined, key: string, text: string): string {
  const inexact = kept && kept.inexact && kept.inexact[key];
  return inexact && inexact.written === text ? inexact.raw : text;
}

// The way of sdp-transform, for a grammar that somebody changed.
function writeByGrammar(lines: string[], location: Fields, order: string[]): void {
  order.forEach(function (type) {
    (grammar[type] as Row[]).forEach(function (row) {
      const key = row.push || row.name;
      const value = key ? location[key] : location;
      if (value == null) return;
      const items = row.push ? (value as Fields[]) : [value as Fields];
      items.forEach(function (item) {
        const fields = row.push || row.names ? item : location;
        lines.push(type + '=' + writeByFormat(row, fields));
      });
    });
  });
}

function writeByFormat(row: Row, fields: Fields): string {
  const format = typeof row.format === 'function' ? row.format(fields) : row.format || '%s';
  const names = row.names || [row.name as string];
  let i = 0;
  return format.replace(/%[sdv%]/g, function (mark) {
    if (i >= names.length && mark !== '%%') return mark;
    if (mark === '%%') return '%';
    const value = fields[names[i++] as string];
    return mark === '%v' ? '' : mark === '%d' ? String(Number(value)) : String(value);
  });
}
