// Koeru.join, as far as it is in koeru.js: it loads koeru.call.js from beside the script, once, the
// way koeru.wasm.js is loaded, and calls what is there.

import type { JoinOptions, Room } from '../koeru.call.js';
import { makeError } from './errors.js';
import { platform, wasmUrl } from './platform.js';
import { globalScope } from './scope.js';

interface CallModule {
  join(url: string, room: string, options: JoinOptions): Promise<Room>;
}

// Where koeru.call.js leaves what it exports when it runs as a script.
const kGlobalName = 'koeruCallJs';

export function joinBy(
  getUserMedia: (constraints: MediaStreamConstraints) => Promise<MediaStream>,
  url: string,
  room: string,
  options: JoinOptions,
): Promise<Room> {
  const complete: JoinOptions = { getUserMedia: getUserMedia };
  for (const key in options) (complete as any)[key] = (options as any)[key];
  return loadCall().then(function (call) {
    return call.join(url, room, complete);
  });
}

function loadCall(): Promise<CallModule> {
  // A page may have loaded the file itself.
  const there = callAmong(globalScope());
  if (there) return Promise.resolve(there);
  const address = wasmUrl('koeru.call.js');
  if (!platform.loadScript) {
    return Promise.reject(makeError('NotSupportedError', 'nothing here can load scripts'));
  }
  return platform.loadScript(address).then(function (module) {
    const call = callAmong(module) || callAmong(globalScope());
    if (!call) throw makeError('LoadError', address + ' is something else');
    return call;
  });
}

// The exports of require(), the default of import(), or a property of the global scope.
function callAmong(place: unknown): CallModule | undefined {
  const names = Object(place) as Record<string, any>;
  const found = [names[kGlobalName], names, names['default']];
  for (let i = 0; i < found.length; ++i) {
    // koeru.js itself has a `join`, too; this one has more.
    if (found[i] && found[i].webSocketTransport) return found[i] as CallModule;
  }
  return undefined;
}
