// The helpers that edit more than one line: core/sdp/edit, in WebAssembly. On a description they
// edit every media section to which they apply, on a section that one.

import type { Candidate } from '../../koeru.js';
import { callForBytes, fields } from '../abi.js';
import { format } from '../candidate.js';
import { badArgument, isTextOrNumber, kindOf, shown } from '../errors.js';
import { utf8Decode } from '../text.js';
import type { Codec } from './codec.js';
import { Description, type DescriptionState } from './description.js';
import { Section, type SectionState } from './section.js';

type Target = SectionState | DescriptionState;
type CodecName = string | number | Codec;
type Values = Record<string, unknown>;
interface RidInput {
  rid: string;
  restrictions?: string | Values;
}

export interface Edits {
  reorderCodecs(codecs: CodecName[]): this;
  removeCodecs(codecs: CodecName[]): this;
  keepCodecs(codecs: CodecName[]): this;
  setBandwidth(type: string, bandwidth: number | null): this;
  setDirection(direction: string): this;
  setFmtp(codec: CodecName, parameters: Values): this;
  removeFmtp(codec: CodecName, names: string[]): this;
  addCandidate(candidate: unknown): this;
  removeCandidates(filter?: Values): this;
  setOpus(parameters: Values): this;
  setSimulcast(direction: string, rids: Array<string | RidInput> | null): this;
}

const kWhat = 'Koeru.sdp: ';

function edit<T>(target: T, name: string, operation: string, values: unknown[]): T {
  const section = target as unknown as SectionState;
  const owner = section.owner || target;
  const where = !section.owner ? '' : section.index ? String(section.index - 1) : 'session';
  const call = [operation, where];
  values.forEach(function (value) {
    // A codec tells its payload type.
    const payloadType = value && (value as Codec).payloadType;
    if (value === true) value = 1;
    if (value === false) value = 0;
    if (payloadType !== undefined && payloadType !== '') value = payloadType;
    call.push(textOf(name, value));
  });
  call.push(String(owner));
  owner.adopt(utf8Decode(callForBytes(kWhat + name, 'koeru_sdp_edit', fields(call))));
  return target;
}

function textOf(name: string, value: unknown): string {
  if (isTextOrNumber(value)) return String(value);
  const got = typeof value === 'number' ? value : kindOf(value);
  throw badArgument(kWhat + name, 'needs texts and numbers, got ' + got);
}

function listOf(name: string, values: unknown): unknown[] {
  if (Array.isArray(values)) return values;
  throw badArgument(kWhat + name, 'needs an array, got ' + kindOf(values));
}

function pairsOf(name: string, values: unknown): unknown[] {
  if (typeof values !== 'object' || !values || Array.isArray(values)) {
    throw badArgument(kWhat + name, 'needs an object of names and values, got ' + kindOf(values));
  }
  const pairs: unknown[] = [];
  for (const key in values) {
    const value = (values as Values)[key];
    pairs.push(key, typeof value === 'boolean' ? value : textOf(name + ': ' + key, value));
  }
  return pairs;
}

// { "max-width": 1280, "max-fps": 30 } is max-width=1280;max-fps=30
function joined(name: string, values: unknown): string[] {
  const pairs = pairsOf(name, values);
  const texts: string[] = [];
  for (let i = 0; i < pairs.length; i += 2) {
    texts.push(pairs[i] + '=' + textOf(name + ': ' + pairs[i], pairs[i + 1]));
  }
  return texts;
}

const kAdd = 'addCandidate(candidate)';

// On a description the candidate says which section gets it. An empty text ends them in each.
function placeOf(target: Target, given: RTCIceCandidateInit, text: string): Target {
  const { media } = target as DescriptionState;
  const { sdpMid, sdpMLineIndex } = given;
  if (!media) return target;
  const isMid = typeof sdpMid === 'string';
  const section = isMid
    ? (target as DescriptionState).section(sdpMid)
    : media[sdpMLineIndex as number];
  if (section) return section;
  if (isMid || typeof sdpMLineIndex === 'number') {
    const which = isMid ? 'mid ' + shown(sdpMid) : 'index ' + sdpMLineIndex;
    throw badArgument(kWhat + kAdd, 'no media section has the ' + which);
  }
  if (!text) return target;
  throw badArgument(
    kWhat + kAdd,
    'of which media section? Give { candidate, sdpMid }, or use section(mid).addCandidate()',
  );
}

const edits: Edits & ThisType<Target & Edits> = {
  reorderCodecs: function (codecs) {
    return edit(this, 'reorderCodecs(codecs)', 'reorder-codecs', listOf('reorderCodecs', codecs));
  },
  removeCodecs: function (codecs) {
    return edit(this, 'removeCodecs(codecs)', 'remove-codecs', listOf('removeCodecs', codecs));
  },
  keepCodecs: function (codecs) {
    return edit(this, 'keepCodecs(codecs)', 'keep-codecs', listOf('keepCodecs', codecs));
  },
  setBandwidth: function (type, bandwidth) {
    const name = 'setBandwidth(type, bandwidth)';
    const given: unknown = bandwidth;
    if (given === '' || typeof given === 'boolean') {
      throw badArgument(kWhat + name, 'needs a number, or null to remove it, got ' + shown(given));
    }
    return edit(this, name, 'set-bandwidth', [type, given === null ? '' : given]);
  },
  setDirection: function (direction) {
    return edit(this, 'setDirection(direction)', 'set-direction', [direction]);
  },
  setFmtp: function (codec, parameters) {
    const pairs = pairsOf('setFmtp(codec, parameters)', parameters);
    return edit(this, 'setFmtp(codec, parameters)', 'set-fmtp', [codec as unknown].concat(pairs));
  },
  removeFmtp: function (codec, names) {
    const all = [codec as unknown].concat(listOf('removeFmtp(codec, names)', names));
    return edit(this, 'removeFmtp(codec, names)', 'remove-fmtp', all);
  },
  addCandidate: function (candidate) {
    const given = (candidate || {}) as Candidate & RTCIceCandidateInit;
    let text: unknown = candidate;
    if (given.candidate !== undefined) text = given.candidate;
    else if (given.foundation !== undefined) text = format(given);
    if (typeof text !== 'string') {
      const remedy = 'needs a candidate, or "" when no more will come, got ';
      throw badArgument(kWhat + kAdd, remedy + kindOf(text));
    }
    edit(placeOf(this, given, text), kAdd, 'add-candidate', [text]);
    return this;
  },
  removeCandidates: function (filter) {
    const name = 'removeCandidates(filter)';
    const words = filter === undefined ? [] : joined(name, filter);
    return edit(this, name, 'remove-candidates', words);
  },
  setOpus: function (parameters) {
    const pairs = pairsOf('setOpus(parameters)', parameters);
    return edit(this, 'setOpus(parameters)', 'set-opus', pairs);
  },
  setSimulcast: function (direction, rids) {
    const name = 'setSimulcast(direction, rids)';
    const all: unknown[] = [direction];
    listOf(name, rids === null ? [] : rids).forEach(function (given) {
      const { rid, restrictions = '' } = Object(given) as RidInput;
      all.push(rid === undefined ? given : rid);
      all.push(
        typeof restrictions === 'string' ? restrictions : joined(name, restrictions).join(';'),
      );
    });
    return edit(this, name, 'set-simulcast', all);
  },
};
[Section, Description].forEach(function ({ prototype }) {
  for (const name in edits) {
    (prototype as Record<string, unknown>)[name] = edits[name as keyof Edits];
  }
});
