// Koeru.sdp: session descriptions without loss (RFC 8866).

import type { KoeruFallback, WasmSource } from '../../koeru.js';
import type * as Public from '../../koeru.sdp.js';
import { callForJson, fields } from '../abi.js';
import { badArgument } from '../errors.js';
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
  const type = String((options && options.type) || (input as { type?: string }).type || '');
  const call = [modeOf(kLint, options), type === 'pranswer' ? 'answer' : type, text];
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
  const mode = (options && options.mode) || 'lenient';
  if (mode === 'strict' || mode === 'lenient') return mode;
  throw badArgument(what, 'mode: needs "strict" or "lenient", got ' + mode);
}

(Description.prototype as { lint: unknown }).lint = function (
  this: Public.Description,
  options?: Public.LintOptions,
): Public.Finding[] {
  return lint(this, options);
};
