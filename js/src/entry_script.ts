// koeru.js: for `<script src="koeru.js">`, where it is the global `Koeru`, and for require() in Node.

import * as Koeru from './api.js';
import { platform } from './platform.js';

interface NodeFs {
  promises: { readFile(path: string | URL): Promise<Uint8Array<ArrayBuffer>> };
}
declare const module:
  { exports: unknown; filename: string; require(name: 'fs'): NodeFs } | undefined;

function scriptUrl(): string {
  const current = document.currentScript as HTMLScriptElement | null | undefined;
  if (current && current.src) return current.src;
  // Before currentScript: while a script runs, it is the last one in the document.
  const scripts = document.getElementsByTagName('script');
  const last = scripts[scripts.length - 1];
  return last ? last.src : '';
}

if (typeof module === 'object' && module && module.exports) {
  const node = module;
  platform.scriptUrl = node.filename.replace(/\\/g, '/');
  platform.readFile = function (url) {
    return node.require('fs').promises.readFile(/^file:/.test(url) ? new URL(url) : url);
  };
  module.exports = Koeru;
} else {
  if (typeof document !== 'undefined') platform.scriptUrl = scriptUrl();
  else if (typeof location !== 'undefined') platform.scriptUrl = location.href; // a worker
  (typeof window !== 'undefined' ? window : (self as unknown as { Koeru?: unknown })).Koeru = Koeru;
}
declare global {
  interface Window {
    Koeru?: unknown;
  }
}
