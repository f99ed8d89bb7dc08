// A small graph of the last minute, as SVG: one line for each value, the newest at the right.

import { setText, t } from './i18n.js';
import { element } from './page.js';

const kSvg = 'http://www.w3.org/2000/svg';
const kSeconds = 60;
const kWidth = 240;
const kHeight = 48;

function svg(tag, attributes) {
  const made = document.createElementNS(kSvg, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

export class Graph {
  #points = [];
  #lines;
  #caption = element('figcaption');
  #picture = svg('svg', {
    viewBox: `0 0 ${kWidth} ${kHeight}`,
    preserveAspectRatio: 'none',
    role: 'img',
    class: 'graph',
  });

  // `key`: its name; `lines`: the names of its lines; `format`: of a value; `least`: of the top.
  constructor(key, lines, format, least = 1) {
    Object.assign(this, { key, names: lines, format, least });
    this.#lines = lines.map((_, i) => svg('polyline', { class: `line line-${i}` }));
    this.#picture.append(...this.#lines);
    this.element = element('figure', { class: 'graph-box' }, this.#caption, this.#picture);
  }

  add(values) {
    this.#points = [...this.#points, values].slice(-kSeconds);
  }

  draw() {
    const top = Math.max(this.least, ...this.#points.flat());
    this.#lines.forEach((line, i) => {
      const points = this.#points.map((values, second) => {
        const x = kWidth - ((this.#points.length - 1 - second) * kWidth) / (kSeconds - 1);
        return `${x.toFixed(1)},${(kHeight - 2 - (values[i] / top) * (kHeight - 4)).toFixed(1)}`;
      });
      line.setAttribute('points', points.join(' '));
    });
    const last = this.#points.at(-1) ?? this.names.map(() => 0);
    const now = this.names.map((name, i) => `${t(name)} ${this.format(last[i])}`).join(' / ');
    setText(this.#caption, 'graph.caption', { name: t(this.key), now });
    this.#picture.setAttribute('aria-label', t('graph.label', { name: t(this.key), now }));
  }
}
