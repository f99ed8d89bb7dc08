// Where this script came from, and how to read files when it runs in Node. Set by the entries,
// because a classic script, an ES module and Node each say it in another way.

export interface Platform {
  // The script's own address, or '' when it is not known.
  scriptUrl: string;
  // Reads a file: URL; only in Node.
  readFile?: (url: string) => Promise<Uint8Array<ArrayBuffer>>;
  // Node 18 has it, but not as a global.
  crypto?: Crypto;
  // Runs a script, or a module, and gives its exports where it has some.
  loadScript?: (url: string) => Promise<unknown>;
}

export const platform: Platform = { scriptUrl: '' };

// koeru.wasm and koeru.sdp.wasm lie beside the script.
export function wasmUrl(file: string): string {
  const withoutQuery = platform.scriptUrl.replace(/[?#].*$/, '');
  return withoutQuery.replace(/[^/]*$/, '') + file;
}
