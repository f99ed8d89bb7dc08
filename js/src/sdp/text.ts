// What can be said of a line by its text alone, without its grammar (RFC 8866 section 5).

import { badArgument, shown } from '../errors.js';

// "m=", the name of an attribute, or "" for what is no line.
export function nameOf(text: string): string {
  const parts = /^(?:a=([^:]*)|[a-z]=)/.exec(text);
  return parts ? (parts[1] === undefined ? parts[0] : parts[1]) : '';
}

export function isNamed(text: string, name: string): boolean {
  if (isLineType(name)) return text.slice(0, 2) === name;
  const end = name.length + 2;
  return (
    text.slice(2, end) === name &&
    text.slice(0, 2) === 'a=' &&
    (text.length === end || text.charAt(end) === ':')
  );
}

// Where the first line that starts so stands in a text, from an offset on; or -1.
export function startOf(text: string, start: string, from: number): number {
  if (!from && text.slice(0, start.length) === start) return 0;
  return text.indexOf('\n' + start, from && from - 1) + 1 || -1;
}

// The line that starts there, without its ending.
export function lineFrom(text: string, at: number): string {
  let end = text.indexOf('\n', at);
  if (end < 0) end = text.length;
  return text.slice(at, end > at && text.charAt(end - 1) === '\r' ? end - 1 : end);
}

export function isLineType(name: string): boolean {
  return name.length === 2 && name.charAt(1) === '=';
}

// What stands behind "x=", or behind the colon of an attribute; null where there is no colon.
export function valueTextOf(text: string): string | null {
  const parts = /^(?:a=[^:]*(:)?|[a-z]=)?/.exec(text) as RegExpExecArray;
  return text.slice(0, 2) === 'a=' && !parts[1] ? null : text.slice(parts[0].length);
}

// Attribute names are tokens (RFC 8866 section 9).
export function checkName(what: string, name: unknown): string {
  if (typeof name === 'string' && /^([b-z]=|[-!#$%&'*+.^-~\w]+)$/.test(name)) return name;
  throw badArgument(
    what,
    'needs the name of an attribute such as "rtpmap" or a line type such as "m=", got ' +
      shown(name),
  );
}

export function checkLine(what: string, text: unknown): string {
  if (typeof text === 'string' && !/[\r\n]/.test(text)) return text;
  throw badArgument(what, 'needs the text of one line, without CR and LF');
}

// Where a line of a type stands: RFC 8866 section 5. Each r= belongs to the t= before it.
export function rankOf(text: string): number {
  const type = text.charAt(1) === '=' ? text.charAt(0) : '';
  return type ? 'mvosiuepcbtzka'.indexOf(type === 'r' ? 't' : type) : -1;
}
