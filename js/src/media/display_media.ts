// Koeru.getDisplayMedia: a picture of the screen, a window or a tab.

import type { MediaOptions } from '../../koeru.js';
import { makeError } from '../errors.js';
import type { Scope } from '../scope.js';
import { openWith } from './get_user_media.js';
import { insecureContextError, isInsecureContext } from './insecure_context.js';
import { nativeForm, supportedConstraints, versionOf } from './native_form.js';
import { isObject, type TrackConstraints } from './read_constraints.js';
import { reporter } from './report.js';
import { nativeOf } from './stand_in.js';
import { ruleOf } from './write_constraints.js';

// displaySurface in Firefox's words.
const kSources: Record<string, string> = {
  monitor: 'screen',
  window: 'window',
  browser: 'browser',
};

export function getDisplayMediaIn(
  scope: Scope,
  constraints: unknown,
  options: MediaOptions = {},
): Promise<MediaStream> {
  const asked = (isObject(constraints) ? constraints : { video: true }) as TrackConstraints;
  return openWith(
    scope,
    { video: asked['video'], screen: true },
    options,
    function (onSuccess, onError) {
      const navigator = scope.navigator || {};
      const devices = navigator.mediaDevices;
      const modern = devices && nativeOf(devices.getDisplayMedia);
      if (modern) return modern.call(devices, asked).then(onSuccess, onError);
      // Edge 17 and 18.
      if (navigator.getDisplayMedia)
        return navigator.getDisplayMedia(asked).then(onSuccess, onError);

      const form = nativeForm(scope);
      if (form && hasMediaSource(scope)) {
        const report = reporter(scope, options.onWarning);
        if (asked['audio']) report('audio', 'getDisplayMedia', 'this browser shares no sound');
        return form.open({ video: mediaSource(asked['video']) }, onSuccess, onError);
      }
      throw isInsecureContext(scope)
        ? insecureContextError(scope, 'screen')
        : makeError(
            'NotSupportedError',
            'This browser cannot share the screen without an extension',
          );
    },
  );
}

// Firefox 33 to 65: a camera of another kind. Where that is not known the camera itself would open.
function hasMediaSource(scope: Scope): boolean {
  return !!(supportedConstraints(scope) || {})['mediaSource'] || versionOf(scope, 'Firefox') >= 33;
}

// Where mediaDevices.getDisplayMedia is missing: whether something else does.
export function canShareScreen(scope: Scope): boolean {
  const navigator = scope.navigator || {};
  return !!navigator.getDisplayMedia || (!!nativeForm(scope) && hasMediaSource(scope));
}

function mediaSource(video: unknown): TrackConstraints {
  const set: TrackConstraints = {};
  if (isObject(video)) {
    for (const key in video) if (key !== 'displaySurface') set[key] = video[key];
  }
  const rule = ruleOf(isObject(video) ? video['displaySurface'] : undefined);
  set['mediaSource'] = kSources[rule['exact'] || rule['ideal']] || 'screen';
  return set;
}
