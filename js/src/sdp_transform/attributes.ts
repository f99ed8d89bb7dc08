// How each attribute is read, found by its name while the name is passed over.

import { candidate, setCandidateWriter } from './candidate_line.js';
import { isWordAt, kDigit, kVisible, kWord } from './codes.js';
import { known, type Known } from './grammar.js';
import * as hot from './hot_lines.js';
import { setters, type Setter } from './single_values.js';

export interface Attribute {
  name: string;
  // The rows of the grammar that may match it, in their order.
  rows: Known[];
  // The short ways, for lines that are as browsers write them: a reader, or a setter of the only
  // value, which is the name itself or consists of characters of a class.
  reader: hot.Reader | undefined;
  set: Setter | undefined;
  key: string;
  isFlag: boolean;
  valueClass: number;
}

const kReaders: { [name: string]: hot.Reader } = {
  candidate: candidate,
  extmap: hot.extmap,
  fingerprint: hot.fingerprint,
  fmtp: hot.fmtp,
  msid: hot.msid,
  rtcp: hot.rtcp,
  'rtcp-fb': hot.rtcpFb,
  rtpmap: hot.rtpmap,
  ssrc: hot.ssrc,
  'ssrc-group': hot.ssrcGroup,
};

// One word will do for those that allow several.
const kValueClasses: { [reg: string]: number } = {
  '(\\S*)': kVisible,
  '(\\S*(?: +\\S+)*)': kVisible,
  '(\\w*)': kWord,
  '(\\d+)$': kDigit,
};

const attributes = known.a as Known[];

const kSlots = 512;
const table: (Attribute | undefined)[] = [];
for (let i = 0; i < kSlots; ++i) table.push(undefined);
// All but the last, which takes everything else.
attributes.slice(0, -1).forEach(function (row) {
  if (row.key === 'candidates') setCandidateWriter(row.template.write);
  row.attributes.forEach(function (name) {
    const there = attributeNamed(name);
    if (there) there.rows.push(row);
    else add(name, row);
  });
});

function add(name: string, row: Known): void {
  const isFlag = row.reg.source.charAt(1) === '(';
  const valueClass = kValueClasses[row.reg.source.slice(name.length + 2)] || 0;
  const hash = hashOf(name);
  if (table[hash]) throw new Error('two names of attributes have the hash ' + hash);
  table[hash] = {
    name: name,
    rows: [row],
    reader: kReaders[name],
    set: isFlag || valueClass ? setters[row.key] : undefined,
    key: row.key,
    isFlag: isFlag,
    valueClass: valueClass,
  };
}

// With 29 no two of the names have the same hash.
function withCode(hash: number, code: number): number {
  return (hash * 29 + code) & (kSlots - 1);
}

function hashOf(name: string): number {
  let hash = 0;
  for (let i = 0; i < name.length; ++i) hash = withCode(hash, name.charCodeAt(i));
  return hash;
}

// The attribute whose name stands in `codes` from `from` to `to`.
export function attributeAt(codes: Uint8Array, from: number, to: number): Attribute | undefined {
  let hash = 0;
  for (let at = from; at < to; ++at) hash = withCode(hash, codes[at] as number);
  const found = table[hash];
  return found && isWordAt(codes, from, to, found.name) ? found : undefined;
}

export function attributeNamed(name: string): Attribute | undefined {
  const found = table[hashOf(name)];
  return found && found.name === name ? found : undefined;
}
