// Makes the npm package `koeru` of build/dist: a folder, and its tarball beside it.
//
//   node pack.mjs [FOLDER]     default: ../build/npm; prints the path of the tarball
//
// js/package.json stays the private package of the build.

import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(here, '../build/dist');
const folder = path.resolve(process.argv[2] ?? path.join(here, '../build/npm'));
const { version, description, license, engines } = JSON.parse(
  readFileSync(path.join(here, 'package.json'), 'utf8'),
);
// The same in JavaScript, for where WebAssembly is forbidden; not every build makes it.
const kModules = ['koeru.wasm', 'koeru.sdp.wasm', 'koeru.inspect.wasm'];
// What koeru.js loads when it is asked for: each a script, a module and types.
const kCompanions = ['call', 'diagnose', 'inspect'];
const fallbacks = kModules
  .map((name) => `${name}.js`)
  .filter((name) => existsSync(path.join(dist, name)));

// The types of `import` are those of the ES module, the types of `require` those of the other.
function entry(name) {
  return {
    import: { types: `./${name}.d.mts`, default: `./${name}.mjs` },
    require: { types: `./${name}.d.ts`, default: `./${name}.js` },
  };
}

function companionEntries(name) {
  const file = `./koeru.${name}`;
  return [
    [`./${name}`, { types: `${file}.d.ts`, import: `${file}.mjs`, require: `${file}.js` }],
    [`${file}.js`, `${file}.js`],
  ];
}

function manifest(files) {
  return {
    name: 'koeru',
    version,
    description,
    keywords: ['webrtc', 'sdp', 'stun', 'turn', 'ice', 'getusermedia', 'sdp-transform'],
    license,
    engines,
    // koeru.js makes a global; everything else can be left out when nobody uses it.
    sideEffects: ['koeru.js', ...kCompanions.map((name) => `koeru.${name}.js`), ...fallbacks].map(
      (name) => `./${name}`,
    ),
    main: './koeru.js',
    module: './koeru.mjs',
    types: './koeru.d.ts',
    unpkg: './koeru.js',
    jsdelivr: './koeru.js',
    exports: {
      '.': entry('koeru'),
      ...Object.fromEntries(kCompanions.flatMap(companionEntries)),
      './sdp-transform': entry('sdp-transform'),
      './sdp': entry('sdp'),
      ...Object.fromEntries([...kModules, ...fallbacks].map((name) => [`./${name}`, `./${name}`])),
      './package.json': './package.json',
    },
    files,
  };
}

// Source maps stay at home, and so does the line that points to them.
function withoutMap(name) {
  return readFileSync(path.join(dist, name), 'utf8').replace(/\/\/# sourceMappingURL=.*\n?/, '');
}

// A drop-in's functions are exported by name and as one object. The types are written once: here
// they become a namespace, which is the object, and for ES modules its members' names once more.
function dropInTypes(name, object) {
  const types = readFileSync(path.join(here, `${name}.d.ts`), 'utf8');
  const namespace = `declare namespace ${object} {\n${types}}\n`;
  const names = [...types.matchAll(/^export (?:type|interface|function|const) (\w+)/gm)];
  const unique = [...new Set(names.map((match) => match[1]))];
  const aliases = unique.map((member) => `export import ${member} = ${object}.${member};\n`);
  return {
    [`${name}.d.ts`]: `${namespace}export = ${object};\n`,
    [`${name}.d.mts`]: `${namespace}export default ${object};\n${aliases.join('')}`,
  };
}

function contents() {
  const koeruTypes = readFileSync(path.join(here, 'koeru.d.ts'), 'utf8');
  const texts = {
    'koeru.js': withoutMap('koeru.js'),
    'koeru.mjs': withoutMap('koeru.mjs'),
    'koeru.d.ts': koeruTypes,
    'koeru.d.mts': koeruTypes,
    'koeru.sdp.d.ts': readFileSync(path.join(here, 'koeru.sdp.d.ts'), 'utf8'),
    'koeru.sdp.values.d.ts': readFileSync(path.join(here, 'koeru.sdp.values.d.ts'), 'utf8'),
    ...dropInTypes('sdp-transform', 'sdpTransform'),
    ...dropInTypes('sdp', 'SDPUtils'),
  };
  for (const name of kCompanions.map((companion) => `koeru.${companion}`)) {
    texts[`${name}.js`] = withoutMap(`${name}.js`);
    texts[`${name}.mjs`] = withoutMap(`${name}.mjs`);
    texts[`${name}.d.ts`] = readFileSync(path.join(here, `${name}.d.ts`), 'utf8');
  }
  for (const name of ['sdp-transform.js', 'sdp-transform.mjs', 'sdp.js', 'sdp.mjs']) {
    texts[name] = withoutMap(name);
  }
  for (const name of fallbacks) texts[name] = withoutMap(name);
  return texts;
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const texts = contents();
for (const [name, text] of Object.entries(texts)) writeFileSync(path.join(folder, name), text);
for (const name of kModules) {
  copyFileSync(path.join(dist, name), path.join(folder, name));
  chmodSync(path.join(folder, name), 0o644);
}
copyFileSync(path.join(here, 'npm/README.md'), path.join(folder, 'README.md'));
copyFileSync(path.join(here, '../LICENSE'), path.join(folder, 'LICENSE'));
const files = [...Object.keys(texts), ...kModules].sort();
writeFileSync(
  path.join(folder, 'package.json'),
  `${JSON.stringify(manifest(files), null, 2)}\n`,
);
execFileSync('npm', ['pack', '--offline', '--silent', '--pack-destination', '..'], { cwd: folder });
console.log(path.join(path.dirname(folder), `koeru-${version}.tgz`));
