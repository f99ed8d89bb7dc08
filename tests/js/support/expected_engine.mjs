// koeru.wasm, or 'js' for koeru.wasm.js where somebody took WebAssembly away and said so: the page of
// tests/browser/harness, or .ci/test.sh.

export const expectedEngine =
  globalThis.expectedEngine ?? globalThis.process?.env.KOERU_ENGINE ?? 'wasm';
