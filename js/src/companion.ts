// Files beside koeru.js that only some pages need: loaded once, by the first call that needs one, the
// way koeru.wasm.js is loaded.

import { makeError } from './errors.js';
import { platform, wasmUrl } from './platform.js';
import { globalScope } from './scope.js';

// `globalName`: where the file leaves what it exports when it runs as a script; a page may have loaded
// it so itself. `mark`: a name that it exports and koeru.js does not.
export function loadCompanion<Module>(
  file: string,
  globalName: string,
  mark: keyof Module,
): Promise<Module> {
  // The exports of require(), the default of import(), or a property of the global scope.
  function among(place: unknown): Module | undefined {
    const names = Object(place) as Record<string, any>;
    const found = [names[globalName], names, names['default']];
    for (let i = 0; i < found.length; ++i) {
      if (found[i] && found[i][mark]) return found[i] as Module;
    }
    return undefined;
  }

  const there = among(globalScope());
  if (there) return Promise.resolve(there);
  const address = wasmUrl(file);
  if (!platform.loadScript) {
    return Promise.reject(makeError('NotSupportedError', 'nothing here can load scripts'));
  }
  return platform.loadScript(address).then(function (module) {
    const loaded = among(module) || among(globalScope());
    if (!loaded) throw makeError('LoadError', address + ' is something else');
    return loaded;
  });
}
