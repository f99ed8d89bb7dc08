// The lint of koeru.sdp.wasm, in Node.

import { readFileSync } from 'node:fs';

const kWasm = new URL('../../../build/dist/koeru.sdp.wasm', import.meta.url);

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

// (mode, type, text) => findings, as wasm/koeru_abi.h says.
export async function loadLint() {
  const { instance } = await WebAssembly.instantiate(readFileSync(kWasm), {});
  const { exports } = instance;
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
