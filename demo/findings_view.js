// What is wrong in the trees, as a list whose entries lead to the place.

import { setText } from './i18n.js';
import { element } from './page.js';
import { rfcLink } from './rfc_link.js';

// Warnings and errors of a tree: {node, remark}.
function* flawsOf(node) {
  for (const remark of node.remarks ?? []) if (remark.severity !== 'note') yield { node, remark };
  for (const child of node.children ?? []) yield* flawsOf(child);
}

// `shown`: [{source, tree, view}] as inspector.js has them.
export function showFindings(list, shown) {
  const entries = shown.flatMap(({ source, tree, view }) =>
    [...flawsOf(tree)].map(({ node, remark }) =>
      finding(placeOf(source, node), remark, () => view.select(node)),
    ),
  );
  if (entries.length === 0) {
    const fine = element('p');
    setText(fine, 'inspector.fine');
    entries.push(entry('good', fine));
  }
  list.replaceChildren(...entries);
}

function entry(level, ...words) {
  const mark = { bad: '✕', warning: '!', good: '✓' }[level];
  const shown = element('span', { class: 'mark', 'aria-hidden': 'true' }, mark);
  return element('li', { class: `finding ${level}` }, shown, element('div', {}, ...words));
}

function placeOf(source, { offset }) {
  if (typeof source !== 'string') return ['inspector.byte', { number: offset }];
  const before = new TextEncoder().encode(source).subarray(0, offset);
  return ['inspector.line', { number: before.filter((byte) => byte === 10).length + 1 }];
}

function finding([key, values], { severity, text, rfc }, go) {
  const degree = element('strong');
  setText(degree, `inspector.severity.${severity}`);
  const place = element('button', { type: 'button', class: 'place' });
  setText(place, key, values);
  place.addEventListener('click', go);
  const words = element('span', { lang: 'en' }, text, ...rfcLink(rfc, ' '));
  return entry(severity === 'error' ? 'bad' : 'warning', degree, ' ', place, ' ', words);
}
