// Calls into koeru.wasm and koeru.sdp.wasm, in the way of wasm/koeru_abi.h: bytes in at koeru_input(), a function, and
// its answer at koeru_output(). A negative length means that the answer is an error.

import { makeError } from './errors.js';
import { codecs, tools, unload, type Exports, type Module } from './loader.js';
import { utf8Decode, utf8Encode } from './text.js';

export type Operation = Exclude<
  Extract<keyof Exports, `koeru_${string}`>,
  'koeru_input' | 'koeru_output' | 'koeru_out_of_memory' | 'koeru_abi_version'
>;

// KOERU_MAX_INPUT and KOERU_MAX_ROOM of wasm/koeru_abi.h, in KiB.
const kMaxInput = 256;
export const kMaxRoom = 64 << 10;

export function callForBytes(what: string, operation: Operation, input: Input): Uint8Array {
  // A copy: the next call overwrites the module's own.
  return new Uint8Array(call(what, operation, input));
}

function call(what: string, operation: Operation, input: Input): Uint8Array {
  const module = /lint|edit|diff/.test(operation) ? tools : codecs;
  return callIn(module, what, operation, input, /^koeru_sdp/.test(operation) ? kMaxRoom : kMaxInput);
}

// The answer where it stands, until the next call. `limit`: in KiB.
export function callIn(
  module: Module,
  what: string,
  operation: Operation,
  input: Input,
  limit: number,
): Uint8Array {
  const wasm = module.exports;
  if (!wasm) {
    throw makeError(
      'InvalidStateError',
      what + ' needs ' + module.file + ', which is not loaded: wait for ' + module.ready + ' first',
    );
  }
  if (input.length > limit << 10) {
    throw makeError(
      'RangeError',
      what + ': the input has ' + input.length + ' bytes, more than ' + limit + ' KiB',
    );
  }
  let length;
  try {
    const at = wasm.koeru_input(input.length);
    put(new Uint8Array(wasm.memory.buffer, at, input.length), input);
    length = wasm[operation](input.length);
  } catch (cause) {
    throw stopped(what, module, wasm, cause);
  }
  // The views are made anew each time: the memory may have grown and moved.
  const output = new Uint8Array(wasm.memory.buffer, wasm.koeru_output(), Math.abs(length));
  if (length < 0) throw parseError(what, utf8Decode(output));
  return output;
}

function stopped(what: string, module: Module, wasm: Exports, cause: unknown): Error {
  unload(module);
  const isMemory = wasm.koeru_out_of_memory();
  return makeError(
    isMemory ? 'RangeError' : 'RuntimeError',
    what +
      (isMemory ? ': out of memory' : ': ' + module.file + ' stopped: ' + cause) +
      '. ' +
      module.ready +
      ' loads it afresh',
    { cause: cause },
  );
}

export function callForJson(what: string, operation: Operation, input: Input): unknown {
  return JSON.parse(utf8Decode(call(what, operation, input)));
}

// Several fields as one input: for each, its length in four bytes (network order) and its bytes.
export interface Fields {
  parts: Array<string | Uint8Array>;
  length: number;
}
type Input = Uint8Array | Fields;

export function fields(values: Array<string | Uint8Array>): Fields {
  const parts: Fields['parts'] = [];
  let size = 0;
  for (let i = 0; i < values.length; ++i) {
    let part = values[i] as string | Uint8Array;
    // Short ASCII goes in by hand below: an encoder's call costs more than the text.
    if (typeof part === 'string' && (part.length > 256 || !/^[\0-\x7f]*$/.test(part))) {
      part = utf8Encode(part);
    }
    parts.push(part);
    size += 4 + part.length;
  }
  return { parts, length: size };
}

function put(all: Uint8Array, input: Input): void {
  if (input instanceof Uint8Array) return all.set(input);
  let at = 0;
  for (let i = 0; i < input.parts.length; ++i) {
    const part = input.parts[i] as string | Uint8Array;
    for (let shift = 24; shift >= 0; shift -= 8) all[at++] = part.length >> shift;
    if (typeof part === 'string') {
      for (let j = 0; j < part.length; ++j) all[at + j] = part.charCodeAt(j);
    } else {
      all.set(part, at);
    }
    at += part.length;
  }
}

function parseError(what: string, json: string): Error {
  const error = JSON.parse(json) as { reason: string; offset?: number; field?: string };
  let message = what + ': ' + (error.field ? error.field + ': ' : '') + error.reason;
  if (error.offset !== undefined) message += ' (at offset ' + error.offset + ')';
  return makeError('ParseError', message, error);
}
