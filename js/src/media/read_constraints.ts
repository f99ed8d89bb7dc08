// Constraints of every age, read as today's.
//
//   2011  'video,audio'                                   strings of the first draft
//   2013  { video: { mandatory: { minWidth: 640, sourceId: '...' }, optional: [{ ... }] } }
//   2014  { video: { width: { min: 640 }, require: ['width'] } }

import { badArgument, kindOf } from '../errors.js';
import type { Scope } from '../scope.js';
import type { Report } from './report.js';

export type TrackConstraints = Record<string, any>;
export interface Asked {
  audio?: boolean | TrackConstraints;
  video?: boolean | TrackConstraints;
}
export const kKinds = ['audio', 'video'] as const;
// 'audio', 'video': for names of constraints, devices and permissions.
export type Kind = (typeof kKinds)[number];

// Names of Chrome's that have one of today's.
export const kModernNames: Record<string, string> = {
  sourceId: 'deviceId',
  googEchoCancellation: 'echoCancellation',
  googNoiseSuppression: 'noiseSuppression',
  googAutoGainControl: 'autoGainControl',
};

export function isObject(value: unknown): value is TrackConstraints {
  return typeof value === 'object' && value !== null;
}

export function readConstraints(
  where: string,
  scope: Scope,
  constraints: unknown,
  report: Report,
): Asked {
  const given = typeof constraints === 'string' ? readText(constraints) : constraints;
  if (!isObject(given)) {
    const remedy = 'needs an object such as { video: true, audio: true }, got ';
    throw badArgument(where, remedy + kindOf(constraints));
  }
  const asked: Asked = {};
  kKinds.forEach(function (kind) {
    const set = given[kind];
    if (set) asked[kind] = isObject(set) ? readTrack(scope, set, kind, report) : true;
  });
  // W3C mediacapture-streams section 10.2, getUserMedia() step 3: one of the two must be asked for.
  if (!asked.audio && !asked.video) {
    const remedy = 'at least one of audio and video must be asked for, such as { video: true }';
    throw badArgument(where, remedy);
  }
  return asked;
}

function readText(text: string): unknown {
  return { audio: /\baudio\b/.test(text), video: /\bvideo\b/.test(text) };
}

export function readTrack(
  scope: Scope,
  set: TrackConstraints,
  kind: Kind,
  report: Report,
): TrackConstraints {
  const mandatory = set['mandatory'] || {};
  if (!isLegacy(set)) return set;
  // Capture of tabs and windows by extensions: Chromium still takes it in this form, and only so.
  if (mandatory.chromeMediaSource && scope.navigator && scope.navigator.webkitGetUserMedia)
    return set;

  const read: TrackConstraints = {};
  const advanced: TrackConstraints[] = [];
  for (const key in set) {
    if (/^(mandatory|optional|require|advanced)$/.test(key)) continue;
    const required = !set['require'] || set['require'].indexOf(key) >= 0;
    if (required)
      read[key] = set['require'] && !isObject(set[key]) ? { exact: set[key] } : set[key];
    else advanced.push(one(key, set[key]));
  }
  for (const key in mandatory) add(read, key, mandatory[key], kind, report);
  // `optional` is a list by rank, each entry fulfilled if that can be: what `advanced` is today.
  (set['optional'] || []).forEach(function (entry: TrackConstraints) {
    const wish: TrackConstraints = {};
    for (const key in entry) add(wish, key, entry[key], kind, report);
    for (const key in wish) advanced.push(one(key, wish[key]));
  });
  if (advanced.length || set['advanced']) read['advanced'] = advanced.concat(set['advanced'] || []);
  return read;
}

export function isLegacy(set: TrackConstraints): boolean {
  return !!(set['mandatory'] || set['optional'] || set['require']);
}

export function one(key: string, value: unknown): TrackConstraints {
  const set: TrackConstraints = {};
  set[key] = value;
  return set;
}

function add(set: TrackConstraints, key: string, value: unknown, kind: Kind, report: Report): void {
  const { name, end } = modernNameOf(key);
  if (/^(goog|chrome)/.test(name)) return report(kind, name, 'nothing of today says the same');
  set[name] = set[name] || {};
  set[name][end] = value;
}

// 'minWidth' is the end `min` of `width`, 'sourceId' the end `exact` of `deviceId`.
export function modernNameOf(key: string): { name: string; end: string } {
  const bound = /^(min|max)(Width|Height|AspectRatio|FrameRate)$/.exec(key);
  if (!bound) return { name: kModernNames[key] || key, end: 'exact' };
  const name = bound[2] as string;
  return { name: name.charAt(0).toLowerCase() + name.slice(1), end: bound[1] as string };
}
