// Where to read what a tree names: "RFC 8489 §14.2" as a link, other words ("libwebrtc") as they
// are.

import { element } from './page.js';

export function rfcLink(rfc, ...before) {
  if (!rfc) return [];
  const [, number, section] = /^RFC (\d+)(?: §([\d.]*\d))?$/.exec(rfc) ?? [];
  if (!number) return [...before, element('span', { class: 'rfc' }, rfc)];
  const href = `https://www.rfc-editor.org/rfc/rfc${number}${section ? `#section-${section}` : ''}`;
  return [...before, element('a', { class: 'rfc', href, rel: 'noreferrer' }, rfc)];
}
