// One other person: a picture, a second one for their screen, and the path between us.

import { t } from './i18n.js';
import { PathView } from './path_view.js';
import { Tile } from './tile.js';

const kWords = { connecting: 'state.connecting', lost: 'state.lost', failed: 'state.failed' };

export class MemberView {
  #member;
  #tile;
  #screen = null;
  #path;
  #tiles;

  // `update` is called when the state changed.
  constructor(member, { tiles, paths, update }) {
    const { id, name } = member;
    this.#member = member;
    this.#tiles = tiles;
    this.#tile = new Tile({ id, name });
    this.#path = new PathView(name ?? t('call.guest'));
    tiles.append(this.#tile.element);
    paths.append(this.#path.element);
    this.#path.follow(member);
    member.on('stream', (stream) => this.#show(stream));
    member.on('streamend', ({ kind }) => kind === 'screen' && this.#endScreen());
    member.on('muted', () => this.#showState());
    member.on('state', () => {
      this.#showState();
      update();
    });
    this.#showState();
  }

  remove() {
    this.#endScreen();
    this.#path.remove();
    this.#tile.remove();
  }

  #show({ kind, stream }) {
    if (kind === 'camera') return this.#tile.show(stream);
    this.#endScreen();
    const { id, name } = this.#member;
    this.#screen = new Tile({ id: `${id} screen`, name: name ?? t('call.guest'), isScreen: true });
    this.#tiles.prepend(this.#screen.element);
    this.#screen.show(stream);
  }

  #endScreen() {
    this.#screen?.remove();
    this.#screen = null;
  }

  #showState() {
    const { state, muted } = this.#member;
    this.#tile.setState(state, kWords[state] ?? (muted.audio ? 'call.muted' : null));
  }
}
