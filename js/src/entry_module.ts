// koeru.mjs: for `import * as Koeru from './koeru.mjs'`, in browsers and in Node.

import { platform } from './platform.js';

platform.scriptUrl = import.meta.url;
if (/^file:/.test(import.meta.url) && typeof process === 'object') {
  platform.readFile = function (url) {
    // A name that bundlers for the browser cannot follow, and that ours does not put together.
    const fs = ['node:fs', 'promises'].join('/');
    return import(fs).then(function (module) {
      return module.readFile(/^file:/.test(url) ? new URL(url) : url);
    });
  };
}
declare const process: unknown;

export * from './api.js';
