// A call with everybody in one room: one Peer, one tile and one path for each other member.

import { fetchIceServers } from './ice_servers.js';
import { t } from './i18n.js';
import { PathView } from './path_view.js';
import { Peer } from './peer.js';
import { Room } from './room.js';
import { Tile } from './tile.js';

const kProblemByCode = {
  'no-server': 'problem.noServer',
  'server-lost': 'problem.serverLost',
  'room-full': 'problem.roomFull',
  'bad-room': 'problem.badRoom',
};

export class Call {
  #members = new Map(); // id -> {tile, path, peer}
  #self = '';

  constructor(options) {
    Object.assign(this, options);
    this.own = new Tile({ id: 'self', name: this.name, key: 'call.you', isSelf: true });
    this.tiles.append(this.own.element);
  }

  async start() {
    if (this.stream) this.own.show(this.stream);
    await this.#refresh();
    if (this.closed) return;
    if (this.relayProblem && this.relayOnly) this.onproblem(...this.relayProblem);
    this.server = new Room(this.room, this.name);
    this.server.onjoined = ({ self, members }) => this.#joined(self, members);
    this.server.onmemberjoined = (member) => this.#add(member);
    this.server.onmemberleft = (id) => this.#remove(id);
    this.server.onsignal = (from, data) => this.#receive(from, data);
    this.server.onerror = (error) => this.#serverError(error);
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    this.server?.leave();
    for (const id of [...this.#members.keys()]) this.#remove(id);
    this.own.remove();
  }

  say(text) {
    for (const { peer } of this.#members.values()) {
      if (peer?.chat.readyState === 'open') peer.chat.send(text);
    }
    this.onchat(this.own.name, text, true);
  }

  // Keeps the credential fresh: somebody may come in late, or the network may change.
  async #refresh() {
    clearTimeout(this.timer);
    const { config, seconds, problem } = await fetchIceServers(this.relayOnly);
    if (this.closed) return this.config;
    if (!this.config || !problem) this.config = config;
    this.relayProblem = problem;
    this.timer = setTimeout(() => this.#refresh(), Math.max(60, seconds / 2) * 1000);
    return this.config;
  }

  // The newcomer makes the offers, one to each member who was there before.
  #joined(self, members) {
    this.#self = self;
    for (const member of members) {
      this.#add(member);
      this.#connect(member.id, true);
    }
    this.#update();
  }

  #add({ id, name }) {
    const tile = new Tile({ id, name });
    const path = new PathView(name ?? t('call.guest'));
    this.#members.set(id, { tile, path });
    tile.setState('new', 'state.connecting');
    this.tiles.append(tile.element);
    this.paths.append(path.element);
    this.#update();
  }

  #connect(id, isNewcomer) {
    const member = this.#members.get(id);
    const peer = new Peer({
      isPolite: this.#self < id,
      isNewcomer,
      config: this.config,
      stream: this.stream,
      send: (data) => this.server.send(id, data),
      refresh: () => this.#refresh(),
    });
    member.peer = peer;
    peer.onstream = (stream) => member.tile.show(stream);
    peer.onchat = (text) => this.onchat(member.tile.name, text, false);
    peer.onchatopen = () => this.#update();
    peer.onnorelay = () => this.relayOnly && this.#noRelay(member);
    peer.onstate = (state) => this.#follow(member, state);
    member.path.follow(peer.connection);
    return peer;
  }

  async #receive(from, data) {
    const member = this.#members.get(from);
    if (member) await (member.peer ?? this.#connect(from, false)).receive(data);
  }

  #remove(id) {
    const member = this.#members.get(id);
    member?.peer?.close();
    member?.path.remove();
    member?.tile.remove();
    this.#members.delete(id);
    if (!this.closed) this.#update();
  }

  #follow(member, state) {
    const words = { connected: null, disconnected: 'state.lost', failed: 'state.failed' };
    member.tile.setState(state, state in words ? words[state] : 'state.connecting');
    if (state === 'connected') this.onproblem();
    if (state === 'failed') this.#failed(member);
    this.#update();
  }

  #noRelay(member) {
    member.tile.setState('failed', 'state.failed');
    this.onproblem(...(this.relayProblem ?? member.peer.watch.reason()));
    this.onstate('failed');
  }

  #failed(member) {
    if (this.relayOnly && !member.peer.watch.gotRelay) return this.#noRelay(member);
    const key = this.relayOnly ? 'problem.peer' : 'problem.failed';
    this.onproblem(key, { name: member.tile.name });
  }

  #serverError({ code, message }) {
    const key = kProblemByCode[code] ?? 'problem.server';
    if (this.#self) this.onproblem(key, { message });
    else this.onrefused(key, { message });
  }

  // The state of the call: the best of its connections.
  #update() {
    const peers = [...this.#members.values()].map(({ peer }) => peer);
    this.onchatready(peers.some((peer) => peer?.chat.readyState === 'open'));
    const states = peers.map((peer) => peer?.connection.connectionState);
    if (states.length === 0) return this.onstate('waiting');
    if (states.includes('connected')) return this.onstate('connected');
    if (states.includes('disconnected')) return this.onstate('lost');
    this.onstate(states.every((state) => state === 'failed') ? 'failed' : 'connecting');
  }
}
