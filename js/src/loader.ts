// Loads koeru.wasm: lazily, once, with the browser's own WebAssembly functions and nothing else.
//
// It needs no eval and runs under `script-src 'self' 'wasm-unsafe-eval'`. The module imports
// nothing: it sees only the bytes that abi.ts writes into its memory.

import type { WasmSource } from '../koeru.js';
import { makeError } from './errors.js';
import { platform, wasmUrl } from './platform.js';

// The C functions of wasm/koeru_abi.h.
export interface Exports {
  memory: WebAssembly.Memory;
  _initialize?: () => void;
  koeru_abi_version(): number;
  koeru_input(size: number): number;
  koeru_output(): number;
  koeru_version(): number;
  koeru_stun_decode(size: number): number;
  koeru_stun_encode(size: number): number;
  koeru_candidate_parse(size: number): number;
  koeru_candidate_format(size: number): number;
  koeru_uri_parse(size: number): number;
  koeru_sdp_decode(size: number): number;
  koeru_sdp_encode(size: number): number;
  koeru_sdp_edit(size: number): number;
  koeru_sdp_diff(size: number): number;
}

// Bumped together with KOERU_ABI_VERSION in wasm/koeru_abi.h.
const kAbiVersion = 1;

let loaded: Exports | undefined;
let loading: Promise<void> | undefined;

export function loadedExports(): Exports | undefined {
  return loaded;
}

// A second call while loading, or after it, gives the same promise; after a failure it tries again.
export function load(source?: WasmSource): Promise<void> {
  if (loading) return loading;
  const attempt = instantiate(source).then(start, explain);
  loading = attempt;
  attempt.then(undefined, function () {
    loading = undefined;
  });
  return attempt;
}

function instantiate(source: WasmSource | undefined): Promise<WebAssembly.Instance> {
  if (typeof WebAssembly === 'undefined') {
    return Promise.reject(
      makeError(
        'NotSupportedError',
        'this browser has no WebAssembly (or the page switched it off)',
      ),
    );
  }
  if (source instanceof WebAssembly.Module) return WebAssembly.instantiate(source, {});
  if (source !== undefined && typeof source !== 'string' && !isUrl(source)) {
    return fromBytes(source as BufferSource);
  }
  const url = source === undefined ? wasmUrl() : String(source);
  if (platform.readFile && !/^https?:/i.test(url)) return platform.readFile(url).then(fromBytes);
  return fetch(url, { credentials: 'same-origin' }).then(fromResponse);
}

function isUrl(source: unknown): boolean {
  return typeof URL !== 'undefined' && source instanceof URL;
}

function fromResponse(response: Response): Promise<WebAssembly.Instance> {
  if (!response.ok) {
    throw makeError('LoadError', response.url + ' answered HTTP ' + response.status);
  }
  // instantiateStreaming refuses any other media type.
  const type = response.headers.get('Content-Type') || '';
  if (WebAssembly.instantiateStreaming && /^application\/wasm\s*(;|$)/i.test(type)) {
    return WebAssembly.instantiateStreaming(response, {}).then(instanceOf);
  }
  return response.arrayBuffer().then(fromBytes);
}

function fromBytes(bytes: BufferSource): Promise<WebAssembly.Instance> {
  return WebAssembly.instantiate(bytes, {}).then(instanceOf);
}

function instanceOf(made: WebAssembly.WebAssemblyInstantiatedSource): WebAssembly.Instance {
  return made.instance;
}

function start(instance: WebAssembly.Instance): void {
  const exports = instance.exports as unknown as Exports;
  const version = exports.koeru_abi_version ? exports.koeru_abi_version() : 0;
  if (version !== kAbiVersion) {
    throw makeError(
      'LoadError',
      'koeru.wasm has interface ' +
        version +
        ' and koeru.js wants ' +
        kAbiVersion +
        ': publish both files of one build together',
    );
  }
  // Static constructors of the C++ side.
  if (exports._initialize) exports._initialize();
  loaded = exports;
}

function explain(cause: unknown): never {
  const said = cause as { message?: unknown } | null | undefined;
  const reason = said && typeof said.message === 'string' ? said.message : String(cause);
  let message = 'Koeru could not load koeru.wasm: ' + reason;
  if (/unsafe-eval|Content Security Policy/i.test(reason)) {
    message += ". Add 'wasm-unsafe-eval' to script-src in the page's Content-Security-Policy";
  }
  throw makeError('LoadError', message, { cause: cause });
}
