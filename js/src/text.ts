// Text and bytes. Edge 16 to 18 have WebAssembly but no TextEncoder and TextDecoder.

import { badArgument, kindOf } from './errors.js';

export function utf8Encode(text: string): Uint8Array {
  if (typeof TextEncoder !== 'undefined') return new TextEncoder().encode(text);
  const binary = unescape(encodeURIComponent(text));
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; ++i) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

let decoder: TextDecoder | undefined;

export function utf8Decode(bytes: Uint8Array): string {
  if (typeof TextDecoder !== 'undefined') {
    return (decoder || (decoder = new TextDecoder())).decode(bytes);
  }
  let binary = '';
  for (let i = 0; i < bytes.length; ++i) binary += String.fromCharCode(bytes[i] as number);
  return decodeURIComponent(escape(binary));
}

// What callers may hand in as bytes: a Uint8Array, another view or an ArrayBuffer as they are.
// Text is left to core, which reads hexadecimal and knows where it is wrong.
export function bytesOf(where: string, input: unknown): Uint8Array {
  if (input instanceof Uint8Array) return input;
  if (ArrayBuffer.isView(input)) {
    return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  }
  // By name, because an ArrayBuffer of another frame is no instance of ours.
  if (kindOf(input) === 'ArrayBuffer') return new Uint8Array(input as ArrayBuffer);
  throw badArgument(
    where,
    'needs a Uint8Array, an ArrayBuffer or hexadecimal text, got ' + kindOf(input),
  );
}

export function textOf(where: string, input: unknown): string {
  if (typeof input === 'string') return input;
  throw badArgument(where, 'needs text, got ' + kindOf(input));
}
