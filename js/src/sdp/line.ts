// One line of a section. It is made when somebody asks for it; until then the section has its text.

import { badArgument, makeError } from '../errors.js';
import { utf8Decode, utf8Encode } from '../text.js';
import type { SectionState } from './section.js';
import { nameOf } from './text.js';
import { decodeLines, encodeLine, type Decoded } from './typed.js';

export interface Line {
  // Without LF, but with a CR that belongs to the ending.
  piece: string;
  // Undefined once it was removed.
  section: SectionState | undefined;
  // Its number when Description.number() was last there.
  at: number | undefined;
  text: string;
  readonly name: string;
  value: unknown;
  readonly number: number;
  readonly error: Error | undefined;
  remove(): void;
}

export function pieceOf(item: string | Line): string {
  return typeof item === 'string' ? item : item.piece;
}

export function textOf(item: string | Line): string {
  const piece = pieceOf(item);
  const end = piece.length - 1;
  return piece.charAt(end) === '\r' ? piece.slice(0, end) : piece;
}

export const Line = function (this: Line, piece: string, section: SectionState) {
  this.piece = piece;
  this.section = section;
} as unknown as { new (piece: string, section: SectionState): Line; prototype: object };

Line.prototype = {
  get text() {
    return textOf(this);
  },
  set text(text: string) {
    const section = sectionOf(this);
    section.write(section.list().indexOf(this), text);
  },
  get name() {
    return nameOf(this.text);
  },
  get value() {
    return decoded(this).value;
  },
  set value(value: unknown) {
    const name = this.name;
    if (!name) {
      throw badArgument('Koeru.sdp: line.value', 'this line has no name: set its `text` instead');
    }
    this.text = encodeLine(name, value);
  },
  get number() {
    const section = sectionOf(this);
    section.owner.number(this.at === undefined);
    return this.at as unknown as number;
  },
  get error() {
    const line = decoded(this);
    return line.error && errorOf(this, line);
  },
  remove: function () {
    const section = sectionOf(this);
    section.eraseAll([section.list().indexOf(this)]);
  },
} as Line & ThisType<Line>;

function sectionOf(line: Line): SectionState {
  if (line.section) return line.section;
  throw makeError('InvalidStateError', 'Koeru.sdp: this line was removed: ' + line.text);
}

function decoded(line: Line): Decoded {
  return decodeLines(sectionOf(line).owner.mode, [line.text])[0] as Decoded;
}

// core counts bytes; columns are what editors count, UTF-16 units from 1.
export function columnOf(text: string, offset: number): number {
  return utf8Decode(utf8Encode(text).subarray(0, offset)).length + 1;
}

export function errorOf(line: Line, decoded: Decoded): Error {
  const error = decoded.error as NonNullable<Decoded['error']>;
  error.line = line.number;
  error.column = columnOf(line.text, error.offset);
  const where = 'Koeru.sdp: line ' + error.line + ', column ' + error.column + ': ';
  const field = error.field ? error.field + ': ' : '';
  return makeError('ParseError', where + field + error.reason, error);
}
