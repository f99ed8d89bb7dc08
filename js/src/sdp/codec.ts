// A codec of a section: rtpmap, fmtp and rtcp-fb of one payload type, joined when they are asked for
// (RFC 8866 section 6.6 and 6.15, RFC 4585 section 4.2, RFC 4588 section 8).

import { badArgument, kindOf } from '../errors.js';
import type { Access } from './access.js';
import type { Edits } from './edits.js';
import type { Line } from './line.js';
import type { SectionState } from './section.js';
import { staticRtpmap, type Rtpmap } from './rtpmap.js';
import { lineFrom, startOf } from './text.js';
import { decodeLines } from './typed.js';

interface Parameter {
  name: string;
  value?: string;
}
// A line of any of the three names.
interface Entry {
  // Its place among the lines of its name.
  at: number;
  value: Omit<Rtpmap, 'payloadType'> & {
    payloadType: number | string;
    format: string;
    parameters: Parameter[];
    type: string;
    parameter?: string;
  };
}
export interface Codec {
  section: SectionState & Access & Edits;
  payloadType: number;
  readonly name: string | undefined;
  readonly clockRate: number | undefined;
  readonly channels: number | undefined;
  parameters: Parameter[];
  readonly feedback: Array<{ type: string; parameter?: string }>;
  readonly rtx: Codec | undefined;
  parameter(name: string): string | undefined;
  setParameter(name: string, value?: unknown): Codec;
  toString(): string;
}

const kWhat = 'Koeru.sdp: codec.';

const Codec = function (this: Codec, section: SectionState, payloadType: number) {
  this.section = section as Codec['section'];
  this.payloadType = payloadType;
} as unknown as { new (section: SectionState, payloadType: number): Codec; prototype: object };

Codec.prototype = {
  get name() {
    return rtpmapOf(this).encodingName;
  },
  get clockRate() {
    return rtpmapOf(this).clockRate;
  },
  get channels() {
    if (this.section.kind !== 'audio') return undefined;
    return Number(rtpmapOf(this).encodingParameters || 1);
  },
  get parameters() {
    let all: Parameter[] = [];
    fmtpOf(this).forEach(function (entry) {
      all = all.concat(
        entry.value.parameters.map(function (parameter) {
          // A copy: what is cached stays as it was written.
          const copy: Record<string, unknown> = {};
          for (const key in parameter) copy[key] = parameter[key as keyof Parameter];
          return copy as unknown as Parameter;
        }),
      );
    });
    return all;
  },
  set parameters(parameters: Parameter[]) {
    if (!Array.isArray(parameters)) {
      throw badArgument(kWhat + 'parameters', 'needs an array, got ' + kindOf(parameters));
    }
    const section = this.section;
    const value = { format: String(this.payloadType), parameters };
    const all = section.lines('fmtp');
    const lines = fmtpOf(this).map(function (entry) {
      return all[entry.at] as Line;
    });
    const first = parameters.length ? lines.shift() : undefined;
    if (first) first.value = value;
    else if (parameters.length) section.add('fmtp', value);
    lines.forEach(function (line) {
      line.remove();
    });
  },
  get feedback() {
    const payloadType = this.payloadType;
    return tableOf(this.section, 'rtcp-fb')
      .filter(function ({ value }) {
        return value.payloadType === '*' || value.payloadType === String(payloadType);
      })
      .map(function ({ value }) {
        return value.parameter === undefined
          ? { type: value.type }
          : { type: value.type, parameter: value.parameter };
      });
  },
  get rtx() {
    const payloadType = String(this.payloadType);
    return codecsOf(this.section).filter(function (codec) {
      return /^rtx$/i.test(codec.name || '') && codec.parameter('apt') === payloadType;
    })[0];
  },
  // Names of parameters are case-insensitive (RFC 2045 section 5.1).
  parameter: function (name) {
    const lower = checkParameter('parameter(name)', name).toLowerCase();
    const entries = fmtpOf(this);
    for (let i = 0; i < entries.length; ++i) {
      const { parameters } = (entries[i] as Entry).value;
      for (let j = 0; j < parameters.length; ++j) {
        const parameter = parameters[j] as Parameter;
        if (parameter.name.toLowerCase() === lower) return parameter.value || '';
      }
    }
    return undefined;
  },
  setParameter: function (name, value) {
    const payloadType = String(this.payloadType);
    checkParameter('setParameter(name, value)', name);
    if (value !== undefined) {
      const parameters: Record<string, unknown> = {};
      parameters[name] = value;
      this.section.setFmtp(payloadType, parameters);
    } else if (this.parameter(name) !== undefined) {
      this.section.removeFmtp(payloadType, [name]);
    }
    return this;
  },
  toString: function () {
    const { encodingName, clockRate, encodingParameters } = rtpmapOf(this);
    return encodingName + '/' + clockRate + (encodingParameters ? '/' + encodingParameters : '');
  },
} as Codec & ThisType<Codec>;

function checkParameter(what: string, name: unknown): string {
  if (typeof name === 'string') return name;
  throw badArgument(kWhat + what, 'needs the name of a format parameter, got ' + kindOf(name));
}

// In the order of the m= line; none where no RTP is spoken.
export function codecsOf(section: SectionState): Codec[] {
  return section.cached('codecs', function () {
    if (!/\bRTP\//.test(section.protocol)) return [];
    return section.formats
      .filter(function (format) {
        return /^\d+$/.test(format);
      })
      .map(function (format) {
        return new Codec(section, +format);
      });
  });
}

// The lines of a name that can be read. All of them are decoded in one call, until the next edit.
function tableOf(section: SectionState, name: string): Entry[] {
  return section.cached('a=' + name, function () {
    return entriesOf(section, section.texts(name));
  });
}

function entriesOf(section: SectionState, texts: string[]): Entry[] {
  const entries: Entry[] = [];
  decodeLines(section.owner.mode, texts).forEach(function (line, at) {
    const value = line.value as Entry['value'] | undefined;
    if (value) entries.push({ at, value });
  });
  return entries;
}

// The first codec that is asked for is decoded alone, and all with the second.
function rtpmapOf({ section, payloadType }: Codec): Rtpmap {
  const first = section.cached('rtpmap', function () {
    const text = section.toString();
    const at = startOf(text, 'a=rtpmap:' + payloadType + ' ', 0);
    return { payloadType, value: entriesOf(section, at < 0 ? [] : [lineFrom(text, at)])[0] };
  });
  if (first.payloadType === payloadType && first.value) return first.value.value as Rtpmap;
  const entries = tableOf(section, 'rtpmap');
  for (let i = 0; i < entries.length; ++i) {
    const { value } = entries[i] as Entry;
    if (value.payloadType === payloadType) return value as Rtpmap;
  }
  return staticRtpmap(payloadType);
}

function fmtpOf({ section, payloadType }: Codec): Entry[] {
  return tableOf(section, 'fmtp').filter(function ({ value }) {
    return value.format === String(payloadType);
  });
}
