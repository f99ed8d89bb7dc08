// Constraints that a browser cannot be told are reported: to the caller's onWarning, else once to
// the console.

import type { MediaWarning } from '../../koeru.js';
import type { Scope } from '../scope.js';

export type Report = (kind: 'audio' | 'video', constraint: string, why?: string) => void;

const said: Record<string, true> = {};

export function reporter(
  scope: Scope,
  onWarning: ((warning: MediaWarning) => void) | undefined,
): Report {
  return function (kind, constraint, why) {
    const message =
      'Koeru: ' +
      kind +
      '.' +
      constraint +
      ' is left out: ' +
      (why || 'this browser does not know it');
    if (onWarning) return onWarning({ kind: kind, constraint: constraint, message: message });
    if (said[message]) return;
    said[message] = true;
    if (scope.console && scope.console.warn) scope.console.warn(message);
  };
}
