// A section: the session's lines, or those from an m= line up to the next (RFC 8866 section 5).
//
// What is read is sought in the section's text, which is one piece. It is split when a line is handed
// out, inserted or removed, and not before. Lines are texts as String.split('\n') gives them, so that
// join('\n') gives back the section; one for which a Line was handed out is in its place. A last ""
// is no line: it stands for the LF at the end.

import { badArgument } from '../errors.js';
import type { DescriptionState } from './description.js';
import { Line, pieceOf, textOf } from './line.js';
import { checkLine, isLineType, isNamed, lineFrom, startOf, valueTextOf } from './text.js';

export interface SectionState {
  owner: DescriptionState;
  // 0 for the session, then from 1.
  index: number;
  // The text, unless lines were edited since it was last put together.
  source: string | undefined;
  items: Array<string | Line> | undefined;
  // How often it was changed.
  edits: number;
  cache: { edits: number; [name: string]: unknown };

  list(): Array<string | Line>;
  size(): number;
  find(name?: string): number[];
  textAt(index: number): string;
  texts(name?: string, isFirstOnly?: boolean): string[];
  lineAt(index: number): Line;
  indexAt(offset: number): number;
  raw(name: string): string | undefined;
  write(index: number, text: string): void;
  writeAt(offset: number, text: string): void;
  insert(index: number, text: string): void;
  eraseAll(indexes: number[]): void;
  adopt(source: string): void;
  cached<T>(name: string, make: () => T): T;

  toString(): string;

  // properties.ts
  readonly kind: string;
  readonly port: number | undefined;
  readonly protocol: string;
  readonly formats: string[];
  direction: string;
}

const kWhat = 'Koeru.sdp: section';

export const Section = function (
  this: SectionState,
  owner: DescriptionState,
  index: number,
  source: string,
) {
  this.owner = owner;
  this.index = index;
  this.source = source;
  this.edits = 0;
} as unknown as {
  new (owner: DescriptionState, index: number, source: string): SectionState;
  prototype: object;
};

