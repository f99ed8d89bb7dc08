// One connection to one member of the room: W3C WebRTC's "perfect negotiation" (section 10.7), a
// data channel for the chat, and ICE restarts when the network changes.

import { RelayWatch } from './relay_watch.js';

const kRestartAfterMs = 2000;
const kMaxRestarts = 5;

export class Peer {
  onstream = () => {};
  onstate = () => {};
  onchat = () => {};
  onchatopen = () => {};
  // Gathering ended and the relay gave nothing.
  onnorelay = () => {};

  #makingOffer = false;
  #ignoreOffer = false;
  #restarts = 0;
  #timer = 0;

  // `isPolite`: gives way when both sides offer at once; exactly one side of a pair must be.
  // `isNewcomer`: makes the first offer.
  // `send`: passes {description} or {candidate} to the other side.
  // `refresh`: gives a configuration with a fresh credential.
  constructor({ isPolite, isNewcomer, config, stream, send, refresh }) {
    this.isPolite = isPolite;
    this.send = send;
    this.refresh = refresh;
    this.connection = new RTCPeerConnection(config);
    this.watch = new RelayWatch(this.connection);
    this.watch.ondone = () => this.watch.gotRelay || this.onnorelay();
    this.#listen();
    this.chat = this.connection.createDataChannel('chat', { negotiated: true, id: 0 });
    this.chat.onopen = () => this.onchatopen();
    this.chat.onmessage = ({ data }) => this.onchat(data);
    for (const track of stream?.getTracks() ?? []) this.connection.addTrack(track, stream);
    if (!stream && isNewcomer) {
      for (const kind of ['audio', 'video']) {
        this.connection.addTransceiver(kind, { direction: 'recvonly' });
      }
    }
  }

  close() {
    clearTimeout(this.#timer);
    this.connection.close();
  }

  async receive({ description, candidate }) {
    const { connection } = this;
    if (description) {
      const isReady = !this.#makingOffer && connection.signalingState === 'stable';
      this.#ignoreOffer = description.type === 'offer' && !isReady && !this.isPolite;
      if (this.#ignoreOffer) return;
      await connection.setRemoteDescription(description);
      if (description.type !== 'offer') return;
      await connection.setLocalDescription();
      this.send({ description: connection.localDescription });
    } else if (candidate) {
      try {
        await connection.addIceCandidate(candidate);
      } catch (error) {
        // Candidates of an offer that was ignored belong to nothing.
        if (!this.#ignoreOffer) throw error;
      }
    }
  }

  #listen() {
    const { connection } = this;
    connection.onnegotiationneeded = () => this.#offer();
    connection.onicecandidate = ({ candidate }) => candidate && this.send({ candidate });
    connection.ontrack = ({ streams, track }) =>
      this.onstream(streams[0] ?? new MediaStream([track]));
    connection.onconnectionstatechange = () => this.#follow(connection.connectionState);
  }

  async #offer() {
    try {
      this.#makingOffer = true;
      await this.connection.setLocalDescription();
      this.send({ description: this.connection.localDescription });
    } finally {
      this.#makingOffer = false;
    }
  }

  #follow(state) {
    clearTimeout(this.#timer);
    if (state === 'connected') this.#restarts = 0;
    // Firefox cannot get media going again after `failed`, so do not wait for it.
    if (state === 'disconnected') this.#timer = setTimeout(() => this.#restart(), kRestartAfterMs);
    if (state === 'failed') this.#restart();
    this.onstate(state);
  }

  async #restart() {
    if (this.#restarts++ >= kMaxRestarts) return;
    const config = await this.refresh();
    if (this.connection.signalingState === 'closed') return;
    this.connection.setConfiguration(config);
    this.connection.restartIce();
  }
}
