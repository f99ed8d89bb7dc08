// koeru.js: for `<script src="koeru.js">`, where it is the global `Koeru`, and for require() in Node.

import './platform_of_script.js';
import * as Koeru from './api.js';

declare const module: { exports: unknown } | undefined;

if (typeof module === 'object' && module && module.exports) {
  module.exports = Koeru;
} else {
  (typeof window !== 'undefined' ? window : (self as unknown as { Koeru?: unknown })).Koeru = Koeru;
}
declare global {
  interface Window {
    Koeru?: unknown;
  }
}
