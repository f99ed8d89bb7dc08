// Promises that start to load a file when somebody waits for them, and not before. Pages that only want
// the camera never fetch any WebAssembly.

import type { Ready } from '../koeru.js';
import { codecs, loadModule, tools } from './loader.js';

function readyOf(load: () => Promise<unknown>): Ready {
  return {
    then: function (onReady, onFailed) {
      return load()
        .then(function () {})
        .then(onReady, onFailed);
    },
    catch: function (onFailed) {
      return load()
        .then(function () {})
        .then(undefined, onFailed);
    },
  };
}

// Koeru.ready: koeru.wasm.
export const ready = readyOf(function () {
  return loadModule(codecs);
});

// Koeru.sdp.ready: koeru.sdp.wasm, too.
export const sdpReady = readyOf(function () {
  return Promise.all([loadModule(codecs), loadModule(tools)]);
});
