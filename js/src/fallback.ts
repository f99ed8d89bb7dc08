// koeru.wasm.js, the stand-in for koeru.wasm: how its maker of instances gets here.

import type { KoeruFallback } from '../koeru.js';
import { makeError } from './errors.js';
import { platform } from './platform.js';
import { globalScope } from './scope.js';

// Where the file leaves the maker when it runs as a script. Not enumerable there.
export const kFallbackName = 'koeruWasmJs';

// A page may have loaded the file itself, by a script element of its own.
export function loadFallback(url: string): Promise<KoeruFallback> {
  const there = makerAmong(globalScope());
  if (there) return Promise.resolve(there);
  if (!platform.loadScript) {
    return Promise.reject(makeError('NotSupportedError', 'nothing here can load scripts'));
  }
  return platform.loadScript(url).then(function (module) {
    const maker = makerAmong(module) || makerAmong(globalScope());
    if (!maker) throw makeError('LoadError', url + ' is something else');
    return maker;
  });
}

// The exports of require(), the default of import(), or a property of the global scope.
function makerAmong(place: unknown): KoeruFallback | undefined {
  const names = Object(place) as { default?: unknown; [kFallbackName]?: unknown };
  const found = [place, names.default, names[kFallbackName]];
  for (let i = 0; i < found.length; ++i) {
    if (typeof found[i] === 'function') return found[i] as KoeruFallback;
  }
  return undefined;
}
