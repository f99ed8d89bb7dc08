// The same inputs through the native build of wasm/koeru_abi.h and through koeru.wasm: every answer
// must be the same, byte for byte. Usage: node native_equals_wasm.mjs ABI_OUTPUTS KOERU_WASM

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { makeInputs } from './inputs.mjs';

const [program, wasm] = process.argv.slice(2);
if (!existsSync(wasm)) {
  console.log('skipped: there is no koeru.wasm (the step `wasm` builds it)');
  process.exit(77);
}

const { instance } = await WebAssembly.instantiate(readFileSync(wasm), {});
const { exports } = instance;
exports._initialize?.();

function callWasm({ operation, bytes }) {
  const at = exports.koeru_input(bytes.length);
  new Uint8Array(exports.memory.buffer, at, bytes.length).set(bytes);
  const length = exports[`koeru_${operation}`](bytes.length);
  const output = Buffer.from(exports.memory.buffer, exports.koeru_output(), Math.abs(length));
  return `${length < 0 ? 'error' : 'ok'} ${output.toString('hex')}`;
}

const seed = Number(process.env.KOERU_SEED ?? 1);
const inputs = makeInputs(seed);
const lines = inputs.map(({ operation, bytes }) => `${operation} ${bytes.toString('hex')}\n`);
const native = spawnSync(program, { input: lines.join(''), maxBuffer: 1 << 28, timeout: 120_000 });
const answers = native.stdout.toString().trimEnd().split('\n');
if (native.status !== 0 || answers.length !== inputs.length) {
  console.error(
    `${program} ended with ${native.status} after ${answers.length} of ${inputs.length}`,
  );
  console.error(native.stderr.toString());
  process.exit(1);
}

let different = 0;
let good = 0;
inputs.forEach((input, i) => {
  const answer = callWasm(input);
  if (answer.startsWith('ok')) ++good;
  if (answer === answers[i]) return;
  if (++different <= 5) console.error(`${lines[i]}  native: ${answers[i]}\n  wasm:   ${answer}`);
});
console.log(`seed ${seed}: ${inputs.length} inputs, ${good} of them good, ${different} differ`);
process.exit(different === 0 && good > 200 ? 0 : 1);
