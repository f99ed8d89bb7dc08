// koeru.wasm.js: koeru.wasm as JavaScript, for Koeru.load() where a bundler puts files elsewhere.
//
//   import fallback from './koeru.wasm.js';
//   await Koeru.load(fallback);

import type { KoeruFallback } from './koeru.js';

declare const fallback: KoeruFallback;
export = fallback;
