// koeru.inspect.js: loaded by the first Koeru.inspect, or by a script element of the page. It
// leaves what it exports where js/src/companion.ts looks for it.

import '../platform_of_script.js';
import { inspect } from './inspect.js';
import { rfcUrl } from './rfc_url.js';

declare const module: { exports: unknown } | undefined;
const exported = { inspect, rfcUrl };

if (typeof module === 'object' && module && module.exports) {
  module.exports = exported;
} else {
  Object.defineProperty(globalThis, 'koeruInspectJs', { value: exported, configurable: true });
}
