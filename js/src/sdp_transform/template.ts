// One template a line gives both its reader and its writer, and the `reg` and `format` that
// sdp-transform's `grammar` shows.
//
//   'rtpmap:{payload#|\\d*} {codec|[\\w\\-.]*}<?/{rate|\\d*}>'
//
//   text          stands for itself
//   {name|class}  a field and what it may consist of; `name#` is written as a number
//   {=text|class} reads the class, keeps nothing, writes the text
//   <...>         optional; written when its first field is there, and with <?...> not empty

export interface Fields {
  [name: string]: unknown;
}

interface Text {
  text: string;
  reg: string;
}
interface Field {
  field: string;
  isNumber: boolean;
  reg: string;
}
interface Group {
  parts: Part[];
  field: string;
  orEmpty: boolean;
}
type Part = Text | Field | Group;

export interface Template {
  names: string[];
  reg: RegExp;
  // Writes the line's value from an object of fields, or the value of the only field.
  write: (fields: Fields) => string;
  // The template for `fields` in the notation of sdp-transform: %s, %d, and %v for a field left out.
  format: (fields: Fields) => string;
  isFixed: boolean;
}

export function compile(source: string, end = ''): Template {
  const parts = readParts(source, { at: 0 });
  const names: string[] = [];
  collectNames(parts, names);
  return {
    names: names,
    reg: new RegExp('^' + regOf(parts) + end),
    write: function (fields) {
      return writeParts(parts, fields);
    },
    format: function (fields) {
      return formatParts(parts, fields);
    },
    isFixed: !parts.some(isGroup),
  };
}

function isGroup(part: Part): part is Group {
  return 'parts' in part;
}

function isField(part: Part): part is Field {
  return 'isNumber' in part;
}

function readParts(source: string, cursor: { at: number }): Part[] {
  const parts: Part[] = [];
  while (cursor.at < source.length) {
    const c = source.charAt(cursor.at);
    if (c === '>') break;
    if (c === '<') parts.push(readGroup(source, cursor));
    else if (c === '{') parts.push(readField(source, cursor));
    else parts.push(readText(source, cursor));
  }
  return parts;
}

function readText(source: string, cursor: { at: number }): Text {
  const start = cursor.at;
  while (cursor.at < source.length && '<>{'.indexOf(source.charAt(cursor.at)) < 0) ++cursor.at;
  const text = source.slice(start, cursor.at);
  return { text: text, reg: text.replace(/[.*+?^$()|[\]\\/]/g, '\\$&') };
}

function readField(source: string, cursor: { at: number }): Text | Field {
  const end = source.indexOf('}', cursor.at);
  const bar = source.indexOf('|', cursor.at);
  const name = source.slice(cursor.at + 1, bar);
  const reg = source.slice(bar + 1, end);
  cursor.at = end + 1;
  if (name.charAt(0) === '=') return { text: name.slice(1), reg: reg };
  return { field: name.replace('#', ''), isNumber: /#$/.test(name), reg: '(' + reg + ')' };
}

function readGroup(source: string, cursor: { at: number }): Group {
  const orEmpty = source.charAt(cursor.at + 1) !== '?';
  cursor.at += orEmpty ? 1 : 2;
  const parts = readParts(source, cursor);
  ++cursor.at;
  return { parts: parts, field: (parts.filter(isField)[0] as Field).field, orEmpty: orEmpty };
}

function collectNames(parts: Part[], names: string[]): void {
  parts.forEach(function (part) {
    if (isGroup(part)) collectNames(part.parts, names);
    else if (isField(part)) names.push(part.field);
  });
}

function regOf(parts: Part[]): string {
  return parts
    .map(function (part) {
      return isGroup(part) ? '(?:' + regOf(part.parts) + ')?' : part.reg;
    })
    .join('');
}

function isLeftOut(group: Group, fields: Fields): boolean {
  const value = fields[group.field];
  return value == null || (!group.orEmpty && value === '');
}

function writeParts(parts: Part[], fields: Fields): string {
  let text = '';
  for (let i = 0; i < parts.length; ++i) {
    const part = parts[i] as Part;
    if ('text' in part) text += part.text;
    else if (isField(part)) text += writeField(fields[part.field], part.isNumber);
    else if (!isLeftOut(part, fields)) text += writeParts(part.parts, fields);
  }
  return text;
}

// Digits stay as they are: a session version may be larger than a double holds exactly.
export function writeField(value: unknown, isNumber: boolean): string {
  if (!isNumber || typeof value === 'number') return String(value);
  return typeof value === 'string' && /^\d+$/.test(value) ? value : String(Number(value));
}

function formatParts(parts: Part[], fields: Fields): string {
  return parts
    .map(function (part): string {
      if ('text' in part) return part.text;
      if (isField(part)) return part.isNumber ? '%d' : '%s';
      if (!isLeftOut(part, fields)) return formatParts(part.parts, fields);
      const names: string[] = [];
      collectNames(part.parts, names);
      return names.map(() => '%v').join('');
    })
    .join('');
}
