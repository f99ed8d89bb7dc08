// Which servers are tested: this page's own, or those of the form. A link keeps the form, without
// the password; its fragment reaches no server.

const fields = ['urls', 'username', 'credential'].map((id) => document.getElementById(id));
const [urls, username, credential] = fields;

// Undefined: those that the page's own server names.
export function serversToTest() {
  const given = urls.value.split(/\s+/).filter(Boolean);
  if (given.length === 0) return undefined;
  const server = { urls: given };
  if (username.value)
    Object.assign(server, { username: username.value, credential: credential.value });
  return [server];
}

export function linkToTest() {
  const link = new URL(location.href);
  const parts = new URLSearchParams();
  const given = urls.value.split(/\s+/).filter(Boolean);
  given.forEach((url) => parts.append('url', url));
  if (username.value) parts.set('username', username.value);
  link.hash = String(parts) || 'run';
  return link.href;
}

// True when the link says all that is needed, and the test can begin.
export function fillFromLink() {
  const hash = location.hash.slice(1);
  const parts = new URLSearchParams(hash);
  urls.value = parts.getAll('url').join('\n');
  username.value = parts.get('username') ?? '';
  document.getElementById('other').open = urls.value !== '';
  if (username.value) credential.focus();
  return hash === 'run' || (urls.value !== '' && username.value === '');
}
