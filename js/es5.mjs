// Takes a script down to ES5, minified, and proves it: { code, map }.
//
//   swc      takes syntax down to ES5. esbuild cannot; TypeScript 7 no longer does; swc is kept,
//            one package, and needs no plug-ins or helpers for what we write
//   esbuild  makes it small
//   acorn    proves that the result parses as ES5

import { transformSync } from '@swc/core';
import { parse } from 'acorn';
import { transform } from 'esbuild';

export async function toEs5(source, filename, { banner, sourceMaps }) {
  const es5 = transformSync(source, {
    filename,
    isModule: false,
    inputSourceMap: sourceMaps,
    sourceMaps: sourceMaps && 'inline',
    // No helpers for symbols, which ES5 does not have: they would stand outside the function.
    env: {
      targets: { ie: '9' },
      loose: true,
      exclude: ['transform-typeof-symbol', 'transform-instanceof'],
    },
    jsc: { loose: true },
  });
  const small = await transform(es5.code, {
    sourcefile: filename,
    minify: true,
    target: 'es5',
    sourcemap: sourceMaps && 'external',
    banner,
  });
  parse(small.code, { ecmaVersion: 5, sourceType: 'script' });
  return small;
}
