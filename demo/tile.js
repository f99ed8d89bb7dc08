// One person on the stage: picture, name, and how the connection to them is.

import { setText } from './i18n.js';
import { element } from './page.js';

export class Tile {
  #video = element('video', { playsinline: '' });
  #name = element('span', { class: 'tile-name' });
  #state = element('span', { class: 'tile-state' });
  #tap = element('button', { type: 'button', class: 'tile-tap', 'data-text': 'call.tap' });

  // `name`: what they call themselves; without one `key` names them ("call.you").
  // `isScreen`: what they show, not who they are.
  constructor({ id, name, key = 'call.guest', isSelf = false, isScreen = false }) {
    this.isSelf = isSelf;
    this.#tap.hidden = true;
    this.#tap.addEventListener('click', () => {
      this.#video.play();
      this.#tap.hidden = true;
    });
    const caption = element('figcaption', {}, this.#name, this.#state);
    this.element = element(
      'figure',
      { class: 'tile', 'data-member': id },
      this.#video,
      this.#tap,
      caption,
    );
    if (isSelf) this.element.classList.add('mirror');
    if (isScreen) this.element.classList.add('screen');
    if (isScreen) setText(this.#name, 'call.screenOf', { name });
    else if (name) this.#name.textContent = name;
    else setText(this.#name, key);
    this.setState('new', isSelf && name ? key : null);
  }

  get name() {
    return this.#name.textContent;
  }

  async show(stream) {
    const plays = await Koeru.attach(this.#video, stream, { muted: this.isSelf });
    this.#tap.hidden = plays;
    if (!plays) setText(this.#tap, 'call.tap');
  }

  setState(state, key) {
    this.element.dataset.state = state;
    this.#state.hidden = !key;
    if (key) setText(this.#state, key);
  }

  remove() {
    Koeru.detach(this.#video);
    this.element.remove();
  }
}
