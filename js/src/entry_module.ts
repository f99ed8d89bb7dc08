// koeru.mjs: for `import * as Koeru from './koeru.mjs'`, in browsers and in Node.

import { platform } from './platform.js';

platform.scriptUrl = import.meta.url;
// Bundlers leave it alone: whoever bundles hands in the file by Koeru.load().
platform.loadScript = function (url) {
  return import(/* webpackIgnore: true */ /* @vite-ignore */ url);
};
if (/^file:/.test(import.meta.url) && typeof process === 'object') {
  platform.readFile = function (url) {
    // A name that bundlers for the browser cannot follow.
    const fs = 'node:fs/promises';
    return import(fs).then(function (module) {
      return module.readFile(/^file:/.test(url) ? new URL(url) : url);
    });
  };
}
declare const process: unknown;

export * from './api.js';
