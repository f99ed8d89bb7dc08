// The npm package as it is packed: its files, and what a project makes of it that installs the
// tarball without a network.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'koeru-npm-'));
const project = path.join(folder, 'a project');
const installed = path.join(project, 'node_modules/koeru');
after(() => rmSync(folder, { recursive: true, force: true }));

function run(program, ...args) {
  try {
    return execFileSync(program, args, { cwd: project, encoding: 'utf8', timeout: 120_000 }).trim();
  } catch (error) {
    throw new Error(`${program} ${args.join(' ')}: ${error.message}\n${error.stdout}`);
  }
}

function runText(name, text) {
  writeFileSync(path.join(project, name), text);
  return run(process.execPath, name);
}

function pack() {
  const script = path.join(root, 'js/pack.mjs');
  return run(process.execPath, script, path.join(folder, 'package'));
}

mkdirSync(project);
const tarball = pack();
writeFileSync(path.join(project, 'package.json'), '{"name": "project", "private": true}\n');
run('npm', 'install', '--offline', '--no-audit', '--no-fund', `../${path.basename(tarball)}`);
const manifest = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8'));

test('the tarball holds exactly what belongs into the package', () => {
  const expected = ['LICENSE', 'README.md', 'package.json'];
  for (const name of ['koeru.call', 'koeru.diagnose', 'koeru.inspect']) {
    expected.push(...['.js', '.mjs', '.d.ts'].map((suffix) => name + suffix));
  }
  expected.push('koeru.sdp.d.ts', 'koeru.sdp.values.d.ts');
  for (const name of ['koeru', 'sdp', 'sdp-transform']) {
    expected.push(...['.js', '.mjs', '.d.ts', '.d.mts'].map((suffix) => name + suffix));
  }
  for (const name of ['koeru.wasm', 'koeru.sdp.wasm', 'koeru.inspect.wasm']) {
    expected.push(name);
    if (existsSync(path.join(root, `build/dist/${name}.js`))) expected.push(`${name}.js`);
  }
  const listed = run('tar', 'tf', tarball).split('\n');
  assert.deepEqual(listed.sort(), expected.map((name) => `package/${name}`).sort());
});

test('installing it runs nothing and brings nothing else', () => {
  for (const field of [
    'scripts',
    'dependencies',
    'optionalDependencies',
    'peerDependencies',
    'bundleDependencies',
    'bin',
    'gypfile',
  ]) {
    assert.equal(manifest[field], undefined, field);
  }
  assert.equal(manifest.private, undefined);
  const lock = JSON.parse(readFileSync(path.join(project, 'package-lock.json'), 'utf8'));
  assert.deepEqual(Object.keys(lock.packages), ['', 'node_modules/koeru']);
  assert.equal(lock.packages['node_modules/koeru'].hasInstallScript, undefined);
});

test('says what it is: engine, licence, scripts for pages, side effects', () => {
  assert.equal(manifest.engines.node, '>=18');
  assert.equal(manifest.license, 'Apache-2.0');
  assert.equal(manifest.unpkg, './koeru.js');
  assert.equal(manifest.jsdelivr, './koeru.js');
  assert.deepEqual(
    manifest.sideEffects.filter((name) => !/^\.\/koeru(?:\.call|\.diagnose|\.inspect|(?:\.sdp|\.inspect)?\.wasm)?\.js$/.test(name)),
    [],
  );
  assert.match(readFileSync(path.join(installed, 'LICENSE'), 'utf8'), /Apache License/);
});

test('each path that it names is there', () => {
  const paths = (value) =>
    typeof value === 'string' ? [value] : Object.values(value).flatMap(paths);
  const named = [...paths(manifest.exports), manifest.main, manifest.module, manifest.types];
  assert.ok(named.length >= 15);
  for (const name of named) assert.ok(existsSync(path.join(installed, name)), name);
});

test('no script points to a source map, which is not in it', () => {
  for (const name of manifest.files) {
    if (!/\.m?js$/.test(name)) continue;
    assert.doesNotMatch(readFileSync(path.join(installed, name), 'utf8'), /sourceMappingURL/);
  }
});

const useAll = `
  const types = [Koeru.getUserMedia, sdpTransform.write, SDPUtils.parseRtpParameters];
  const hex = '000100002112a442000000000000000000000000';
  const answers = [types.every((type) => typeof type === 'function')];
  Koeru.ready
    .then(() => Koeru.load())
    .then(() => answers.push(Koeru.stun.decode(hex).method, Koeru.uri.parse('turn:a').port))
    .then(() => console.log(JSON.stringify(answers)));
`;
const allUsed = JSON.stringify([true, 'Binding', 3478]);

