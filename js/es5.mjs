// Takes a script down to ES5, minified, and proves it: { code, map }.
//
//   swc      takes syntax down to ES5. esbuild cannot; TypeScript 7 no longer does; swc is kept,
//            one package, and needs no plug-ins or helpers for what we write
//   swc      makes it small, too, 4 % smaller than esbuild does; `quickly` leaves that to esbuild,
//            for what has 300 KB
//   acorn    proves that the result parses as ES5

import { transformSync } from '@swc/core';
import { parse } from 'acorn';
import { transform } from 'esbuild';

export async function toEs5(source, filename, { banner, sourceMaps, quickly }) {
  const es5 = transformSync(source, {
    filename,
    isModule: false,
    inputSourceMap: sourceMaps,
    sourceMaps,
    // No helpers for symbols, which ES5 does not have: they would stand outside the function.
    env: {
      targets: { ie: '9' },
      loose: true,
      exclude: ['transform-typeof-symbol', 'transform-instanceof'],
    },
    minify: !quickly,
    jsc: { loose: true, minify: quickly ? {} : kSmall },
  });
  const result = quickly
    ? await transform(es5.code, { sourcefile: filename, minify: true, target: 'es5', banner })
    : below(banner, es5);
  parse(result.code, { ecmaVersion: 5, sourceType: 'script' });
  return result;
}

const kSmall = { compress: { passes: 3 }, mangle: true, format: { asciiOnly: true } };

function below(banner, { code, map }) {
  const shifted = map && JSON.parse(map);
  if (shifted) shifted.mappings = `;${shifted.mappings}`;
  return { code: `${banner}\n${code}\n`, map: shifted && JSON.stringify(shifted) };
}
