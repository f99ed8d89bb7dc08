// Today's constraints, written as an older browser takes them. What it cannot be told is reported.

import type { Dialect } from './native_form.js';
import {
  isLegacy,
  isObject,
  kKinds,
  kModernNames,
  one,
  type Asked,
  type Kind,
  type TrackConstraints,
} from './read_constraints.js';
import type { Report } from './report.js';

const kRanges = /^(width|height|aspectRatio|frameRate)$/;

const kWriters = { plain: writePlain, require: writeRequire, mandatory: writeMandatory };

export function writeConstraints(
  asked: Asked,
  dialect: Dialect,
  supported: Record<string, boolean> | undefined,
  report: Report,
): unknown {
  const written: TrackConstraints = {};
  kKinds.forEach(function (kind) {
    const set = asked[kind];
    if (!isObject(set) || isLegacy(set)) written[kind] = !!set && (isObject(set) ? set : true);
    else if (dialect === 'modern') written[kind] = checkModern(set, kind, supported, report);
    else written[kind] = kWriters[dialect](set, kind, report);
  });
  if (dialect === 'plain') {
    // Opera's first builds turned what they got into a string, 'video,audio'.
    const text = kKinds
      .filter(function (kind) {
        return written[kind];
      })
      .reverse()
      .join();
    Object.defineProperty(written, 'toString', {
      value: function () {
        return text;
      },
    });
  }
  return written;
}

// A modern browser ignores in silence what it does not know.
function checkModern(
  set: TrackConstraints,
  kind: Kind,
  supported: Record<string, boolean> | undefined,
  report: Report,
): TrackConstraints {
  for (const key in set) {
    if (supported && key !== 'advanced' && set[key] !== undefined && !supported[key]) {
      report(kind, key);
    }
  }
  return set;
}

function writePlain(set: TrackConstraints, kind: Kind, report: Report): boolean {
  for (const key in set) report(kind, key);
  return true;
}

// { exact, ideal, min, max } of a constraint, whose plain value is an ideal one.
export function ruleOf(value: unknown): TrackConstraints {
  return isObject(value) && !Array.isArray(value) ? value : { ideal: value };
}

// Calls `put` for each constraint of a set, then for the wishes in `advanced`, whose plain values
// are exact.
function eachRule(
  set: TrackConstraints,
  put: (key: string, rule: TrackConstraints, isWish: boolean) => void,
): void {
  for (const key in set) {
    if (key !== 'advanced' && set[key] !== undefined) put(key, ruleOf(set[key]), false);
  }
  (set['advanced'] || []).forEach(function (wish: TrackConstraints) {
    for (const key in wish) {
      const rule = ruleOf(wish[key]);
      put(key, 'ideal' in rule ? { exact: rule['ideal'] } : rule, true);
    }
  });
}

function legacyName(key: string): string | undefined {
  for (const name in kModernNames) {
    if (kModernNames[name] === key) return name;
  }
  return /^(goog|chrome)/.test(key) ? key : undefined;
}

// Chrome 24 to 52.
function writeMandatory(set: TrackConstraints, kind: Kind, report: Report): unknown {
  const mandatory: TrackConstraints = {};
  const optional: TrackConstraints[] = [];
  eachRule(set, function (key, rule, isWish) {
    function put(name: string, value: unknown, must: boolean): void {
      if (must && !isWish) mandatory[name] = value;
      else optional.push(one(name, value));
    }
    if (kRanges.test(key)) {
      const name = key.charAt(0).toUpperCase() + key.slice(1);
      ['min', 'max'].forEach(function (end) {
        const bound = rule['exact'] === undefined ? rule[end] : rule['exact'];
        if (bound !== undefined) put(end + name, bound, true);
        if (rule['ideal'] !== undefined) put(end + name, rule['ideal'], false);
      });
      return;
    }
    const name = legacyName(key);
    if (!name) return report(kind, key);
    const exact = ([] as unknown[]).concat(rule['exact'] === undefined ? [] : rule['exact']);
    if (exact.length > 1) report(kind, key, 'it can name one value only, so these became wishes');
    exact.forEach(function (value) {
      put(name, value, exact.length === 1);
    });
    ([] as unknown[])
      .concat(rule['ideal'] === undefined ? [] : rule['ideal'])
      .forEach(function (value) {
        put(name, value, false);
      });
  });
  const hasMandatory = Object.keys(mandatory).length > 0;
  if (!hasMandatory && !optional.length) return true;
  const written: TrackConstraints = {};
  if (hasMandatory) written['mandatory'] = mandatory;
  if (optional.length) written['optional'] = optional;
  return written;
}

// Firefox 32 to 37: bounds are wishes unless `require` names them; plain and ideal values are not
// known.
function writeRequire(set: TrackConstraints, kind: Kind, report: Report): unknown {
  const written: TrackConstraints = {};
  const required: string[] = [];
  const advanced: TrackConstraints[] = [];
  eachRule(set, function (key, rule, isWish) {
    if (key === 'mediaSource') {
      written[key] = rule['exact'] || rule['ideal'];
      return;
    }
    if (!/^(width|height|frameRate|facingMode)$/.test(key)) return report(kind, key);
    const must = boundsOf(rule['exact'], rule);
    if (must !== undefined && isWish) advanced.push(one(key, must));
    else if (must !== undefined) {
      written[key] = must;
      required.push(key);
    }
    if (rule['ideal'] !== undefined) advanced.push(one(key, boundsOf(rule['ideal'], {})));
  });
  if (required.length) written['require'] = required;
  if (advanced.length) written['advanced'] = advanced;
  return Object.keys(written).length ? written : true;
}

function boundsOf(value: unknown, rule: TrackConstraints): unknown {
  if (typeof value === 'number') return { min: value, max: value };
  if (value !== undefined) return value;
  const bounds: TrackConstraints = {};
  if (rule['min'] !== undefined) bounds['min'] = rule['min'];
  if (rule['max'] !== undefined) bounds['max'] = rule['max'];
  return Object.keys(bounds).length ? bounds : undefined;
}
