// Which getUserMedia the browser has, and which constraints it understands.

import type { LegacyGetUserMedia, NavigatorLike, Scope } from '../scope.js';
import { nativeOf } from './stand_in.js';

// modern     today's: { width: { min: 640, ideal: 1280 } }
// mandatory  Chrome 24 to 52, Opera 15 to 39: { mandatory: { minWidth: 640 }, optional: [...] }
// require    Firefox 32 to 37: { width: { min: 640 }, require: ['width'] }
// plain      Opera 12, Firefox 17 to 31: { video: true }
export type Dialect = 'modern' | 'mandatory' | 'require' | 'plain';

export interface Form {
  dialect: Dialect;
  open: LegacyGetUserMedia;
}

const kLegacyNames = [
  'webkitGetUserMedia', // Chrome 21, Opera 15
  'mozGetUserMedia', // Firefox 17
  'getUserMedia', // Opera 12; in Chrome and Edge beside the others
  'msGetUserMedia', // never shipped; snippets that people copy test for it
] as const;

export function nativeForm(scope: Scope): Form | undefined {
  const navigator: NavigatorLike = scope.navigator || {};
  const devices = navigator.mediaDevices;
  const modern = devices && nativeOf(devices.getUserMedia);
  if (typeof modern === 'function') {
    return {
      dialect: dialectOf(scope, ''),
      open: function (constraints, onSuccess, onError) {
        modern.call(devices, constraints).then(onSuccess, onError);
      },
    };
  }
  const name = kLegacyNames.filter(function (each) {
    return typeof nativeOf(navigator[each]) === 'function';
  })[0];
  return (
    name && {
      dialect: dialectOf(scope, name),
      open: function (constraints, onSuccess, onError) {
        (nativeOf(navigator[name]) as LegacyGetUserMedia).call(
          navigator,
          constraints,
          onSuccess,
          onError,
        );
      },
    }
  );
}

function dialectOf(scope: Scope, name: string): Dialect {
  const navigator = scope.navigator as NavigatorLike;
  if (name === 'webkitGetUserMedia') return 'mandatory';
  if (name === 'getUserMedia') return 'plain';
  const firefox = versionOf(scope, 'Firefox');
  if (firefox) return firefox < 32 ? 'plain' : firefox < 38 ? 'require' : 'modern';
  // Chrome 45 to 52 have the new function (behind a flag) for the old constraints.
  return navigator.webkitGetUserMedia && !supportedConstraints(scope) ? 'mandatory' : 'modern';
}

// Undefined where the browser does not say: before Chrome 53 and Firefox 44.
export function supportedConstraints(scope: Scope): Record<string, boolean> | undefined {
  const devices = scope.navigator && scope.navigator.mediaDevices;
  const native = devices && nativeOf(devices.getSupportedConstraints);
  return native && native.call(devices);
}

// The number behind a product's name in the user agent, or 0. Asked about old browsers only, whose
// numbers will not change any more.
export function versionOf(scope: Scope, product: string): number {
  const agent = (scope.navigator && scope.navigator.userAgent) || '';
  const found = new RegExp('\\b' + product + '/(\\d+)').exec(agent);
  return found ? Number(found[1]) : 0;
}
