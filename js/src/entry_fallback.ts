// koeru.wasm.js and koeru.sdp.wasm.js: the .wasm files as JavaScript, for engines that have no WebAssembly or may not use it.
// It needs typed arrays and nothing else that is newer than ES5.
//
// One file for every way to load it, because each engine that needs it has another: a script
// element, importScripts(), import(), require(). It runs nothing; it hands over the maker of
// instances, as module.exports or, where there is none, at a name of its own in the global scope.

import { globalScope } from './scope.js';
import { instantiate } from './wasm2js.js';

// Set by build_fallback.mjs: the fallbackName of loader.ts.
declare const KOERU_FALLBACK_NAME: string;
declare const module: { exports: unknown } | undefined;

// What Internet Explorer's Math lacks, exact for the 32-bit integers that come.
function clz32(x: number): number {
  let count = 32;
  for (x = x >>> 0; x; x >>>= 1) --count;
  return count;
}

// The lower 22 bits times 32 fit into the 53 of a number, and then the upper ones.
function imul(x: number, y: number): number {
  y |= 0;
  return ((x & 0x3fffff) * y + (((x & 0xffc00000) * y) | 0)) | 0;
}

function fround(x: number): number {
  return new Float32Array([x])[0] as number;
}

function trunc(x: number): number {
  return x < 0 ? Math.ceil(x) : Math.floor(x);
}

function make(): unknown {
  return instantiate({
    abs: Math.abs,
    ceil: Math.ceil,
    floor: Math.floor,
    max: Math.max,
    min: Math.min,
    sqrt: Math.sqrt,
    clz32: Math.clz32 || clz32,
    fround: Math.fround || fround,
    imul: Math.imul || imul,
    trunc: Math.trunc || trunc,
  });
}

if (typeof module === 'object' && module && module.exports) {
  module.exports = make;
} else {
  // It stays there: a module is run once, however many copies of koeru.mjs import it.
  Object.defineProperty(globalScope(), KOERU_FALLBACK_NAME, { value: make, configurable: true });
}