test('require() gives all three, and koeru.wasm is found', () => {
  const text = `
    const Koeru = require('koeru');
    const sdpTransform = require('koeru/sdp-transform');
    const SDPUtils = require('koeru/sdp');
    ${useAll}`;
  assert.equal(runText('required.cjs', text), allUsed);
});

test('import gives all three, and koeru.wasm is found', () => {
  const text = `
    import * as Koeru from 'koeru';
    import sdpTransform, { write } from 'koeru/sdp-transform';
    import SDPUtils, { parseRtpParameters } from 'koeru/sdp';
    if (write !== sdpTransform.write) throw new Error('write');
    if (parseRtpParameters !== SDPUtils.parseRtpParameters) throw new Error('parseRtpParameters');
    ${useAll}`;
  assert.equal(runText('imported.mjs', text), allUsed);
});

test('koeru.wasm can be found by name, and loaded from its bytes and from its address', () => {
  const text = `
    import { readFileSync } from 'node:fs';
    import { createRequire } from 'node:module';
    import { pathToFileURL } from 'node:url';
    import * as Koeru from 'koeru';
    const require = createRequire(import.meta.url);
    const file = require.resolve('koeru/koeru.wasm');
    await Koeru.load(process.argv[2] ? pathToFileURL(file) : readFileSync(file));
    const isSame = Koeru.version === require('koeru/package.json').version;
    console.log(isSame && Koeru.uri.parse('stun:a').port);`;
  assert.equal(runText('wasm.mjs', text), '3478');
  assert.equal(run(process.execPath, 'wasm.mjs', 'by address'), '3478');
});

test('nothing else of it can be reached', () => {
  const text = `
    const reached = ['koeru/koeru.js', 'koeru/README.md', 'koeru/sdp.mjs'].filter((name) => {
      try { return require.resolve(name); } catch { return false; }
    });
    console.log(JSON.stringify(reached));`;
  assert.equal(runText('reached.cjs', text), '[]');
});

function compile(files, config) {
  for (const name of files) {
    copyFileSync(path.join(root, 'tests/js/support/npm_project', name), path.join(project, name));
  }
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2022', 'dom'],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    rootDir: '.',
    outDir: 'compiled',
    ...config,
  };
  const tsconfig = JSON.stringify({ compilerOptions, files });
  writeFileSync(path.join(project, 'tsconfig.json'), tsconfig);
  run(process.execPath, path.join(root, 'js/node_modules/typescript/bin/tsc'));
}

for (const resolution of ['node16', 'nodenext']) {
  test(`TypeScript with ${resolution}: import and require do what their types say`, () => {
    compile(['module.mts', 'required.cts'], { module: resolution, moduleResolution: resolution });
    const expected = JSON.stringify(['Binding', 'audio', 9, true]);
    assert.equal(run(process.execPath, 'compiled/module.mjs'), expected);
    assert.equal(run(process.execPath, 'compiled/required.cjs'), expected);
  });
}

test('TypeScript with a bundler: import and require are typed', () => {
  compile(['bundled.ts', 'module.mts'], { module: 'preserve', moduleResolution: 'bundler' });
  compile(['module.mts'], { module: 'esnext', moduleResolution: 'bundler' });
});

test('TypeScript: code for sdp compiles with koeru/sdp, but for what is listed', () => {
  const original = path.join(root, 'js/node_modules/sdp/sdp.d.ts');
  compile(['in_the_place_of_sdp.ts'], {
    module: 'preserve',
    moduleResolution: 'bundler',
    exactOptionalPropertyTypes: false,
    paths: { sdp: [original] },
    rootDir: '/',
    noEmit: true,
  });
});

// webpack 5 and Vite 8 were tried by hand with the examples of npm/README.md.
test('webpack and Vite are told to leave the one import() of koeru.mjs alone', () => {
  const imports = readFileSync(path.join(installed, 'koeru.mjs'), 'utf8').match(/\bimport\([^)]*\)/g);
  assert.equal(imports.length, 1);
  assert.match(imports[0], /^import\(\/\*webpackIgnore:true\*\/\/\*@vite-ignore\*\/\w+\)$/);
});

test('esbuild leaves out what is not used', () => {
  writeFileSync(path.join(project, 'one.mjs'), "import { getMid } from 'koeru/sdp'; getMid('m=');");
  const esbuild = path.join(root, 'js/node_modules/.bin/esbuild');
  const bundle = (name) => run(esbuild, name, '--bundle', '--minify', '--format=esm');
  assert.ok(bundle('one.mjs').length < 2000);
  writeFileSync(path.join(project, 'none.mjs'), "import * as Koeru from 'koeru';");
  assert.equal(bundle('none.mjs'), '');
});
