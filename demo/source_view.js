// The input beside its tree, with a range of bytes marked: text as it is, bytes as a hex dump.

import { element } from './page.js';

const rowSize = 8; // as many as a phone is wide

// `source`: a string, or a Uint8Array.
export function showSource(container, source, { offset, size }) {
  const pieces =
    typeof source === 'string'
      ? textPieces(source, offset, offset + size)
      : hexPieces(source, offset, offset + size);
  container.replaceChildren(
    ...pieces.map(({ text, marked }) => (marked ? element('mark', {}, text) : text)),
  );
  // Within the box only: the page stays where it is.
  const mark = container.querySelector('mark');
  if (mark) container.scrollTop = mark.offsetTop - container.clientHeight / 3;
}

// Ranges count bytes of UTF-8, strings count otherwise.
function textPieces(text, start, end) {
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const part = (from, to) => decoder.decode(bytes.subarray(from, to));
  return [
    { text: part(0, start), marked: false },
    { text: part(start, end), marked: end > start },
    { text: part(end), marked: false },
  ];
}

const shown = (byte) => (byte > 32 && byte < 127 ? String.fromCharCode(byte) : '·');

function hexPieces(bytes, start, end) {
  const pieces = [];
  function put(text, marked) {
    if (pieces.at(-1)?.marked === marked) pieces.at(-1).text += text;
    else pieces.push({ text, marked });
  }
  for (let at = 0; at < bytes.length; at += rowSize) {
    put(`${at.toString(16).padStart(4, '0')}  `, false);
    const row = [...bytes.subarray(at, at + rowSize)];
    const isIn = (i) => at + i >= start && at + i < end;
    row.forEach((byte, i) => {
      put(byte.toString(16).padStart(2, '0'), isIn(i));
      put(' ', isIn(i) && isIn(i + 1) && i + 1 < row.length);
    });
    put(' '.repeat(3 * (rowSize - row.length) + 1), false);
    row.forEach((byte, i) => put(shown(byte), isIn(i)));
    put('\n', false);
  }
  return pieces;
}
