// Koeru.candidate: ICE candidate lines (RFC 8839 section 5.1) to plain objects and back.

import type { Candidate, CandidateInput } from '../koeru.js';
import { callForBytes, callForJson, fields } from './abi.js';
import { badArgument, isTextOrNumber, kindOf, makeError } from './errors.js';
import { textOf, utf8Decode, utf8Encode } from './text.js';

const kParse = 'Koeru.candidate.parse(text)';
const kFormat = 'Koeru.candidate.format(candidate)';

export function parse(text: unknown): Candidate {
  return callForJson(
    kParse,
    'koeru_candidate_parse',
    utf8Encode(textOf(kParse, text)),
  ) as Candidate;
}

// Fields: prefix, foundation, component, transport, priority, address, port, type, related address,
// related port, and then name and value of each extension, tcptype among them.
export function format(candidate: CandidateInput): string {
  if (typeof candidate !== 'object' || candidate === null) {
    throw badArgument(
      kFormat,
      'needs an object as Koeru.candidate.parse gives it, got ' + kindOf(candidate),
    );
  }
  checkTold(kFormat, candidate);
  const call = [
    field('prefix', candidate.prefix, 'candidate:'),
    field('foundation', candidate.foundation),
    field('component', candidate.component, '1'),
    field('transport', candidate.transport, 'udp'),
    field('priority', candidate.priority),
    field('address', candidate.address),
    field('port', candidate.port),
    field('type', candidate.type),
    field('relatedAddress', candidate.relatedAddress, ''),
    field('relatedPort', candidate.relatedPort, ''),
  ];
  const extensions = candidate.extensions === undefined ? [] : candidate.extensions;
  if (!Array.isArray(extensions)) {
    throw badArgument(
      kFormat,
      'extensions: needs an array of { name, value }, got ' + kindOf(extensions),
    );
  }
  for (let i = 0; i < extensions.length; ++i) {
    const extension = extensions[i] || { name: undefined, value: undefined };
    call.push(field('extensions[' + i + '].name', extension.name));
    call.push(field('extensions[' + i + '].value', extension.value));
  }
  return utf8Decode(callForBytes(kFormat, 'koeru_candidate_format', fields(call)));
}

// What parse() tells of extensions besides.
const kTold = {
  tcpType: 'tcptype',
  generation: 'generation',
  usernameFragment: 'ufrag',
  networkId: 'network-id',
  networkCost: 'network-cost',
};

// Only `extensions` are written: what says something else is no edit, and no silence either.
export function checkTold(what: string, candidate: unknown): void {
  const told = Object(candidate) as Partial<Candidate>;
  const extensions = told.extensions;
  for (const key in kTold) {
    const field = key as keyof typeof kTold;
    const value = told[field];
    const isSame = function ({ name, value: text }: { name: string; value: string }) {
      return name === kTold[field] && text === String(value);
    };
    if (value === undefined || (Array.isArray(extensions) && extensions.some(isSame))) continue;
    const reason = 'is told by `extensions`: write ' + kTold[field] + ' there';
    throw makeError('ParseError', what + ': ' + field + ': ' + reason, { reason, field });
  }
}

function field(name: string, value: unknown, otherwise?: string): string {
  if (value === undefined && otherwise !== undefined) return otherwise;
  if (isTextOrNumber(value)) return String(value);
  throw badArgument(kFormat, name + ': needs text or a number, got ' + kindOf(value));
}
