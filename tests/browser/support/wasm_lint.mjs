// The lint of the WebAssembly module in build/dist that has it, in Node.

import { existsSync, readFileSync } from 'node:fs';

const kModules = ['koeru.sdp.wasm', 'koeru.wasm'].map(
  (name) => new URL(`../../../build/dist/${name}`, import.meta.url),
);

function fields(values) {
  return Buffer.concat(
    values.flatMap((value) => {
      const bytes = Buffer.from(value);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}

async function exportsWithLint() {
  for (const file of kModules.filter((module) => existsSync(module))) {
    const { instance } = await WebAssembly.instantiate(readFileSync(file), {});
    if (instance.exports.koeru_sdp_lint) return instance.exports;
  }
  throw new Error('no module in build/dist has the lint: .ci/steps.sh wasm builds it');
}

// (mode, type, text) => findings, as wasm/koeru_abi.h says.
export async function loadLint() {
  const exports = await exportsWithLint();
  exports._initialize?.();
  return (mode, type, text) => {
    const input = fields([mode, type, text]);
    const at = exports.koeru_input(input.length);
    new Uint8Array(exports.memory.buffer, at, input.length).set(input);
    const length = exports.koeru_sdp_lint(input.length);
    const output = Buffer.from(exports.memory.buffer, exports.koeru_output(), Math.abs(length));
    if (length < 0) throw new Error(output.toString());
    return JSON.parse(output.toString());
  };
}
