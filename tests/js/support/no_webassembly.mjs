// node --import of this file: an engine without WebAssembly, as lockdown modes leave it.

delete globalThis.WebAssembly;
