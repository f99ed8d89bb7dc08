// Koeru.getUserMedia: one way to the camera for every browser that ever had one.

import type { MediaOptions } from '../../koeru.js';
import { makeError } from '../errors.js';
import { promiseOf } from '../promise.js';
import type { LegacyGetUserMedia, Scope } from '../scope.js';
import { explain, thingOf, type Request } from './explain.js';
import { chooseByFacing } from './facing_mode.js';
import { insecureContextError, isInsecureContext } from './insecure_context.js';
import { nativeForm, supportedConstraints, type Form } from './native_form.js';
import { remember } from './opened.js';
import { readConstraints, type Asked } from './read_constraints.js';
import { reporter } from './report.js';
import { stop } from './stop.js';
import { writeConstraints } from './write_constraints.js';

export function getUserMediaIn(
  scope: Scope,
  constraints: unknown,
  options: MediaOptions = {},
): Promise<MediaStream> {
  const PromiseType = promiseOf(scope);
  const report = reporter(scope, options.onWarning);
  return new PromiseType<MediaStream>(function (resolve) {
    const asked = readConstraints('Koeru.getUserMedia(constraints)', scope, constraints, report);
    const form = nativeForm(scope);
    if (!form) return resolve(openWith(scope, asked, options, missing(scope, asked)));
    function open(chosen: Asked): Promise<MediaStream> {
      const supported = supportedConstraints(scope);
      const written = writeConstraints(chosen, (form as Form).dialect, supported, report);
      return openWith(scope, asked, options, function (onSuccess, onError) {
        (form as Form).open(written, onSuccess, onError);
      });
    }
    const chosen = chooseByFacing(scope, asked, form.dialect, report);
    if (!chosen) return resolve(open(asked));
    resolve(
      chosen.then(open, function (error) {
        return explain(scope, asked, error).then(fail);
      }),
    );
  });
}

function fail(error: unknown): never {
  throw error;
}

type Opener = (
  onSuccess: (stream: MediaStream) => void,
  onError: (error: unknown) => void,
) => unknown;

// Runs a way to a stream, within the time that the options leave; a failure comes out explained.
export function openWith(
  scope: Scope,
  asked: Request,
  options: MediaOptions,
  opener: Opener,
): Promise<MediaStream> {
  const PromiseType = promiseOf(scope);
  return new PromiseType<MediaStream>(function (resolve, reject) {
    let late = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    function onError(error: unknown): void {
      clearTimeout(timer);
      explain(scope, asked, error).then(reject, reject);
    }
    function onSuccess(stream: MediaStream): void {
      clearTimeout(timer);
      // Nobody waits for it any more, and its light would stay on.
      if (late) return stop(stream);
      remember(stream);
      resolve(stream);
    }
    if (options.timeout) {
      timer = setTimeout(function () {
        late = true;
        onError(makeError('TimeoutError', 'No answer within ' + options.timeout + ' ms'));
      }, options.timeout);
    }
    try {
      opener(onSuccess, onError);
    } catch (error) {
      onError(error);
    }
  });
}

function missing(scope: Scope, asked: Asked): Opener {
  return function (_, onError) {
    onError(
      isInsecureContext(scope)
        ? insecureContextError(scope, thingOf(asked))
        : makeError('NotSupportedError', 'This browser has no getUserMedia in any of its forms'),
    );
  };
}

// The form with callbacks, for pages that were written for it.
export function callbackForm(scope: Scope): LegacyGetUserMedia {
  return function (constraints, onSuccess, onError) {
    getUserMediaIn(scope, constraints).then(onSuccess, onError);
  };
}
