// koeru.call.js: loaded by the first Koeru.join, or by a script element of the page. It leaves what
// it exports where js/src/call.ts looks for it.

import * as call from './join.js';

declare const module: { exports: unknown } | undefined;

if (typeof module === 'object' && module && module.exports) {
  module.exports = call;
} else {
  Object.defineProperty(globalThis, 'koeruCallJs', { value: call, configurable: true });
}
