// The nearest that a device can do to a demand that none can meet.

import { promiseOf } from '../promise.js';
import type { Scope } from '../scope.js';
import { listDevices } from './devices.js';
import { nativeForm } from './native_form.js';
import { isObject, one, type Asked, type Kind, type TrackConstraints } from './read_constraints.js';
import { stateOf } from './refusal.js';
import { stop } from './stop.js';
import { ruleOf } from './write_constraints.js';

export interface Demand {
  kind: Kind;
  name: string;
  // What was asked for, as it goes into a sentence.
  text: string;
  value: unknown;
}

// The demands that can be failed: exact, min and max.
export function demandsOf(asked: Asked): Demand[] {
  const found: Demand[] = [];
  (['audio', 'video'] as Kind[]).forEach(function (kind) {
    const set = asked[kind];
    if (!isObject(set)) return;
    for (const name in set) {
      const rule = ruleOf(set[name]);
      const texts: string[] = [];
      let value: unknown;
      if (name !== 'advanced') {
        ['max', 'min', 'exact'].forEach(function (end) {
          if (rule[end] === undefined) return;
          value = rule[end];
          texts.unshift(end === 'exact' ? String(value) : end + ' ' + value);
        });
      }
      if (texts.length) {
        found.push({ kind: kind, name: name, text: name + ': ' + texts.join(', '), value: value });
      }
    }
  });
  return found;
}

export function nearestTo(scope: Scope, demand: Demand): Promise<unknown> {
  return listDevices(scope).then(
    function (devices) {
      const near: unknown[] = [];
      devices.forEach(function (device) {
        if (device.kind === demand.kind + 'input' && device.getCapabilities) {
          near.push(within(device.getCapabilities()[demand.name], demand.value));
        }
      });
      return best(near, demand.value) || tryIt(scope, demand);
    },
    function () {},
  );
}

// The value within the range, or the list, that is nearest to the wanted one.
export function within(capability: unknown, wanted: unknown): unknown {
  if (Array.isArray(capability)) return capability.join(', ');
  if (!isObject(capability) || typeof wanted !== 'number') return undefined;
  const low = capability['min'] === undefined ? wanted : capability['min'];
  const high = capability['max'] === undefined ? wanted : capability['max'];
  return Math.min(Math.max(wanted, low), high);
}

function best(near: unknown[], wanted: unknown): unknown {
  let found: unknown;
  near.forEach(function (value) {
    if (typeof value !== 'number') found = found || value;
    else if (
      typeof found !== 'number' ||
      Math.abs(value - (wanted as number)) < Math.abs(found - (wanted as number))
    ) {
      found = value;
    }
  });
  return found;
}

// Browsers whose devices do not tell (Firefox): opens one with the demand as a wish, where that
// needs no question to the user, and looks.
function tryIt(scope: Scope, demand: Demand): Promise<unknown> {
  const PromiseType = promiseOf(scope);
  const form = nativeForm(scope);
  return stateOf(scope, demand.kind === 'video' ? 'camera' : 'microphone').then(function (state) {
    if (state !== 'granted' || !form || form.dialect !== 'modern') return undefined;
    return new PromiseType<unknown>(function (resolve) {
      const wish: TrackConstraints = one(demand.name, { ideal: demand.value });
      form.open(
        one(demand.kind, wish),
        function (stream) {
          const track = (stream.getTracks() as any[])[0];
          resolve(track.getSettings && track.getSettings()[demand.name]);
          stop(stream);
        },
        function () {
          resolve(undefined);
        },
      );
    });
  });
}
