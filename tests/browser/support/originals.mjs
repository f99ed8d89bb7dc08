// The packages that koeru/sdp-transform and koeru/sdp stand in for, as modules that a page can load:
// build/originals/sdp-transform.mjs and sdp.mjs, each with its CommonJS exports as the default.

import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const require = createRequire(path.join(root, 'js/package.json'));
const esbuild = require('esbuild');

export const kOriginals = ['sdp-transform', 'sdp'];

export async function bundleOriginals() {
  await esbuild.build({
    entryPoints: Object.fromEntries(kOriginals.map((name) => [name, require.resolve(name)])),
    outdir: path.join(root, 'build/originals'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
  });
}
