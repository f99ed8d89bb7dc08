// The packets of a capture as a list; pressing one shows its tree.

import { setText } from './i18n.js';
import { element } from './page.js';

const atMost = 500;
const media = /^(RTP|RTCP|other)$/; // hidden at first: there are many of them

const list = document.getElementById('packets');
const counts = document.getElementById('counts');
const all = document.getElementById('all');

export function showPackets(packets, onPress) {
  const wanted = packets.filter(({ kind }) => all.checked || !media.test(kind));
  const start = packets[0]?.time ?? 0;
  list.replaceChildren(...wanted.slice(0, atMost).map((packet) => line(packet, start, onPress)));
  const values = { shown: Math.min(wanted.length, atMost), found: packets.length };
  setText(counts, 'inspector.counts', values);
  all.onchange = () => showPackets(packets, onPress);
}

function line(packet, start, onPress) {
  const { number, time, source, destination, transport, kind, summary } = packet;
  const seconds = ((time - start) / 1000).toFixed(3);
  const button = element(
    'button',
    { type: 'button', 'data-number': number },
    element('span', { class: 'when' }, `${number} · ${seconds} s · ${transport}`),
    element('span', { class: 'way' }, `${source} → ${destination}`),
    element('span', { lang: 'en' }, kind === 'STUN' ? summary : `${kind}: ${summary}`),
  );
  button.addEventListener('click', () => {
    for (const other of list.querySelectorAll('[aria-current]')) other.ariaCurrent = null;
    button.ariaCurrent = 'true';
    onPress(packet);
  });
  return element('li', {}, button);
}
