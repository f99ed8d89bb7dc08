// The Inspector page: whatever is pasted, dropped or opened goes through Koeru.inspect.

import { showPackets } from './capture_view.js';
import { showDifferences } from './diff_view.js';
import { showFindings } from './findings_view.js';
import { setText } from './i18n.js';
import { examples } from './inspector_examples.js';
import { readLink, writeLink } from './inspector_link.js';
import { element, show } from './page.js';
import { rfcLink } from './rfc_link.js';
import { showSource } from './source_view.js';
import { showTree } from './tree_view.js';

const byId = (id) => document.getElementById(id);
const ids = ['inspector', 'input', 'other', 'trees', 'source'];
const [main, input, other, trees, source] = ids.map(byId);

let bytes = null; // of a file that is no text
let latest = 0; // an answer to an older question is not shown

// A textarea turns each CR LF into LF; a session description has them.
function typed() {
  const text = input.value;
  return /^\s*[a-z]=/.test(text) ? text.replace(/\n/g, '\r\n') : text;
}

// Without a password there is nothing to check with.
function key() {
  const [username, realm, password] = ['username', 'realm', 'password'].map((id) => byId(id).value);
  return password ? { username, realm, password } : {};
}

async function inspect() {
  const mine = ++latest;
  const text = typed();
  main.dataset.state = 'working';
  try {
    const found = bytes || text ? await Koeru.inspect(bytes ?? text, key()) : { items: [] };
    if (mine !== latest) return;
    showAll(found);
    await showDifferences(byId('differences'), bytes ? '' : (found.text ?? ''), other.value);
  } catch (error) {
    if (mine !== latest) return;
    showAll({ items: [], error: error.message });
  }
  if (mine !== latest) return;
  const fits = writeLink({ text, bytes, other: other.value });
  show(byId('link'), fits ? undefined : 'inspector.tooLong');
  main.dataset.state = bytes || text ? 'done' : 'empty';
}

function showAll({ text, items, packets, sdpLines, error, unknownLinkType }) {
  byId('capture').hidden = !packets;
  if (packets) showPackets(packets, (packet) => showItems([packet]));
  showItems(items, text);
  const isEmpty = !bytes && !input.value;
  show(byId('problem'), error && !isEmpty ? 'inspector.problem' : undefined, { message: error });
  if (unknownLinkType !== undefined) {
    show(byId('problem'), 'inspector.linkType', { number: unknownLinkType });
  }
  show(byId('status'), sdpLines ? 'inspector.leftOut' : undefined, { lines: sdpLines });
}

function showItems(items, text) {
  byId('result').hidden = items.length === 0;
  trees.replaceChildren();
  source.replaceChildren();
  const shown = items.map((item, i) => {
    const of = item.bytes ?? text;
    const name = `${item.tree.label}${items.length > 1 ? ` (${i + 1})` : ''}`;
    const view = showTree(trees, item.tree, name, (node) => choose(of, node));
    return { source: of, tree: item.tree, view };
  });
  if (shown.length) choose(shown[0].source, { ...shown[0].tree, size: 0 });
  showFindings(byId('findings'), shown);
}

function choose(of, node) {
  showSource(source, of, node);
  const { offset, size, label, rfc } = node;
  const range = element('span');
  if (size) setText(range, 'inspector.range', { first: offset, last: offset + size - 1 });
  const name = element('span', { lang: 'en' }, label);
  byId('chosen').replaceChildren(name, ' ', range, ...rfcLink(rfc, ' '));
}

function take(text, file = null, name = '') {
  input.value = text;
  bytes = file;
  byId('file-name').textContent = name;
  return inspect();
}

// A file of text goes where text is typed, so that it can be changed.
async function open(file) {
  const all = new Uint8Array(await file.arrayBuffer());
  const { kind, text } = await Koeru.inspect(all).catch(() => ({}));
  return kind === 'text' ? take(text, null, file.name) : take('', all, file.name);
}

input.addEventListener('input', () => take(input.value));
for (const id of ['other', 'username', 'realm', 'password']) {
  byId(id).addEventListener('input', inspect);
}
byId('clear').addEventListener('click', () => {
  other.value = '';
  take('');
});
byId('file').addEventListener('change', ({ target }) => {
  if (target.files[0]) open(target.files[0]);
  target.value = ''; // the same file again is a change, too
});
byId('drop').addEventListener('dragover', (event) => event.preventDefault());
byId('drop').addEventListener('drop', (event) => {
  const [file] = event.dataTransfer.files;
  if (!file) return; // text: the textarea takes it
  event.preventDefault();
  open(file);
});
for (const button of document.querySelectorAll('[data-example]')) {
  button.addEventListener('click', () => take(examples[button.dataset.example]));
}

function showLink() {
  const link = readLink();
  other.value = link.other;
  byId('compare').open = link.other !== '';
  take(link.text, link.bytes);
}
addEventListener('hashchange', showLink);
showLink();
