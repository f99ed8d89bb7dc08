// A description: the text, cut at its m= lines when somebody asks for a section (RFC 8866 section 5).

import { badArgument, kindOf } from '../errors.js';
import { errorOf, type Line } from './line.js';
import { Section, type SectionState } from './section.js';
import { decodeLines, type Decoded } from './typed.js';

export interface DescriptionState {
  // As it was parsed.
  source: string;
  mode: string;
  type: string | undefined;
  // The session's first.
  parts: SectionState[] | undefined;
  rest: SectionState[] | undefined;
  edits: number;
  // `edits` when lines were last numbered.
  numbered: number;

  readonly sdp: string;
  readonly session: SectionState;
  readonly media: SectionState[];
  readonly errors: Error[];
  sections(): SectionState[];
  section(mid: string): SectionState | undefined;
  adopt(text: string): void;
  number(isNew: boolean): void;
  cr(): string;
  toString(): string;
}

export const Description = function (
  this: DescriptionState,
  source: string,
  mode: string,
  type: string | undefined,
) {
  this.source = source;
  this.mode = mode;
  this.type = type;
  this.edits = 0;
} as unknown as {
  new (source: string, mode: string, type: string | undefined): DescriptionState;
  prototype: object;
};

Description.prototype = {
  get sdp() {
    return this.toString();
  },
  get session() {
    return this.sections()[0];
  },
  get media() {
    return this.rest || (this.rest = this.sections().slice(1));
  },
  // Of all lines that cannot be read. They are handed out before the first is numbered.
  get errors() {
    const texts: string[] = [];
    this.sections().forEach(function (section) {
      section.texts().forEach(function (text) {
        texts.push(text);
      });
    });
    const decoded = decodeLines(this.mode, texts);
    const found: Array<[Line, Decoded]> = [];
    let next = 0;
    this.sections().forEach(function (section) {
      for (let i = 0; i < section.size(); ++i) {
        const line = decoded[next++] as Decoded;
        if (line.error) found.push([section.lineAt(i), line]);
      }
    });
    return found.map(function ([line, decoded]) {
      return errorOf(line, decoded);
    });
  },

  sections: function () {
    return this.parts || (this.parts = sectionsOf(this, this.source));
  },

  section: function (mid) {
    return this.media.filter(function (section) {
      return section.raw('mid') === String(mid);
    })[0];
  },

  // Takes over the text that an edit gave; sections and lines that are in it stay the same objects.
  adopt: function (text) {
    const parts = this.sections();
    sectionsOf(this, text).forEach(function (section, i) {
      (parts[i] as SectionState).adopt(section.toString());
    });
  },

  // Numbers the lines that were handed out.
  number: function (isNew) {
    if (!isNew && this.numbered === this.edits) return;
    this.numbered = this.edits;
    let number = 1;
    this.sections().forEach(function (section) {
      section.list().forEach(function (item, i) {
        if (typeof item === 'object') item.at = number + i;
      });
      number += section.size();
    });
  },

  // What stands in front of LF in this description.
  cr: function () {
    const lf = this.source.indexOf('\n');
    return lf < 0 || this.source.charAt(lf - 1) === '\r' ? '\r' : '';
  },

  toString: function () {
    return this.edits ? this.sections().join('') : this.source;
  },
} as DescriptionState & ThisType<DescriptionState>;

function sectionsOf(owner: DescriptionState, text: string): SectionState[] {
  const parts: SectionState[] = [];
  let start = 0;
  let end = text.slice(0, 2) === 'm=' ? 0 : text.indexOf('\nm=') + 1 || text.length;
  for (;;) {
    parts.push(new Section(owner, parts.length, text.slice(start, end)));
    if (end === text.length) return parts;
    start = end;
    end = text.indexOf('\nm=', start) + 1 || text.length;
  }
}

// A text, a Description, or what has the text in `sdp`: RTCSessionDescription(Init).
export function textOfInput(what: string, input: unknown): string {
  const text = input && typeof input === 'object' ? (input as { sdp?: unknown }).sdp : input;
  if (typeof text === 'string') return text;
  throw badArgument(
    what,
    'needs the text of a session description, or an object with it in `sdp`, got ' + kindOf(input),
  );
}
