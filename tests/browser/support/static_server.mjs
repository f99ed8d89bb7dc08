// A small web server for what must not depend on koeru-relay: pages over plain http (the relay
// redirects those), and the harness of the JavaScript suite.

import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const kTypes = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
};

async function firstFile(folders, name) {
  for (const folder of folders) {
    const file = path.join(root, folder, name);
    const found = await stat(file).catch(() => null);
    if (found?.isFile()) return file;
  }
  return null;
}

async function namesIn(folder) {
  return readdir(path.join(root, path.normalize(folder))).catch(() => null);
}

// Serves the files of `folders` (from the top of the tree; the first that has it wins) on a port of
// the system's choice. `headers` go with every answer; `missing` are names that are not there. With
// `lists`, a folder is answered with the names in it, as JSON.
export async function serve(
  folders,
  { host = '127.0.0.1', headers = {}, missing = [], lists = false } = {},
) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const name = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    const file = missing.includes(name) ? null : await firstFile(folders, path.normalize(name));
    const names = lists && !file && pathname.endsWith('/') ? await namesIn(pathname) : null;
    if (names) return response.writeHead(200, headers).end(JSON.stringify(names));
    if (!file) return response.writeHead(404).end();
    const type = kTypes[path.extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'Content-Type': type, ...headers });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, host, resolve));
  return {
    port: server.address().port,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  };
}

// The header with which koeru-relay sends the pages.
export const kPagePolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; " +
  "media-src 'self' blob:; connect-src 'self' wss:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

// The same without the word that admits WebAssembly.
export const kNoWasmPolicy = kPagePolicy.replace(" 'wasm-unsafe-eval'", '');
