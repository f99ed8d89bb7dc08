// Koeru.sdp: session descriptions without loss (RFC 8866).

import type { KoeruFallback, WasmSource } from '../../koeru.js';
import type * as Public from '../../koeru.sdp.js';
import { callForJson, fields } from '../abi.js';
import { badArgument, shown } from '../errors.js';
import './access.js';
import { Description, textOfInput } from './description.js';
import './edits.js';
import { loadModule, tools } from '../loader.js';
import { sdpReady } from '../ready.js';
import { columnOf } from './line.js';
import './properties.js';

export const ready = sdpReady;

export function load(source?: WasmSource | KoeruFallback): Promise<void> {
  return loadModule(tools, source);
}

const kParse = 'Koeru.sdp.parse(text)';
const kLint = 'Koeru.sdp.lint(text)';
const kDiff = 'Koeru.sdp.diff(before, after)';

export const parse = function (input: Public.DescriptionInput, options?: Public.ParseOptions) {
  const text = textOfInput(kParse, input);
  return new Description(text, modeOf(kParse, options), (input as { type?: string }).type);
} as unknown as typeof Public.parse;

export function lint(
  input: Public.DescriptionInput,
  options?: Public.LintOptions,
): Public.Finding[] {
  const text = textOfInput(kLint, input);
  const call = [modeOf(kLint, options), typeOf(input, options), text];
  const findings = callForJson(kLint, 'koeru_sdp_lint', fields(call)) as Public.Finding[];
  const lines = findings.length ? text.split('\n') : [];
  findings.forEach(function (finding) {
    finding.column = columnOf(lines[finding.line - 1] || '', finding.column - 1);
  });
  return findings;
}

export function diff(
  before: Public.DescriptionInput,
  after: Public.DescriptionInput,
): Public.Difference[] {
  const call = [textOfInput(kDiff, before), textOfInput(kDiff, after)];
  return callForJson(kDiff, 'koeru_sdp_diff', fields(call)) as Public.Difference[];
}

function modeOf(what: string, options: { mode?: Public.Mode } | undefined): string {
  if (typeof options === 'string') {
    throw badArgument(what, 'options: needs an object such as { mode: "strict" }, got a text');
  }
  const mode = options ? options.mode : undefined;
  if (mode === undefined) return 'lenient';
  if (mode === 'strict' || mode === 'lenient') return mode;
  throw badArgument(what, 'mode: needs "strict" or "lenient", got ' + shown(mode));
}

// What the caller says it is goes before what the input says, which may be a "rollback".
function typeOf(input: unknown, options: Public.LintOptions | undefined): string {
  const given = (options && options.type) || '';
  if (['', 'offer', 'answer', 'pranswer'].indexOf(given) < 0) {
    throw badArgument(kLint, 'type: needs "offer", "answer" or "pranswer", got ' + shown(given));
  }
  const type = given || (input as { type?: unknown }).type || '';
  return type === 'pranswer' ? 'answer' : String(type);
}

(Description.prototype as { lint: unknown }).lint = function (
  this: Public.Description,
  options?: Public.LintOptions,
): Public.Finding[] {
  return lint(this, options);
};
