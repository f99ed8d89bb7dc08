// koeru.diagnose.js: loaded by the first Koeru.diagnose, or by a script element of the page. It
// leaves what it exports where js/src/companion.ts looks for it.

import { diagnose, explainIceError } from './diagnose.js';

declare const module: { exports: unknown } | undefined;
const exported = { diagnose, explainIceError };

if (typeof module === 'object' && module && module.exports) {
  module.exports = exported;
} else {
  Object.defineProperty(globalThis, 'koeruDiagnoseJs', { value: exported, configurable: true });
}
