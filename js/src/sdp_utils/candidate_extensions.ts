// What follows the type of a candidate: pairs of name and value, known and unknown. `sdp` shows the
// unknown ones in its result and never writes them.

import type { SDPIceCandidate } from '../../sdp.js';
import { readNumber } from './kept.js';
import { hasOwn } from './own.js';

interface Fields {
  [name: string]: unknown;
}

interface ReadExtension {
  name: string;
  value: string | undefined;
  // The candidate has it under its name, so that it can be edited there.
  isShown: boolean;
}

// Those that browsers send need no memory: they are told from other fields by their names, and
// stand in the object in their order.
const kUsual: Fields = {
  generation: true,
  'network-id': true,
  'network-cost': true,
  ufrag: true,
};

// All that were read, of candidates that have one which is not usual.
const readOf = new WeakMap<object, ReadExtension[]>();

// The pairs begin at `parts[first]`.
export function readExtensions(candidate: SDPIceCandidate, parts: string[], first: number): void {
  const fields = candidate as unknown as Fields;
  let read: ReadExtension[] | undefined;
  for (let i = first; i < parts.length; i += 2) {
    // RFC 8839 section 5.1: a value may be empty, a name may not.
    while (parts[i] === '') ++i;
    if (i >= parts.length) return;
    const name = parts[i] as string;
    const value = parts[i + 1];
    if (readField(candidate, name, value)) continue;
    const isUsual = showUsual(fields, name, value);
    if (isUsual && !read) continue;
    if (!read) readOf.set(candidate, (read = usualIn(parts, first, i)));
    read.push({ name: name, value: value, isShown: isUsual || show(fields, name, value) });
  }
}

function readField(candidate: SDPIceCandidate, name: string, value: string | undefined): boolean {
  if (name === 'raddr') candidate.relatedAddress = value as string;
  else if (name === 'rport') readNumber(candidate, 'relatedPort', value);
  else if (name === 'tcptype') candidate.tcpType = value as string;
  else return false;
  return true;
}

function showUsual(fields: Fields, name: string, value: unknown): boolean {
  if (name === 'generation' && !('generation' in fields)) fields.generation = value;
  else if (name === 'network-id' && !('network-id' in fields)) fields['network-id'] = value;
  else if (name === 'network-cost' && !('network-cost' in fields)) fields['network-cost'] = value;
  else if (name === 'ufrag') fields.ufrag = fields.usernameFragment = value;
  else return false;
  return true;
}

function show(fields: Fields, name: string, value: unknown): boolean {
  if (name in fields) return false;
  fields[name] = value;
  return true;
}

// Those in front of the first that is not usual.
function usualIn(parts: string[], first: number, end: number): ReadExtension[] {
  const found: ReadExtension[] = [];
  for (let i = first; i < end; i += 2) {
    while (parts[i] === '') ++i;
    const name = parts[i] as string;
    if (hasOwn(kUsual, name)) found.push({ name: name, value: parts[i + 1], isShown: true });
  }
  return found;
}

// In the order in which they were read; what was added later follows.
export function extensionsText(candidate: SDPIceCandidate): string {
  const fields = candidate as unknown as Fields;
  const ufrag = candidate.usernameFragment || candidate.ufrag;
  const read = readOf.get(candidate);
  if (!read) return usualText(fields, ufrag, {});
  const written: Fields = {};
  let text = '';
  for (let i = 0; i < read.length; ++i) {
    const extension = read[i] as ReadExtension;
    const name = extension.name;
    written[name] = true;
    if (name === 'ufrag') {
      if (ufrag) text += ` ufrag ${ufrag}`;
      continue;
    }
    // Somebody took it away.
    if (extension.isShown && !hasOwn(fields, name)) continue;
    const value = extension.isShown ? fields[name] : extension.value;
    text += value === undefined ? ` ${name}` : ` ${name} ${value}`;
  }
  return text + usualText(fields, ufrag, written);
}

// Those that are not written yet.
function usualText(fields: Fields, ufrag: string | undefined, written: Fields): string {
  let text = '';
  let hasUfrag = written.ufrag;
  for (const name in fields) {
    if (name === 'ufrag' || name === 'usernameFragment') {
      if (ufrag && !hasUfrag) text += ' ufrag ' + ufrag;
      hasUfrag = true;
    } else if (name === 'generation' || name === 'network-id' || name === 'network-cost') {
      const value = fields[name];
      if (value !== undefined && !written[name]) text += ' ' + name + ' ' + value;
    }
  }
  return text;
}
