// The link to a room. Its name is in the part that no server ever sees, and nobody guesses it.

export function roomFromLink() {
  return new URLSearchParams(location.hash.slice(1)).get('room');
}

export function makeRoom() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const name = btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_');
  history.replaceState(null, '', `#room=${name.slice(0, 22)}`);
}

export function linkToRoom() {
  const url = new URL(location.href);
  url.hash = `room=${roomFromLink()}`;
  return url.href;
}