Section.prototype = {
  list: function () {
    return this.items || (this.items = this.toString().split('\n'));
  },

  // How many lines there are.
  size: function () {
    const items = this.list();
    return items[items.length - 1] === '' ? items.length - 1 : items.length;
  },

  // The indexes of the lines of that name; without a name, of all lines.
  find: function (name) {
    const found: number[] = [];
    const size = this.size();
    for (let i = 0; i < size; ++i) {
      if (name === undefined || isNamed(this.textAt(i), name)) found.push(i);
    }
    return found;
  },

  textAt: function (index) {
    return textOf(this.list()[index] as string | Line);
  },

  texts: function (name, isFirstOnly) {
    if (name === undefined) return this.list().slice(0, this.size()).map(textOf);
    const text = this.toString();
    const start = isLineType(name) ? name : 'a=' + name;
    const found: string[] = [];
    for (let at = startOf(text, start, 0); at >= 0; at = startOf(text, start, at + 1)) {
      const line = lineFrom(text, at);
      if (!isNamed(line, name)) continue;
      found.push(line);
      if (isFirstOnly) break;
    }
    return found;
  },

  lineAt: function (index) {
    const items = this.list();
    const item = items[index] as string | Line;
    return typeof item === 'string' ? (items[index] = new Line(item, this)) : item;
  },

  // Of the line that starts at that offset of the text.
  indexAt: function (offset) {
    return this.toString().slice(0, offset).split('\n').length - 1;
  },

  // The value's text, which needs no WebAssembly.
  raw: function (name) {
    const line = this.texts(name, true)[0];
    return line === undefined ? line : valueTextOf(line) || '';
  },

  write: function (index, text) {
    checkPlace(this, index === 0, text);
    const item = this.list()[index] as string | Line;
    const old = textOf(item);
    if (old === text) return;
    const piece = text + pieceOf(item).slice(old.length);
    if (typeof item === 'string') this.list()[index] = piece;
    else item.piece = piece;
    touch(this);
  },

  // The line that starts at that offset of the text, which stays in one piece if it is.
  writeAt: function (offset, text) {
    if (this.items) return this.write(this.indexAt(offset), text);
    checkPlace(this, offset === 0, text);
    const source = this.toString();
    const old = lineFrom(source, offset);
    if (old === text) return;
    touch(this, source.slice(0, offset) + text + source.slice(offset + old.length));
  },

  // The ending is the neighbours'. A last line without one gets it, and the new last line has none.
  insert: function (index, text) {
    checkPlace(this, false, text);
    const items = this.list();
    const isLast = index === items.length;
    const near = items[isLast ? index - 2 : index && index - 1];
    const cr = near ? /\r?$/.exec(pieceOf(near)) : this.owner.cr();
    if (isLast) {
      const last = this.lineAt(index - 1);
      // A CR there is half an ending already: with a second one it would become part of the line.
      if (textOf(last) === last.piece) last.piece += cr;
      items.push(text);
    } else {
      items.splice(index, 0, text + cr);
    }
    touch(this);
  },

  // Indexes in rising order.
  eraseAll: function (indexes) {
    if (!indexes.length) return;
    const items = this.list();
    const kept = [];
    let next = 0;
    for (let i = 0; i < indexes.length; ++i) {
      checkPlace(this, false, this.textAt(indexes[i] as number));
    }
    for (let i = 0; i < items.length; ++i) {
      const item = items[i] as string | Line;
      if (i !== indexes[next]) {
        kept.push(item);
        continue;
      }
      ++next;
      if (typeof item === 'object') item.section = undefined;
      // The ending of the line before stays.
      if (i === items.length - 1) kept.push('');
    }
    this.items = kept;
    touch(this);
  },

  // Takes over another text, and keeps the lines that are in both. They are compared as they come
  // back from UTF-8, in which a lone surrogate is U+FFFD: so that one stays, too.
  adopt: function (source) {
    const text = this.toString();
    if (source === text) return;
    if (!this.items && !kSurrogate.test(text)) return touch(this, source);
    const before = this.list();
    const known: Record<string, Array<string | Line>> = Object.create(null);
    for (let i = before.length; i--; ) {
      const item = before[i] as string | Line;
      const key = pieceOf(item).replace(kLoneSurrogate, wellFormed);
      (known[key] || (known[key] = [])).push(item);
    }
    const items: Array<string | Line> = source.split('\n');
    for (let i = 0; i < items.length; ++i) {
      const same = known[items[i] as string];
      if (same && same.length) items[i] = same.pop() as string | Line;
    }
    for (const key in known) {
      (known[key] as Array<string | Line>).forEach(function (item) {
        if (typeof item === 'object') item.section = undefined;
      });
    }
    this.items = items;
    touch(this);
  },

  toString: function () {
    if (this.source === undefined) {
      this.source = (this.items as Array<string | Line>).map(pieceOf).join('\n');
    }
    return this.source;
  },

  // What `make` gives, until the section is edited.
  cached: function (name, make) {
    if (!this.cache || this.cache.edits !== this.edits) this.cache = { edits: this.edits };
    return (this.cache[name] || (this.cache[name] = make())) as never;
  },
} as Partial<SectionState> & ThisType<SectionState>;

const kSurrogate = /[\ud800-\udfff]/;
// A pair, which is a character, or a lone surrogate.
const kLoneSurrogate = /([\ud800-\udbff][\udc00-\udfff])|[\ud800-\udfff]/g;

function wellFormed(_: string, pair: string | undefined): string {
  return pair || '\ufffd';
}

function touch(section: SectionState, source?: string): void {
  section.source = source;
  ++section.edits;
  ++section.owner.edits;
}

function checkPlace(section: SectionState, isFirst: boolean, text: string): void {
  if ((isFirst && section.index > 0) !== (checkLine(kWhat, text).slice(0, 2) === 'm=')) {
    throw badArgument(kWhat, 'each media section begins with one m= line, which can only be edited');
  }
}
