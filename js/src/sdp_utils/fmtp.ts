// RFC 8866 section 6.15: a=fmtp:<format> <parameters>, which for nearly all formats are
// name=value pairs with ";" between them.

import type { SDPCodec, SDPCodecAdditionalParameters, SDPLine } from '../../sdp.js';
import { payloadText } from './codec.js';
import { keepText, restored } from './kept.js';
import { hasOwn } from './own.js';
import { behind } from './text.js';

// A quoted value, to its end: a ";" inside belongs to it.
const kQuoted = /[^;="]*=\s*"[^"\\]*(?:\\.[^"\\]*)*"\s*(?=;|$)/y;

export function parseFmtp(line: SDPLine): SDPCodecAdditionalParameters {
  return parseFmtpLines([line]);
}

// One payload may have several lines. A name in two lines means what the first says; twice in one
// line, what stands last.
export function parseFmtpLines(lines: SDPLine[]): SDPCodecAdditionalParameters {
  const parameters: SDPCodecAdditionalParameters = {};
  let isRepeated = false;
  const texts = lines.filter(hasParameters).map(parametersOf);
  texts.forEach(function (text) {
    const earlier = new Set(Object.keys(parameters));
    const pieces = text.includes('"') ? splitOutsideQuotes(text) : text.split(';');
    pieces.forEach(function (untrimmed) {
      const piece = untrimmed.trim();
      const equals = piece.indexOf('=');
      const name = (equals < 0 ? piece : piece.slice(0, equals)).trim();
      if (hasOwn(parameters, name)) isRepeated = true;
      if (earlier.has(name)) return;
      setParameter(parameters, name, equals < 0 ? undefined : piece.slice(equals + 1));
    });
  });
  if (isRepeated) keepText(parameters, parametersText(parameters), texts.join(';'));
  return parameters;
}

// "a=fmtp:96" alone has none.
function hasParameters(line: string): boolean {
  return line.includes(' ') || !line.startsWith('a=fmtp:');
}

function parametersOf(line: string): string {
  return line.includes(' ') ? behind(line, ' ') : line;
}

function splitOutsideQuotes(text: string): string[] {
  const pieces: string[] = [];
  for (let at = 0; at <= text.length; ) {
    kQuoted.lastIndex = at;
    const mark = kQuoted.test(text) ? kQuoted.lastIndex : text.indexOf(';', at);
    const end = mark < 0 ? text.length : mark;
    pieces.push(text.slice(at, end));
    at = end + 1;
  }
  return pieces;
}

// "__proto__" is a name like any other.
function setParameter(
  parameters: SDPCodecAdditionalParameters,
  name: string,
  value: string | undefined,
): void {
  Object.defineProperty(parameters, name, {
    value: value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

function parametersText(parameters: SDPCodecAdditionalParameters): string {
  const names = Object.keys(parameters);
  let text = '';
  for (let i = 0; i < names.length; ++i) {
    const name = names[i] as string;
    const value = parameters[name];
    text += (i ? ';' : '') + name + (value === undefined ? '' : '=' + value);
  }
  return text;
}

export function writeFmtp(codec: SDPCodec): SDPLine {
  const parameters = codec.parameters;
  if (!parameters || Object.keys(parameters).length === 0) return '';
  const text = restored(parameters, parametersText(parameters));
  return `a=fmtp:${payloadText(codec)} ${text}\r\n`;
}
