// facingMode for browsers that do not know it: the camera's label tells, in English and Japanese.

import { makeError } from '../errors.js';
import type { DeviceLike, Scope } from '../scope.js';
import { listDevices } from './devices.js';
import { supportedConstraints, type Dialect } from './native_form.js';
import { isObject, type Asked, type TrackConstraints } from './read_constraints.js';
import type { Report } from './report.js';
import { ruleOf } from './write_constraints.js';

// \u524d\u9762 is 前面, \u5185\u5074 内側, \u80cc\u9762 背面, \u5916\u5074 外側.
const kLabels: Record<string, RegExp> = {
  user: /front|user|facetime|\u524d\u9762|\u5185\u5074/i,
  environment: /back|rear|environment|\u80cc\u9762|\u5916\u5074/i,
};

// The constraints with the camera's id instead, or undefined when they can stay as they are.
export function chooseByFacing(
  scope: Scope,
  asked: Asked,
  dialect: Dialect,
  report: Report,
): Promise<Asked> | undefined {
  const video = asked.video;
  const supported = supportedConstraints(scope);
  const knows =
    dialect === 'modern' ? !supported || supported['facingMode'] : dialect === 'require';
  if (knows || dialect === 'plain' || !isObject(video) || video['facingMode'] === undefined) {
    return undefined;
  }
  const rule = ruleOf(video['facingMode']);
  const must = rule['exact'] !== undefined;
  const wanted = ([] as string[]).concat(must ? rule['exact'] : rule['ideal'])[0] as string;
  const rest: TrackConstraints = {};
  for (const key in video) if (key !== 'facingMode') rest[key] = video[key];
  const chosen: Asked = { video: rest };
  if (asked.audio) chosen.audio = asked.audio;

  return listDevices(scope)
    .then(undefined, function () {
      return [];
    })
    .then(function (devices: DeviceLike[]) {
      const named = devices.filter(function (device) {
        return device.kind === 'videoinput' && !!(device.label || device.facing);
      });
      const fitting = named.filter(function (camera) {
        const label = kLabels[wanted];
        return camera.facing ? camera.facing === wanted : !!label && label.test(camera.label);
      })[0];
      if (fitting && !rest['deviceId']) {
        rest['deviceId'] = must ? { exact: fitting.deviceId } : fitting.deviceId;
      } else if (must && named.length && !fitting) {
        throw makeError('OverconstrainedError', 'No camera faces so by its name', {
          constraint: 'facingMode',
        });
      } else report('video', 'facingMode', 'no camera says in its name which way it faces');
      return chosen;
    });
}
