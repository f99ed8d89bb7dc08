// Builds build/dist/koeru.js, koeru.mjs, what they load (koeru.call.js, koeru.diagnose.js,
// koeru.inspect.js) and their types, puts the pages of demo/ beside them, and makes build/js/*.js for the tests.
//
//   tsc      checks the types and writes each source as a module of its own (build/js)
//   esbuild  bundles them, once for each way to load the script
//   swc      takes the classic script down to ES5, and makes it small (es5.mjs)
//   wasm2js  makes koeru.wasm.js out of koeru.wasm, and those of the other modules (build_fallback.mjs)

import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { buildFallback } from './build_fallback.mjs';
import { toEs5 } from './es5.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.join(here, '../build');
const dist = path.join(out, 'dist');
const { version } = JSON.parse(readFileSync(path.join(here, 'package.json'), 'utf8'));
const banner = `/*! Koeru ${version} | Apache-2.0 */`;
// Each module, and the name under which its stand-in leaves its maker (src/loader.ts).
const kModules = [
  ['koeru.wasm', 'koeruWasmJs'],
  ['koeru.sdp.wasm', 'koeruSdpWasmJs'],
  ['koeru.inspect.wasm', 'koeruInspectWasmJs'],
];
const define = { KOERU_VERSION: JSON.stringify(version) };

function typeCheck() {
  mkdirSync(path.join(out, 'js'), { recursive: true });
  writeFileSync(path.join(out, 'js/package.json'), '{"type": "module"}\n');
  const tsc = path.join(here, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '--project', here], { stdio: 'inherit' });
}

async function buildModule() {
  const outfile = path.join(dist, 'koeru.mjs');
  await build({
    entryPoints: [path.join(here, 'src/entry_module.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    target: 'es2020',
    minify: true,
    sourcemap: true,
    banner: { js: banner },
    define,
  });
  hideImport(outfile);
}

// esbuild minifies this comment away, without which webpack takes the one import() for its own.
function hideImport(file) {
  const code = readFileSync(file, 'utf8').split(/(?<=\bimport\()(?=\w+\))/);
  if (code.length !== 2) throw new Error(`${file} has not the one import() that is expected`);
  writeFileSync(file, code.join('/*webpackIgnore:true*//*@vite-ignore*/'));
}

async function buildScript() {
  const bundled = await build({
    entryPoints: [path.join(here, 'src/entry_script.ts')],
    outfile: path.join(dist, 'koeru.js'),
    bundle: true,
    format: 'iife',
    target: 'es2020',
    sourcemap: 'inline',
    write: false,
    define,
    // entry_script.ts looks at Node's `module`, knowingly.
    logOverride: { 'commonjs-variable-in-esm': 'silent' },
  });
  const small = await toEs5(bundled.outputFiles[0].text, 'koeru.js', { banner, sourceMaps: true });
  writeFileSync(path.join(dist, 'koeru.js'), `${small.code}//# sourceMappingURL=koeru.js.map\n`);
  writeFileSync(path.join(dist, 'koeru.js.map'), small.map);
}

// koeru.call.js, which Koeru.join loads, and koeru.call.mjs for whoever imports it; the same for
// Koeru.diagnose and Koeru.inspect. Browsers that have WebRTC as these need it have ES2019, too.
async function buildCompanion(name) {
  for (const [format, suffix, entry] of [
    ['iife', 'js', `src/${name}/entry_${name}_script.ts`],
    ['esm', 'mjs', `src/${name}/entry_${name}_module.ts`],
  ]) {
    await build({
      entryPoints: [path.join(here, entry)],
      outfile: path.join(dist, `koeru.${name}.${suffix}`),
      bundle: true,
      format,
      // As koeru.mjs: import.meta is of ES2020.
      target: format === 'esm' ? 'es2020' : 'es2019',
      minify: true,
      banner: { js: banner },
      logOverride: { 'commonjs-variable-in-esm': 'silent' },
    });
  }
}

// The modules that stand in for others: build/dist/sdp-transform.mjs, and .js for require().
async function buildDropIn(name, entry) {
  for (const [format, suffix] of [['esm', 'mjs'], ['cjs', 'js']]) {
    await build({
      entryPoints: [path.join(here, entry)],
      outfile: path.join(dist, `${name}.${suffix}`),
      bundle: true,
      format,
      target: 'es2020',
      minify: true,
      banner: { js: banner },
      // require() gives the default export, one plain object, as it does for the originals.
      footer: { js: format === 'cjs' ? 'module.exports = module.exports.default;' : '' },
    });
  }
  copyFileSync(path.join(here, `${name}.d.ts`), path.join(dist, `${name}.d.ts`));
}

// What a page loads is in build/dist, all of it: koeru-relay serves that one folder.
function copyPages() {
  const demo = path.join(here, '../demo');
  for (const name of readdirSync(demo)) {
    if (/\.(html|css|js|svg)$/.test(name)) {
      copyFileSync(path.join(demo, name), path.join(dist, name));
    }
  }
}

function printSizes() {
  const wasm = kModules.flatMap(([name]) => [name, `${name}.js`]);
  const companions = ['koeru.call.js', 'koeru.diagnose.js', 'koeru.inspect.js'];
  const scripts = ['koeru.js', 'koeru.mjs', ...companions, 'sdp-transform.mjs', 'sdp.mjs'];
  for (const name of [...scripts, ...wasm]) {
    const file = path.join(dist, name);
    if (!statSync(file, { throwIfNoEntry: false })) continue;
    const bytes = readFileSync(file);
    console.log(`${name}: ${bytes.length} bytes, ${brotliCompressSync(bytes).length} as Brotli`);
  }
}

typeCheck();
mkdirSync(dist, { recursive: true });
await Promise.all([
  buildModule(),
  buildScript(),
  buildCompanion('call'),
  buildCompanion('diagnose'),
  buildCompanion('inspect').then(() => hideImport(path.join(dist, 'koeru.inspect.mjs'))),
  ...kModules.map(([name, maker]) => buildFallback(dist, name, maker, banner)),
  buildDropIn('sdp-transform', 'src/sdp_transform/entry_sdp_transform.ts'),
  buildDropIn('sdp', 'src/sdp_utils/entry_sdp.ts'),
]);
const kTypes = ['', '.call', '.diagnose', '.inspect', '.sdp', '.sdp.values'];
for (const name of kTypes.map((part) => `koeru${part}`)) {
  copyFileSync(path.join(here, `${name}.d.ts`), path.join(dist, `${name}.d.ts`));
}
copyPages();
printSizes();
