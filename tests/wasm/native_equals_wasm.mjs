// The same inputs through the native build of wasm/koeru_abi.h, through the module that has the call,
// and through the modules' stand-ins in JavaScript: every answer must be the same, byte for byte.
// Usage: node native_equals_wasm.mjs ABI_OUTPUTS KOERU_WASM, with the others beside the latter

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { makeInputs } from './inputs.mjs';

const [program, wasm] = process.argv.slice(2).map((name) => path.resolve(name));
const modules = ['koeru.sdp.wasm', 'koeru.inspect.wasm'].map((name) =>
  path.join(path.dirname(wasm), name),
);
modules.unshift(wasm);
for (const file of modules.flatMap((name) => [name, `${name}.js`])) {
  if (existsSync(file)) continue;
  const step = file.endsWith('.js') ? 'js' : 'wasm';
  console.log(`skipped: there is no ${file} (the step \`${step}\` builds it)`);
  process.exit(77);
}

function engineOf(exports) {
  exports._initialize?.();
  return ({ operation, bytes }) => {
    const at = exports.koeru_input(bytes.length);
    new Uint8Array(exports.memory.buffer, at, bytes.length).set(bytes);
    const length = exports[`koeru_${operation}`](bytes.length);
    const output = Buffer.from(exports.memory.buffer, exports.koeru_output(), Math.abs(length));
    return `${length < 0 ? 'error' : 'ok'} ${output.toString('hex')}`;
  };
}

// Each module has the functions that it exports.
function anyOf(instances) {
  const calls = instances.map(engineOf);
  return (input) => calls[instances.findIndex((one) => one[`koeru_${input.operation}`])](input);
}

async function wasmExports(file) {
  return (await WebAssembly.instantiate(readFileSync(file), {})).instance.exports;
}
const require = createRequire(wasm);
const callOf = {
  WebAssembly: anyOf(await Promise.all(modules.map(wasmExports))),
  JavaScript: anyOf(modules.map((name) => require(`${name}.js`)())),
};

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
inputs.forEach((input, i) => {
  for (const [name, call] of Object.entries(callOf)) {
    const answer = call(input);
    if (answer === answers[i]) continue;
    if (++different <= 5) {
      const shown = [lines[i], answers[i], answer].map((text) => text.trimEnd().slice(0, 2000));
      console.error(`${shown[0]}\n  native: ${shown[1]}\n  ${name}: ${shown[2]}`);
    }
  }
});
const good = answers.filter((answer) => answer.startsWith('ok')).length;
console.log(`seed ${seed}: ${inputs.length} inputs, ${good} of them good, ${different} differ`);
process.exit(different === 0 && good > 200 ? 0 : 1);
