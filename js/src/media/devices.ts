// The list of cameras, microphones and loudspeakers, and news of it.

import type { DeviceChange } from '../../koeru.js';
import { badArgument, makeError } from '../errors.js';
import { promiseOf } from '../promise.js';
import type { DeviceLike, MediaDevicesLike, Scope } from '../scope.js';
import { insecureContextError, isInsecureContext } from './insecure_context.js';
import { nativeOf } from './stand_in.js';

function mediaDevices(scope: Scope): MediaDevicesLike {
  return (scope.navigator && scope.navigator.mediaDevices) || {};
}

export function listDevices(scope: Scope): Promise<DeviceLike[]> {
  const PromiseType = promiseOf(scope);
  const devices = mediaDevices(scope);
  const tracks = scope.MediaStreamTrack;
  return new PromiseType<DeviceLike[]>(function (resolve, reject) {
    const native = nativeOf(devices.enumerateDevices);
    if (native) return native.call(devices).then(resolve, reject);
    // Chrome 30 to 55.
    if (tracks && tracks.getSources) {
      return tracks.getSources(function (sources) {
        resolve(sources.map(deviceOfSource));
      });
    }
    throw isInsecureContext(scope)
      ? insecureContextError(scope, 'both')
      : makeError('NotSupportedError', 'This browser cannot list its devices');
  });
}

// { id, kind: 'audio' or 'video', label, facing: 'user', 'environment' or '' }
function deviceOfSource(source: any): DeviceLike {
  return {
    deviceId: source.id,
    groupId: '',
    kind: source.kind + 'input',
    label: source.label || '',
    facing: source.facing || '',
  };
}

const kPollEveryMs = 2000;

// Calls the listener when devices come and go, until the function that it gives is called.
export function watchDevices(scope: Scope, listener: (change: DeviceChange) => void): () => void {
  if (typeof listener !== 'function') {
    throw badArgument('Koeru.onDeviceChange(listener)', 'needs a function');
  }
  const devices = mediaDevices(scope);
  let known: DeviceLike[] | undefined;
  let stopped = false;

  function look(): void {
    listDevices(scope).then(
      function (now) {
        if (stopped) return;
        const before = known;
        known = now;
        if (!before) return;
        const change = {
          devices: now,
          added: missingIn(before, now),
          removed: missingIn(now, before),
        };
        if (change.added.length || change.removed.length)
          listener(change as unknown as DeviceChange);
      },
      function () {},
    );
  }

  look();
  if ('ondevicechange' in devices && devices.addEventListener && devices.removeEventListener) {
    devices.addEventListener('devicechange', look);
    return function () {
      stopped = true;
      if (devices.removeEventListener) devices.removeEventListener('devicechange', look);
    };
  }
  // Chrome until 56, Firefox until 51.
  const timer = scope.setInterval && scope.setInterval(look, kPollEveryMs);
  return function () {
    stopped = true;
    if (scope.clearInterval) scope.clearInterval(timer);
  };
}

// A permission given meanwhile changes ids, but not what there is: such devices have no id before.
function missingIn(list: DeviceLike[], others: DeviceLike[]): DeviceLike[] {
  return others.filter(function (other) {
    return !list.some(function (device) {
      return (
        device.kind === other.kind &&
        (device.deviceId === other.deviceId || !device.deviceId || !other.deviceId)
      );
    });
  });
}
