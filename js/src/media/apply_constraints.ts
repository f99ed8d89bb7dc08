// Koeru.applyConstraints: other settings for a track that runs.

import type { MediaOptions } from '../../koeru.js';
import { badArgument, makeError } from '../errors.js';
import { promiseOf } from '../promise.js';
import type { Scope } from '../scope.js';
import { explain } from './explain.js';
import { supportedConstraints } from './native_form.js';
import { isObject, readTrack, type Asked, type Kind } from './read_constraints.js';
import { reporter } from './report.js';
import { writeConstraints } from './write_constraints.js';

interface TrackLike {
  kind?: string;
  applyConstraints?: (constraints: unknown) => PromiseLike<void>;
}

export function applyConstraintsIn(
  scope: Scope,
  track: unknown,
  constraints: unknown,
  options: MediaOptions = {},
): Promise<void> {
  const PromiseType = promiseOf(scope);
  return new PromiseType<void>(function (resolve, reject) {
    const where = 'Koeru.applyConstraints(track, constraints)';
    const target = track as TrackLike;
    const kind = isObject(track) && (target.kind as Kind);
    if (!kind)
      throw badArgument(where, 'needs a MediaStreamTrack, such as stream.getVideoTracks()[0]');
    if (!isObject(constraints))
      throw badArgument(where, 'needs constraints, such as { width: 640 }');
    const report = reporter(scope, options.onWarning);
    const asked: Asked = {};
    asked[kind] = readTrack(scope, constraints, kind, report);
    function fail(error: unknown): void {
      explain(scope, asked, error).then(reject, reject);
    }
    if (!target.applyConstraints) {
      const message = 'This browser cannot change a running track: stop it and open it anew';
      return fail(makeError('NotSupportedError', message));
    }
    const written = writeConstraints(asked, 'modern', supportedConstraints(scope), report);
    target.applyConstraints((written as Asked)[kind]).then(function () {
      resolve();
    }, fail);
  });
}
