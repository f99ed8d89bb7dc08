// What a section offers: values by name, in and out.

import { badArgument, kindOf } from '../errors.js';
import { errorOf, type Line } from './line.js';
import { Section, type SectionState } from './section.js';
import { checkName, isLineType, nameOf, rankOf } from './text.js';
import { decodeLines, encodeLine, type Decoded } from './typed.js';

const kWhat = 'Koeru.sdp: section.';

export interface Access {
  get(name: string): any;
  getAll(name: string): any[];
  lines(name?: string): Line[];
  set(name: string, value: unknown): Line;
  add(name: string, value: unknown): Line;
  remove(name: string, predicate?: (value: any, line: Line) => boolean): number;
}

const methods: Access & ThisType<SectionState & Access> = {
  get: function (name) {
    return valuesOf(this, checkName(kWhat + 'get(name)', name), true)[0];
  },
  getAll: function (name) {
    return valuesOf(this, checkName(kWhat + 'getAll(name)', name));
  },
  lines: function (name) {
    return this.find(name === undefined ? name : checkName(kWhat + 'lines(name)', name)).map(
      this.lineAt,
      this,
    );
  },
  set: function (name, value) {
    const at = this.find(checkName(kWhat + 'set(name, value)', name))[0];
    if (at === undefined) return this.add(name, value);
    this.write(at, encodeLine(name, value));
    return this.lineAt(at);
  },
  add: function (name, value) {
    const text = encodeLine(checkName(kWhat + 'add(name, value)', name), value);
    const at = placeOf(this, name, text);
    this.insert(at, text);
    return this.lineAt(at);
  },
  remove: function (name, predicate) {
    let found = this.find(checkName(kWhat + 'remove(name, predicate)', name));
    if (predicate !== undefined) {
      if (typeof predicate !== 'function') {
        throw badArgument(
          kWhat + 'remove(name, predicate)',
          'the predicate: needs a function, got ' + kindOf(predicate),
        );
      }
      const values = decodeLines(this.owner.mode, found.map(this.textAt, this));
      found = found.filter(function (this: SectionState, at, i) {
        return predicate((values[i] as Decoded).value, this.lineAt(at));
      }, this);
    }
    this.eraseAll(found);
    return found.length;
  },
};
for (const name in methods) {
  (Section.prototype as Record<string, unknown>)[name] = methods[name as keyof Access];
}

// Throws what is wrong with the first that cannot be read.
export function valuesOf(section: SectionState, name: string, isFirstOnly?: boolean): unknown[] {
  const texts = section.texts(name, isFirstOnly);
  return decodeLines(section.owner.mode, texts).map(function (line, i) {
    if (line.error) throw errorOf(section.lineAt(section.find(name)[i] as number), line);
    return line.value;
  });
}

// Behind the last line that it belongs to: of the same payload type or source; else of its name;
// else of its type or one that comes before it.
export function placeOf(section: SectionState, name: string, text: string): number {
  const rank = rankOf(text);
  const kin = kinOf(text);
  let ofKin = 0;
  let ofName = 0;
  let ofRank = 0;
  section.texts().forEach(function (other, i) {
    const its = rankOf(other);
    if (its >= 0 && (its <= rank || rank < 0)) ofRank = i + 1;
    if (kin && kinOf(other) === kin) ofKin = i + 1;
    if (!isLineType(name) && nameOf(other) === name) ofName = i + 1;
  });
  return ofKin || ofName || ofRank;
}

function kinOf(text: string): string {
  const parts = /^a=(?:rtpmap|fmtp|rtcp-fb|(ssrc)):(\S+)/.exec(text);
  return parts ? (parts[1] || '') + parts[2] : '';
}
