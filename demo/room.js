// The signalling side of a room, as native_server/web/SIGNALLING.md describes it.
//
//   const room = new Room(id, name);
//   room.onjoined = ({ self, members }) => ...
//   room.onsignal = (from, data) => ...
//   room.send(to, { description });

export class RoomError extends Error {
  constructor(code, message) {
    super(message);
    this.name = 'RoomError';
    this.code = code;
  }
}

export class Room {
  onjoined = () => {};
  onmemberjoined = () => {};
  onmemberleft = () => {};
  onsignal = () => {};
  // A RoomError: a code of the server, or 'no-server' or 'server-lost'.
  onerror = () => {};

  #socket;
  #isIn = false;

  constructor(id, name) {
    const url = new URL('/signal', location.href.replace(/^http/, 'ws'));
    this.#socket = new WebSocket(url, 'koeru.signal.v1');
    this.#socket.onopen = () => this.#send({ type: 'join', room: id, ...(name ? { name } : {}) });
    this.#socket.onmessage = (event) => this.#receive(JSON.parse(event.data));
    this.#socket.onclose = () => {
      this.onerror(new RoomError(this.#isIn ? 'server-lost' : 'no-server', ''));
    };
  }

  send(to, data) {
    this.#send({ type: 'signal', to, data });
  }

  leave() {
    this.#socket.onclose = null;
    if (this.#isIn) this.#send({ type: 'leave' });
    this.#socket.close();
  }

  #send(message) {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #receive(message) {
    if (message.type === 'joined') {
      this.#isIn = true;
      this.onjoined(message);
    } else if (message.type === 'member-joined') {
      this.onmemberjoined(message);
    } else if (message.type === 'member-left') {
      this.onmemberleft(message.id);
    } else if (message.type === 'signal') {
      this.onsignal(message.from, message.data);
    } else if (message.type === 'error' && message.code !== 'unknown-member') {
      // Somebody who has just left is no error to show.
      this.onerror(new RoomError(message.code, message.message));
    }
  }
}

// 128 random bits: whoever knows the name of a room can join it.
export function newRoomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .slice(0, 22);
}
