// koeru.wasm.js and koeru.sdp.wasm.js, the stand-ins for the .wasm files: how their makers of
// instances get here.

import type { KoeruFallback } from '../koeru.js';
import { makeError } from './errors.js';
import { platform } from './platform.js';
import { globalScope } from './scope.js';

// `name`: where the file leaves the maker when it runs as a script, not enumerable. A page may have
// loaded the file itself, by a script element of its own.
export function loadFallback(url: string, name: string): Promise<KoeruFallback> {
  const there = makerAmong(globalScope(), name);
  if (there) return Promise.resolve(there);
  if (!platform.loadScript) {
    return Promise.reject(makeError('NotSupportedError', 'nothing here can load scripts'));
  }
  return platform.loadScript(url).then(function (module) {
    const maker = makerAmong(module, name) || makerAmong(globalScope(), name);
    if (!maker) throw makeError('LoadError', url + ' is something else');
    return maker;
  });
}

// The exports of require(), the default of import(), or a property of the global scope.
function makerAmong(place: unknown, name: string): KoeruFallback | undefined {
  const names = Object(place) as Record<string, unknown>;
  const found = [place, names['default'], names[name]];
  for (let i = 0; i < found.length; ++i) {
    if (typeof found[i] === 'function') return found[i] as KoeruFallback;
  }
  return undefined;
}
