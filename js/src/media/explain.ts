// A failure in today's name, with advice: what happened, and what to do about it.

import type { AdviceId, KoeruError } from '../../koeru.js';
import { defineFacts, makeError } from '../errors.js';
import { promiseOf } from '../promise.js';
import type { Scope } from '../scope.js';
import { adviceOf, type Thing } from './advice.js';
import { listDevices } from './devices.js';
import { insecureContextError, isInsecureContext } from './insecure_context.js';
import { readError, type ToldError } from './legacy_errors.js';
import { demandsOf, nearestTo } from './nearest.js';
import { isObject, kKinds, type Asked } from './read_constraints.js';
import { reasonOfRefusal } from './refusal.js';
import { nativeOf } from './stand_in.js';

export type Request = Asked & { screen?: boolean };

export function thingOf(asked: Request): Thing {
  if (asked.screen) return 'screen';
  return asked.audio && asked.video ? 'both' : asked.video ? 'video' : 'audio';
}

interface Diagnosis {
  id: AdviceId;
  what?: Thing;
  facts?: unknown[];
  nearest?: unknown;
  constraint?: string;
}

// Resolves, never rejects: errors of the browser that have today's name are kept, with advice
// added; others are wrapped, and kept as `cause`.
export function explain(scope: Scope, asked: Request, original: unknown): Promise<Error> {
  const PromiseType = promiseOf(scope);
  const told = readError(original);
  const what = thingOf(asked);
  if (isHidden(scope, told))
    return PromiseType.resolve(insecureContextError(scope, what, original));
  if (/^(Type|InsecureContext)Error$/.test(told.name) && told.isModern) {
    return PromiseType.resolve(original as Error);
  }
  if (asked.screen && isObject(original) && original['name'] === 'InvalidStateError') {
    told.name = 'InvalidStateError';
    told.isModern = true;
  }
  return diagnose(scope, asked, told).then(function (found) {
    const advice = adviceOf(found.id, found.what || what, found.facts || []);
    const facts: Partial<KoeruError> = { advice: advice };
    const constraint = told.constraint || found.constraint;
    if (constraint) facts.constraint = constraint;
    if (found.nearest !== undefined) facts.nearest = found.nearest as string | number;
    if (told.isModern) {
      if (told.constraint) delete facts.constraint; // it has it
      return defineFacts(original as Error, facts);
    }
    facts.cause = original;
    return makeError(told.name, advice.en + ' (the browser said: ' + told.said + ')', facts);
  });
}

// Chrome 47 to 73 kept the callback form on plain http and refused there, "Only secure origins are
// allowed"; Safari 11 and 12 kept mediaDevices. Firefox until 67 really asked, and the user said
// no.
function isHidden(scope: Scope, told: ToldError): boolean {
  if (told.name !== 'NotAllowedError' || !isInsecureContext(scope)) return false;
  const navigator = scope.navigator || {};
  const devices = navigator.mediaDevices;
  const isSafari = /Version\/.*Safari/.test(navigator.userAgent || '') && devices;
  return /secure/i.test(told.said) || !!(isSafari && nativeOf(devices.getUserMedia));
}

function diagnose(scope: Scope, asked: Request, told: ToldError): Promise<Diagnosis> {
  switch (told.name) {
    case 'NotAllowedError':
      return diagnoseRefusal(scope, asked, told);
    case 'NotFoundError':
      return diagnoseAbsence(scope, asked);
    case 'OverconstrainedError':
      return diagnoseDemand(scope, asked, told);
  }
  const ids: Record<string, AdviceId> = {
    NotReadableError: 'busy',
    NotSupportedError: 'unsupported',
    TimeoutError: 'unanswered',
    InvalidStateError: 'needs-tap',
  };
  // Firefox: "Starting videoinput failed".
  const id = ids[told.name] || (/^starting/i.test(told.said) ? 'busy' : 'stopped');
  return promiseOf(scope).resolve({ id: id });
}

function diagnoseRefusal(scope: Scope, asked: Request, told: ToldError): Promise<Diagnosis> {
  const features: string[] = [];
  if (asked.screen) features.push('display-capture');
  else {
    if (asked.video) features.push('camera');
    if (asked.audio) features.push('microphone');
  }
  return reasonOfRefusal(scope, features, told.said).then(function (refusal) {
    const refused: Request = {};
    if (asked.screen) refused.screen = true;
    if (refusal.features.indexOf('camera') >= 0) refused.video = true;
    if (refusal.features.indexOf('microphone') >= 0) refused.audio = true;
    return { id: refusal.id, what: thingOf(refused), facts: [refusal.features.join('; ')] };
  });
}

// Which of the two is missing.
function diagnoseAbsence(scope: Scope, asked: Request): Promise<Diagnosis> {
  return listDevices(scope).then(
    function (devices) {
      const missing: Request = {};
      kKinds.forEach(function (kind) {
        const isThere = devices.some(function (device) {
          return device.kind === kind + 'input';
        });
        if (asked[kind] && !isThere) missing[kind] = true;
      });
      const found: Diagnosis = { id: 'no-device' };
      if ((missing.audio || missing.video) && !asked.screen) found.what = thingOf(missing);
      return found;
    },
    function () {
      return { id: 'no-device' };
    },
  );
}

function diagnoseDemand(scope: Scope, asked: Request, told: ToldError): Promise<Diagnosis> {
  const PromiseType = promiseOf(scope);
  const all = demandsOf(asked);
  const name = told.constraint;
  const named = all.filter(function (demand) {
    return demand.name === name;
  });
  // Older Chromes do not say which; where there is one only, it is that.
  const demand = named[0] || (all.length === 1 && !name ? all[0] : undefined);
  if (!demand) return PromiseType.resolve({ id: 'impossible', facts: [name || '?'] });
  const what = asked.screen ? 'screen' : demand.kind;
  if (demand.name === 'deviceId') {
    return PromiseType.resolve({ id: 'device-gone', what: what, constraint: 'deviceId' });
  }
  return nearestTo(scope, demand).then(function (nearest) {
    const facts = [demand.text];
    if (nearest !== undefined && nearest !== '') facts.push(demand.name + ': ' + nearest);
    return {
      id: 'impossible',
      what: what,
      facts: facts,
      nearest: nearest,
      constraint: demand.name,
    };
  });
}
