// A tree of Koeru.inspect on the page, by the pattern of an ARIA tree view
// (https://www.w3.org/WAI/ARIA/apg/patterns/treeview/): arrow keys move, Right and Left open and
// close, Home and End go far, and letters find a label. The item with the focus is the one that is
// selected.
//
//   const view = showTree(container, item, label, (node) => highlight(node));
//   view.select(node);          // opens what it is in, and goes there

import { setText } from './i18n.js';
import { element } from './page.js';
import { rfcLink } from './rfc_link.js';

const marks = { error: '✕', warning: '!', note: 'i' };

function remarkLine({ severity, text, rfc }) {
  const degree = element('span', { class: 'degree' });
  setText(degree, `inspector.severity.${severity}`);
  const mark = element('span', { class: 'mark', 'aria-hidden': 'true' }, marks[severity]);
  const said = element('span', { lang: 'en' }, text);
  const words = [mark, ' ', degree, ' ', said, ...rfcLink(rfc, ' ')];
  return element('span', { class: `remark ${severity}` }, ...words);
}

export function showTree(container, root, label, onSelect) {
  const items = new Map();
  const tree = element('ul', { class: 'tree', role: 'tree', 'aria-label': label });

  function itemOf(node, level) {
    const { children = [], remarks = [] } = node;
    const name = element('span', { class: 'name', lang: 'en' }, node.label);
    const line = element('span', { class: 'line' }, name);
    if (node.value) line.append(' ', element('span', { class: 'value' }, node.value));
    line.append(...rfcLink(node.rfc, ' '));
    const item = element('div', { role: 'treeitem', tabindex: '-1', 'aria-level': level });
    item.ariaSelected = 'false';
    item.append(line, ...remarks.map(remarkLine));
    // Tab leaves the tree; the chosen part's link stands beside it, too.
    for (const link of item.querySelectorAll('a')) link.tabIndex = -1;
    items.set(node, item);
    // The group stands beside the item and not in it: the item's name is what its own lines say.
    const entry = element('li', { role: 'none' }, item);
    if (children.length) {
      // Deep ones are closed at first, and made when they are opened: there may be many.
      item.ariaExpanded = 'false';
      item.fill = () => {
        const inner = children.map((child) => itemOf(child, level + 1));
        entry.append(element('ul', { role: 'group' }, ...inner));
        item.fill = undefined;
      };
      if (level < 3) open(item, true);
    }
    item.node = node;
    return entry;
  }

  function open(item, wanted) {
    if (wanted) item.fill?.();
    item.ariaExpanded = String(wanted);
  }

  function select(item) {
    for (const old of tree.querySelectorAll('[aria-selected="true"]')) {
      old.ariaSelected = 'false';
      old.tabIndex = -1;
    }
    item.ariaSelected = 'true';
    item.tabIndex = 0;
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: 'nearest' });
    onSelect(item.node);
  }

  const visible = () =>
    [...tree.querySelectorAll('[role="treeitem"]')].filter(
      (item) => !item.closest('[aria-expanded="false"] + [role="group"]'),
    );

  function goal(key, item) {
    const all = visible();
    const at = all.indexOf(item);
    const expanded = item.ariaExpanded;
    if (key === 'ArrowDown') return all[at + 1];
    if (key === 'ArrowUp') return all[at - 1];
    if (key === 'Home') return all[0];
    if (key === 'End') return all.at(-1);
    if (key === 'ArrowRight' && expanded === 'true') return all[at + 1];
    if (key === 'ArrowLeft' && expanded !== 'true') {
      return item.closest('[role="group"]')?.previousElementSibling;
    }
    if (key.length > 1 || key === ' ') return undefined;
    // As in a list of files: a letter goes to the next label that begins with it.
    const after = [...all.slice(at + 1), ...all.slice(0, at)];
    return after.find(({ node }) => node.label.toLowerCase().startsWith(key.toLowerCase()));
  }

  tree.addEventListener('keydown', (event) => {
    const item = event.target;
    if (item.role !== 'treeitem' || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = goal(event.key, item);
    if (next) select(next);
    else if (event.key === 'ArrowRight' && item.ariaExpanded === 'false') open(item, true);
    else if (event.key === 'ArrowLeft' && item.ariaExpanded === 'true') open(item, false);
    else if (event.key === 'Enter' || event.key === ' ') toggle(item);
    else return;
    event.preventDefault();
  });
  function toggle(item) {
    if (item.ariaExpanded) open(item, item.ariaExpanded !== 'true');
    select(item);
  }
  tree.addEventListener('click', (event) => {
    const item = event.target.closest('[role="treeitem"]');
    if (!item || event.target.closest('a')) return;
    // Of a click on the triangle, to the left of the text; elsewhere it selects only.
    if (event.target.closest('.line, .remark')) select(item);
    else toggle(item);
  });

  tree.append(itemOf(root, 1));
  items.get(root).tabIndex = 0;
  container.append(tree);

  // The nodes from the root to this one.
  function pathTo(node, from = root) {
    if (node === from) return [from];
    for (const child of from.children ?? []) {
      const path = pathTo(node, child);
      if (path) return [from, ...path];
    }
    return undefined;
  }
  return {
    select(node) {
      const path = pathTo(node);
      for (const outer of path.slice(0, -1)) open(items.get(outer), true);
      select(items.get(node));
    },
  };
}
