// What is different in a second session description, by Koeru.sdp.diff.

import { setText } from './i18n.js';
import { element } from './page.js';

export async function showDifferences(list, before, after) {
  if (!before || !after) return list.replaceChildren();
  await Koeru.sdp.ready; // loads koeru.sdp.wasm
  const differences = Koeru.sdp.diff(before, after);
  const same = element('li', { class: 'finding good' });
  setText(same, 'inspector.same');
  list.replaceChildren(...(differences.length ? differences.map(difference) : [same]));
}

function difference({ kind, message, before, after }) {
  const lines = [];
  if (before) lines.push(element('del', {}, before));
  if (after) lines.push(element('ins', {}, after));
  const attributes = { class: 'finding difference', 'data-kind': kind, lang: 'en' };
  return element('li', attributes, message, ...lines);
}
