// Where a classic script came from, and how it loads others: for koeru.js and koeru.inspect.js, which
// import this for what it does. It must run while the script runs.

import { platform } from './platform.js';
import { loadByElement, loadByWorker, nonceOf } from './script_element.js';

interface NodeFs {
  promises: { readFile(path: string | URL): Promise<Uint8Array<ArrayBuffer>> };
}
interface NodeRequire {
  (name: 'fs'): NodeFs;
  (name: 'url'): { fileURLToPath(url: string): string };
  (name: 'crypto'): { webcrypto: Crypto };
  (name: 'path'): { resolve(path: string): string };
  (path: string): unknown;
}
declare const module: { exports: unknown; filename: string; require: NodeRequire } | undefined;

function thisScript(): HTMLScriptElement | undefined {
  const current = document.currentScript as HTMLScriptElement | null | undefined;
  if (current && current.src) return current;
  // Before currentScript: while a script runs, it is the last one in the document.
  const scripts = document.getElementsByTagName('script');
  return scripts[scripts.length - 1];
}

if (typeof module === 'object' && module && module.exports) {
  const node = module;
  platform.scriptUrl = node.filename.replace(/\\/g, '/');
  platform.crypto = node.require('crypto').webcrypto;
  platform.readFile = function (url) {
    return node.require('fs').promises.readFile(/^file:/.test(url) ? new URL(url) : url);
  };
  platform.loadScript = function (url) {
    return new Promise(function (resolve) {
      const isUrl = /^file:/.test(url);
      resolve(
        node.require(
          isUrl ? node.require('url').fileURLToPath(url) : node.require('path').resolve(url),
        ),
      );
    });
  };
} else if (typeof document !== 'undefined') {
  const script = thisScript();
  const nonce = nonceOf(script);
  platform.scriptUrl = script ? script.src : '';
  platform.loadScript = function (url) {
    return loadByElement(url, nonce);
  };
} else if (typeof location !== 'undefined') {
  platform.scriptUrl = location.href; // a worker
  platform.loadScript = loadByWorker;
}
