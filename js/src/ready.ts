// Koeru.ready: a promise that starts to load koeru.wasm when somebody waits for it, and not before.
// Pages that only want the camera never fetch the WebAssembly.

import type { Ready } from '../koeru.js';
import { load } from './loader.js';

export const ready: Ready = {
  then: function (onReady, onFailed) {
    return load().then(onReady, onFailed);
  },
  catch: function (onFailed) {
    return load().then(undefined, onFailed);
  },
};
