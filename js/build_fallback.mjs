// Builds build/dist/koeru.wasm.js out of build/dist/koeru.wasm, and koeru.sdp.wasm.js likewise.
//
// Binaryen's wasm2js translates; what it writes is a module, whose text is mended here and bundled
// with src/entry_fallback.ts. Where the text is not what this expects, the build fails.

import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'acorn';
import { build } from 'esbuild';
import { toEs5 } from './es5.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));

// The wasm2js of Debian 12 answers "grown" where memory is at its end, and throws where the engine
// has none left. WebAssembly answers -1 both times, and so malloc() learns of it.
function growFunction(maxPages) {
  return `function __wasm_memory_grow(pagesToAdd) {
  var oldPages = __wasm_memory_size() | 0;
  pagesToAdd = pagesToAdd >>> 0;
  if (pagesToAdd === 0) return oldPages;
  if (pagesToAdd > ${maxPages} - oldPages) return -1;
  try {
    var newBuffer = new ArrayBuffer((oldPages + pagesToAdd) * 65536);
  } catch (error) {
    return -1;
  }
  var newBytes = new Uint8Array(newBuffer);
  newBytes.set(HEAPU8);
  HEAP8 = new Int8Array(newBuffer);
  HEAP16 = new Int16Array(newBuffer);
  HEAP32 = new Int32Array(newBuffer);
  HEAPU8 = newBytes;
  HEAPU16 = new Uint16Array(newBuffer);
  HEAPU32 = new Uint32Array(newBuffer);
  HEAPF32 = new Float32Array(newBuffer);
  HEAPF64 = new Float64Array(newBuffer);
  buffer = newBuffer;
  bufferView = HEAPU8;
  return oldPages;
 }`;
}

// The maximum of the memory section (WebAssembly core specification 5.5.8), in pages.
function maxPagesOf(wasm) {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < wasm.length) {
    const id = wasm[at++];
    const end = number() + at;
    if (id === 5) {
      const [count, hasMaximum] = [number(), number()];
      if (count !== 1 || hasMaximum !== 1) break;
      number();
      return number();
    }
    at = end;
  }
  throw new Error('the module has no memory with a maximum');
}

// wasm2js's module as a function: `math` in place of Math, no exports.
function asFunction(text, maxPages) {
  const program = parse(text, { ecmaVersion: 2020, sourceType: 'module' });
  const own = program.body.filter(({ type }) => !/^(Import|Export)/.test(type));
  const outer = own.find(({ id }) => id?.name === 'asmFunc');
  const grow = outer.body.body.find(({ id }) => id?.name === '__wasm_memory_grow');
  const mended =
    text.slice(outer.start, grow.start) + growFunction(maxPages) + text.slice(grow.end, outer.end);
  if (program.body.some(({ type }) => type.startsWith('Import'))) {
    throw new Error('the module imports something');
  }
  const parts = own.map((node) => (node === outer ? mended : text.slice(node.start, node.end)));
  return `export function instantiate(Math) {\n${parts.join('\n')}\nreturn retasmFunc;\n}\n`;
}

function wasm2js(file) {
  const text = execFileSync('wasm2js', ['-Oz', file], { encoding: 'utf8', maxBuffer: 1 << 26 });
  return asFunction(text, maxPagesOf(readFileSync(file)));
}

// `name`: of the module, "koeru.wasm"; `fallbackName`: as src/loader.ts has it.
export async function buildFallback(dist, name, fallbackName, banner) {
  const file = path.join(dist, name);
  // Somebody works on the scripts alone.
  if (!existsSync(file)) return;
  const bundled = await build({
    entryPoints: [path.join(here, 'src/entry_fallback.ts')],
    bundle: true,
    format: 'iife',
    target: 'es2020',
    write: false,
    define: { KOERU_FALLBACK_NAME: JSON.stringify(fallbackName) },
    plugins: [
      {
        name: 'wasm2js',
        setup({ onLoad }) {
          onLoad({ filter: /\/wasm2js\.ts$/ }, () => ({ contents: wasm2js(file), loader: 'js' }));
        },
      },
    ],
    logOverride: { 'commonjs-variable-in-esm': 'silent' },
  });
  const small = await toEs5(bundled.outputFiles[0].text, `${name}.js`, {
    banner,
    quickly: true,
  });
  writeFileSync(path.join(dist, `${name}.js`), small.code);
  copyFileSync(path.join(here, 'koeru.wasm.d.ts'), path.join(dist, `${name}.d.ts`));
}
