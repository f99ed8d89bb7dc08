// Where koeru.wasm as JavaScript goes: build_fallback.mjs puts wasm2js's output in place of this
// file when it bundles entry_fallback.ts. Each call makes an instance with a memory of its own.

export function instantiate(_math: object): unknown {
  throw new Error('build_fallback.mjs puts koeru.wasm here');
}
