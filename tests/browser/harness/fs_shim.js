// What tests/js uses of node:fs/promises, for browsers: the server lists a folder as JSON.

async function get(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

export async function readFile(url, encoding) {
  const bytes = await (await get(url)).arrayBuffer();
  // Like Node's: a byte order mark stays.
  return encoding ? new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes) : new Uint8Array(bytes);
}

export async function readdir(url) {
  return (await get(url)).json();
}
