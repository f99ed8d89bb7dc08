// Names and numbers that nobody can guess, from the platform's own source where there is one.

const kNameLength = 10;

function randomBytes(count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  if (typeof crypto === 'object' && crypto && crypto.getRandomValues) {
    return crypto.getRandomValues(bytes);
  }
  return bytes.map(function () {
    return Math.floor(Math.random() * 256);
  });
}

// The last byte values would favour the first characters: they are drawn again.
function randomText(count: number, alphabet: string): string {
  const limit = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < count) {
    randomBytes(count - text.length).forEach(function (byte) {
      if (byte < limit) text += alphabet.charAt(byte % alphabet.length);
    });
  }
  return text;
}

export function randomDigits(count: number): string {
  return randomText(1, '123456789') + randomText(count - 1, '0123456789');
}

export function generateIdentifier(): string {
  return randomText(kNameLength, '0123456789abcdefghijklmnopqrstuvwxyz');
}

// RFC 7022: one CNAME for all streams of this page.
export const localCName = /* @__PURE__ */ generateIdentifier();
