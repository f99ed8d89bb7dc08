// What follows the type of a candidate: pairs of name and value, known and unknown. `sdp` shows the
// unknown ones in its result and never writes them.

import type { SDPIceCandidate } from '../../sdp.js';
import { readNumber } from './kept.js';
import { hasOwn } from './own.js';

export interface Extension {
  name: string;
  value: unknown;
}

interface ReadExtension {
  name: string;
  value: string | undefined;
  // The candidate has it under its name, so that it can be edited there.
  isShown: boolean;
}

// Those that browsers send: a copy of a parsed candidate still has them.
const kUsual = ['generation', 'network-id', 'network-cost'];

const readOf = new WeakMap<object, ReadExtension[]>();

export function readExtensions(candidate: SDPIceCandidate, text: string): void {
  const unknown: ReadExtension[] = [];
  const parts = text.split(' ');
  for (let i = 0; i < parts.length; i += 2) {
    // RFC 8839 section 5.1: a value may be empty, a name may not.
    while (parts[i] === '') ++i;
    if (i < parts.length) readExtension(candidate, parts[i] as string, parts[i + 1], unknown);
  }
  if (unknown.length > 0) readOf.set(candidate, unknown);
}

function readExtension(
  candidate: SDPIceCandidate,
  name: string,
  value: string | undefined,
  unknown: ReadExtension[],
): void {
  if (name === 'raddr') candidate.relatedAddress = value as string;
  else if (name === 'rport') readNumber(candidate, 'relatedPort', value);
  else if (name === 'tcptype') candidate.tcpType = value as string;
  else {
    const isUfrag = name === 'ufrag';
    const isShown = isUfrag || !(name in candidate);
    if (isShown) (candidate as unknown as { [name: string]: unknown })[name] = value;
    if (isUfrag) candidate.usernameFragment = value as string;
    unknown.push({ name: name, value: value, isShown: isShown });
  }
}

// In the order in which they were read.
export function extensionsOf(candidate: SDPIceCandidate): Extension[] {
  const read = readOf.get(candidate) || [];
  const found: Extension[] = [];
  const ufrag = candidate.usernameFragment || candidate.ufrag;
  if (ufrag && !read.some(isUfrag)) found.push({ name: 'ufrag', value: ufrag });
  read.forEach(function (extension) {
    const value = valueNow(candidate, extension, ufrag);
    if (value !== null) found.push({ name: extension.name, value: value });
  });
  kUsual.forEach(function (name) {
    if (read.some((extension) => extension.name === name) || !hasValue(candidate, name)) return;
    found.push({ name: name, value: fieldOf(candidate, name) });
  });
  return found;
}

function isUfrag(extension: ReadExtension): boolean {
  return extension.name === 'ufrag';
}

// null: somebody took it away.
function valueNow(candidate: SDPIceCandidate, read: ReadExtension, ufrag: unknown): unknown {
  if (isUfrag(read)) return ufrag || null;
  if (!read.isShown) return read.value;
  return hasOwn(candidate, read.name) ? fieldOf(candidate, read.name) : null;
}

function hasValue(candidate: SDPIceCandidate, name: string): boolean {
  return hasOwn(candidate, name) && fieldOf(candidate, name) !== undefined;
}

function fieldOf(candidate: SDPIceCandidate, name: string): unknown {
  return (candidate as unknown as { [name: string]: unknown })[name];
}
