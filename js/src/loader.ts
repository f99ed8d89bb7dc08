// Loads koeru.wasm, koeru.sdp.wasm and (in koeru.inspect.js) koeru.inspect.wasm: each lazily, once,
// with the browser's own WebAssembly functions and nothing else.
//
// It needs no eval and runs under `script-src 'self' 'wasm-unsafe-eval'`. The module imports
// nothing: it sees only the bytes that abi.ts writes into its memory. Where it cannot be had, for
// whatever reason, koeru.wasm.js takes its place (fallback.ts).

import type { KoeruFallback, WasmSource } from '../koeru.js';
import { badArgument, kindOf, makeError } from './errors.js';
import { loadFallback } from './fallback.js';
import { platform, wasmUrl } from './platform.js';

// The C functions of wasm/koeru_abi.h.
export interface Exports {
  memory: { buffer: ArrayBuffer };
  _initialize?: () => void;
  koeru_abi_version(): number;
  koeru_input(size: number): number;
  koeru_output(): number;
  koeru_out_of_memory(): number;
  koeru_version(): number;
  koeru_stun_decode(size: number): number;
  koeru_stun_encode(size: number): number;
  koeru_candidate_parse(size: number): number;
  koeru_candidate_format(size: number): number;
  koeru_uri_parse(size: number): number;
  koeru_sdp_decode(size: number): number;
  koeru_sdp_encode(size: number): number;
  koeru_sdp_lint(size: number): number;
  koeru_sdp_edit(size: number): number;
  koeru_sdp_diff(size: number): number;
  koeru_inspect(size: number): number;
}

// Bumped together with KOERU_ABI_VERSION in wasm/koeru_abi.h.
const kAbiVersion = 1;

// What one of the files came to.
export interface Module {
  file: string;
  // What to wait for, in words.
  ready: string;
  // Where the stand-in leaves its maker when it runs as a script.
  fallbackName: string;
  exports?: Exports | undefined;
  loading?: Promise<void> | undefined;
  source?: WasmSource | KoeruFallback | undefined;
}

// Messages, candidates, URIs, and lines of descriptions.
export const codecs: Module = {
  file: 'koeru.wasm',
  ready: '`await Koeru.ready`',
  fallbackName: 'koeruWasmJs',
};
// Whole descriptions: lint, edits, differences.
export const tools: Module = {
  file: 'koeru.sdp.wasm',
  ready: '`await Koeru.sdp.ready`',
  fallbackName: 'koeruSdpWasmJs',
};

// Which one runs: koeru.wasm or koeru.wasm.js.
export let engine: 'wasm' | 'js' | undefined;

export function load(source?: WasmSource | KoeruFallback): Promise<void> {
  return loadModule(codecs, source);
}

// A second call while loading, or after it, gives the same promise; after a failure it tries again.
// As kindOf() has them. A Promise or a Response is none: without this the stand-in would run instead.
const kSources =
  /^(undefined|string|URL|(Shared)?ArrayBuffer|DataView|\w+Array|WebAssembly\.Module|function)$/;

export function loadModule(
  module: Module,
  source?: WasmSource | KoeruFallback,
): Promise<void> {
  if (module.loading) return module.loading;
  // After unload() the new instance comes from where the old one came from.
  if (source === undefined) source = module.source;
  if (!kSources.test(kindOf(source))) {
    const remedy = 'needs a URL, the bytes, a WebAssembly.Module or what koeru.wasm.js exports, got ';
    return Promise.reject(badArgument('Koeru.load(source)', remedy + kindOf(source)));
  }
  const attempt =
    typeof source === 'function'
      ? takeFallback(module, source as KoeruFallback)
      : loadEither(module, source);
  module.loading = attempt;
  attempt.then(
    function () {
      module.source = source;
    },
    function () {
      unload(module);
    },
  );
  return attempt;
}

// A trapped instance may be in any state: the next load() makes a fresh one.
export function unload(module: Module): void {
  module.exports = module.loading = undefined;
  if (module === codecs) engine = undefined;
}

function loadEither(module: Module, source: WasmSource | undefined): Promise<void> {
  return instantiate(module, source)
    .then(function (instance) {
      start(module, instance.exports, 'wasm');
    })
    .then(undefined, function (whyNotWasm) {
      return loadFallback(fallbackUrl(module, source), module.fallbackName)
        .then(function (maker) {
          start(module, maker(), 'js');
        })
        .then(undefined, function (whyNotScript) {
          throw explain(module, whyNotWasm, whyNotScript);
        });
    });
}

function takeFallback(module: Module, maker: KoeruFallback): Promise<void> {
  return Promise.resolve(maker).then(function (make) {
    start(module, make(), 'js');
  });
}

// Beside the module.
function fallbackUrl(module: Module, source: WasmSource | undefined): string {
  const url = typeof source === 'string' || isUrl(source) ? String(source) : wasmUrl(module.file);
  return url.replace(/[?#].*$/, '') + '.js';
}

function instantiate(
  module: Module,
  source: WasmSource | undefined,
): Promise<WebAssembly.Instance> {
  if (typeof WebAssembly === 'undefined') {
    return Promise.reject(
      makeError('NotSupportedError', 'no WebAssembly here (or the page switched it off)'),
    );
  }
  if (source instanceof WebAssembly.Module) return WebAssembly.instantiate(source, {});
  if (source !== undefined && typeof source !== 'string' && !isUrl(source)) {
    return fromBytes(source as BufferSource);
  }
  const url = source === undefined ? wasmUrl(module.file) : String(source);
  return mayCompile().then(function () {
    if (platform.readFile && !/^https?:/i.test(url)) return platform.readFile(url).then(fromBytes);
    return fetch(url, { credentials: 'same-origin' }).then(fromResponse);
  });
}

// Where the policy forbids it, an empty module is refused, too, and nothing is fetched in vain.
function mayCompile(): Promise<WebAssembly.Module> {
  return new Promise(function (resolve) {
    resolve(new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])));
  });
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

function start(module: Module, made: unknown, kind: 'wasm' | 'js'): void {
  const exports = made as Exports;
  const version = exports.koeru_abi_version ? exports.koeru_abi_version() : 0;
  if (version !== kAbiVersion) {
    throw makeError(
      'LoadError',
      module.file +
        ' has interface ' +
        version +
        ' and koeru.js wants ' +
        kAbiVersion +
        ': publish all files of one build together',
    );
  }
  // Static constructors of the C++ side.
  if (exports._initialize) exports._initialize();
  module.exports = exports;
  if (module === codecs) engine = kind;
}

function explain(module: Module, whyNotWasm: unknown, whyNotScript: unknown): Error {
  const reason = messageOf(whyNotWasm);
  let message =
    'Koeru could not load ' +
    module.file +
    ': ' +
    reason +
    '; nor its stand-in ' +
    module.file +
    '.js: ' +
    messageOf(whyNotScript) +
    '. Publish both beside koeru.js';
  if (/unsafe-eval|Content Security Policy|CSP/i.test(reason)) {
    message += ", or add 'wasm-unsafe-eval' to script-src in the page's Content-Security-Policy";
  }
  return makeError('LoadError', message, { cause: whyNotWasm });
}

function messageOf(cause: unknown): string {
  const said = cause as { message?: unknown } | null | undefined;
  return said && typeof said.message === 'string' ? said.message : String(cause);
}
