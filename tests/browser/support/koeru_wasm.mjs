// koeru.sdp.wasm in Node, for tests that edit what browsers made: one call, fields in, text out.

import { readFileSync } from 'node:fs';

const kWasm = new URL('../../../build/dist/koeru.sdp.wasm', import.meta.url);

export async function loadKoeruWasm() {
  const { instance } = await WebAssembly.instantiate(readFileSync(kWasm), {});
  const { exports } = instance;
  exports._initialize?.();

  // call('sdp_edit', 'set-direction', '0', 'inactive', text)
  return function call(name, ...fields) {
    const parts = fields.flatMap((field) => {
      const bytes = Buffer.from(field);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    });
    const input = Buffer.concat(parts);
    const at = exports.koeru_input(input.length);
    new Uint8Array(exports.memory.buffer, at, input.length).set(input);
    const size = exports[`koeru_${name}`](input.length);
    const output = Buffer.from(exports.memory.buffer, exports.koeru_output(), Math.abs(size));
    if (size < 0) throw new Error(output.toString());
    return output.toString();
  };
}
