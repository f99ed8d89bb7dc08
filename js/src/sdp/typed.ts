// Typed values: each line by its own grammar, which is core/sdp's, in WebAssembly.

import { callForBytes, callForJson, fields } from '../abi.js';
import { checkTold } from '../candidate.js';
import { badArgument, isTextOrNumber, kindOf } from '../errors.js';
import { utf8Decode } from '../text.js';
import { checkLine, isLineType, valueTextOf } from './text.js';

export interface Decoded {
  value?: unknown;
  unknown?: true;
  // Lines and columns are counted in errorOf().
  error?: { reason: string; field?: string; offset: number; line?: number; column?: number };
}

const kWhat = 'Koeru.sdp';
// So that the input of a call stays small, however large the description.
const kLinesOfCall = 4096;
// Values are three deep at most: what has a longer path goes round in circles.
const kMaxPath = 500;

export function decodeLines(mode: string, texts: string[]): Decoded[] {
  const all: Decoded[] = [];
  for (let i = 0; i < texts.length; i += kLinesOfCall) {
    const call = [mode].concat(texts.slice(i, i + kLinesOfCall));
    const some = callForJson(kWhat, 'koeru_sdp_decode', fields(call)) as Decoded[];
    for (let j = 0; j < some.length; ++j) {
      const line = some[j] as Decoded;
      if (line.unknown) line.value = { raw: valueTextOf(texts[i + j] as string) };
      all.push(line);
    }
  }
  return all;
}

function isKnown(name: string): boolean {
  const [line] = decodeLines('', [isLineType(name) ? name : 'a=' + name]) as [Decoded];
  return !line.unknown;
}

// { raw } is written as it is, and so is text under a name that the registry does not know.
export function encodeLine(name: string, value: unknown): string {
  const what = kWhat + ': ' + name;
  let raw = value == null ? undefined : (value as { raw?: unknown }).raw;
  if (raw === undefined && isKnown(name)) {
    if (name === 'candidate') checkTold(what, value);
    const call = [name];
    addLeaves(what, '', value, call);
    return utf8Decode(callForBytes(what, 'koeru_sdp_encode', fields(call)));
  }
  if (raw === undefined && value !== null) raw = value === true ? null : value;
  if (raw === null && !isLineType(name)) return 'a=' + name;
  if (typeof raw !== 'string') {
    throw badArgument(what, 'needs its text or { raw: text }, got ' + kindOf(value));
  }
  return checkLine(what, (isLineType(name) ? name : 'a=' + name + ':') + raw);
}

// {"mids":["0"]} is "mids[0]", "0": core/inspect/sdp_fields.h.
function addLeaves(what: string, path: string, value: unknown, call: string[]): void {
  if (Array.isArray(value) && path.length < kMaxPath) {
    for (let i = 0; i < value.length; ++i) addLeaves(what, path + '[' + i + ']', value[i], call);
  } else if (typeof value === 'object' && value && path.length < kMaxPath) {
    for (const key in value) {
      addLeaves(what, path + (path && '.') + key, (value as Record<string, unknown>)[key], call);
    }
  } else if (isTextOrNumber(value) || /^(boolean|bigint)$/.test(typeof value)) {
    call.push(path, String(value));
  } else if (value !== undefined || !path) {
    throw badArgument(
      what + (path && ': ' + path.slice(0, 100)),
      'needs a value such as get() gives, got ' +
        (typeof value === 'number' ? value : kindOf(value)),
    );
  }
}
