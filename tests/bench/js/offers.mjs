// Descriptions of any size out of a browser's own offer: its m-sections again and again, each with a
// mid and sources of its own.

export function grow(offer, bytes) {
  const [head, ...sections] = offer.split(/^(?=m=)/m);
  const grown = [];
  let length = head.length;
  for (let i = 0; ; ++i) {
    const section = renumber(sections[i % sections.length], i);
    // As near to the wanted size as whole sections come.
    if (i > 0 && length + section.length / 2 > bytes) break;
    grown.push(section);
    length += section.length;
  }
  const mids = grown.map((_, i) => i).join(' ');
  const text = head.replace(/^(a=group:BUNDLE) .*$/m, (_, name) => `${name} ${mids}`) + grown.join('');
  return flat(text);
}

function renumber(section, i) {
  return section
    .replace(/^a=mid:\S*/m, `a=mid:${i}`)
    .replace(/^a=ssrc(-group)?:.*/gm, (line) => line.replace(/\b\d{6,}\b/g, (ssrc) => shift(ssrc, i)));
}

function shift(ssrc, i) {
  return String((Number(ssrc) + i * 7919) % 2 ** 32);
}

// One piece of memory, as a text is that came over the network: not a tree of concatenations.
function flat(text) {
  return new TextDecoder().decode(new TextEncoder().encode(text));
}
