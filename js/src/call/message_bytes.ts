// What a page hands to `say` and `send`: how large it may be, and a copy that stays as it is.

import { pageError } from './errors.js';

const kLargestMessage = 64 << 10;

export function sizeOf(call: string, data: string | ArrayBuffer | ArrayBufferView): number {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data).length : data.byteLength;
  if (bytes <= kLargestMessage) return bytes;
  const en = 'cut it into parts of at most 65536 bytes, or use sendFile';
  const ja = '65536 バイト以下に分けるか、sendFile を使ってください。';
  throw pageError('TypeError', `${call}: ${bytes} bytes in one message`, en, ja);
}

// It may have to be sent again, and the page may write over its own meanwhile.
export function copyOf(data: ArrayBuffer | ArrayBufferView): Uint8Array {
  if (data instanceof ArrayBuffer) return new Uint8Array(data.slice(0));
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
}
