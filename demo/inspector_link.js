// What is shown is in the fragment of the page's address, which no server sees, so that a link
// shows the same again: the texts, or the bytes of a file as base64url. Passwords are never in it.

const limit = 16 * 1024; // characters: more is cut off by chats and mail

function toBase64(bytes) {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
function fromBase64(text) {
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

// False when it is too much for a link; then the address stays as it was.
export function writeLink({ text, bytes, other }) {
  const size = bytes ? bytes.length * 1.4 : text.length + other.length;
  if (size > limit) return false;
  const fields = new URLSearchParams();
  if (bytes) fields.set('bytes', toBase64(bytes));
  else if (text) fields.set('text', text);
  if (other) fields.set('other', other);
  const hash = String(fields);
  if (hash.length > limit) return false;
  history.replaceState(null, '', hash ? `#${hash}` : location.pathname);
  return true;
}

// A link that somebody damaged is an empty page: {text: '', bytes: null, other: ''}.
export function readLink() {
  const fields = new URLSearchParams(location.hash.slice(1));
  let bytes = null;
  try {
    if (fields.has('bytes')) bytes = fromBase64(fields.get('bytes'));
  } catch {
    // not base64: nothing is shown
  }
  return { text: fields.get('text') ?? '', bytes, other: fields.get('other') ?? '' };
}
