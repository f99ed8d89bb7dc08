// Koeru.getUserMedia: one way to the camera for every browser that ever had one.

import { badArgument, kindOf, makeError } from '../errors.js';
import { insecureContextError, isInsecureContext } from './insecure_context.js';
import { modernError } from './legacy_errors.js';
import type { LegacyGetUserMedia, NavigatorLike, Scope } from '../scope.js';

const kLegacyNames = [
  'getUserMedia', // Opera 12, and Chrome and Edge of today
  'webkitGetUserMedia', // Chrome 21, Opera 15
  'mozGetUserMedia', // Firefox 17
  'msGetUserMedia', // never shipped; snippets that people copy test for it
] as const;

export function getUserMediaIn(scope: Scope, constraints: unknown): Promise<MediaStream> {
  const PromiseType = scope.Promise;
  if (!PromiseType) {
    throw makeError(
      'NotSupportedError',
      'Koeru.getUserMedia returns a Promise and this browser has none: load a Promise polyfill first',
    );
  }
  return new PromiseType<MediaStream>(function (resolve, reject) {
    checkConstraints(constraints);
    const navigator: NavigatorLike = scope.navigator || {};
    const fail = function (error: unknown): void {
      reject(explain(scope, error));
    };
    const devices = navigator.mediaDevices;
    if (devices && typeof devices.getUserMedia === 'function') {
      devices.getUserMedia(constraints).then(resolve, fail);
      return;
    }
    const legacy = legacyGetUserMedia(navigator);
    if (!legacy) {
      reject(missing(scope));
      return;
    }
    try {
      legacy.call(navigator, constraints, resolve, fail);
    } catch (error) {
      fail(error);
    }
  });
}

function legacyGetUserMedia(navigator: NavigatorLike): LegacyGetUserMedia | undefined {
  for (let i = 0; i < kLegacyNames.length; ++i) {
    const found = navigator[kLegacyNames[i] as (typeof kLegacyNames)[number]];
    if (typeof found === 'function') return found;
  }
  return undefined;
}

// W3C mediacapture-streams section 10.2, getUserMedia() step 3: one of the two must be asked for.
function checkConstraints(constraints: unknown): void {
  if (typeof constraints !== 'object' || constraints === null) {
    throw badArgument(
      'Koeru.getUserMedia(constraints)',
      'needs an object such as { video: true, audio: true }, got ' + kindOf(constraints),
    );
  }
  const asked = constraints as { audio?: unknown; video?: unknown };
  if (!asked.audio && !asked.video) {
    throw badArgument(
      'Koeru.getUserMedia(constraints)',
      'at least one of audio and video must be asked for, such as { video: true }',
    );
  }
}

function missing(scope: Scope): Error {
  if (isInsecureContext(scope)) return insecureContextError(scope);
  return makeError(
    'NotSupportedError',
    'This browser has no getUserMedia in any of its forms, so it cannot open a camera or microphone',
  );
}

function explain(scope: Scope, original: unknown): Error {
  const error = modernError(original);
  // Chrome 47 to 73 kept the callback form on plain http and refused there, "Only secure origins
  // are allowed".
  if (isInsecureContext(scope) && /secure/i.test(error.message)) {
    return insecureContextError(scope, original);
  }
  return error;
}
