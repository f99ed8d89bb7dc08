// Koeru.join: puts signalling, credentials and media together.

import type { JoinOptions, Room, SignallingTransport } from '../../koeru.call.js';
import { kClock } from './clock.js';
import { Credentials } from './credentials.js';
import { pageError } from './errors.js';
import { askStatus, fetchIceServers } from './fetches.js';
import { LocalMedia } from './local_media.js';
import { peerRequest } from './media_peer.js';
import { randomId } from './random.js';
import { CallRoom } from './room.js';
import { SignallingSession } from './signalling_session.js';
import { WebSocketTransport, type SocketLike } from './websocket_transport.js';

const kSubprotocol = 'koeru.signal.v1';

export { randomId as newRoomName };

export function webSocketTransport(
  url: string,
  room: string,
  name?: string,
  peer?: () => object | undefined,
): WebSocketTransport {
  const address = serverUrl(url, 'signal');
  return new WebSocketTransport({
    url: address.replace(/^http/, 'ws'),
    session: new SignallingSession(room, randomId(), name, peer),
    connect: (socket) => new WebSocket(socket, kSubprotocol) as unknown as SocketLike,
    clock: kClock,
    random: Math.random,
    ask: () => askStatus(address),
  });
}

export async function join(url: string, name: string, options: JoinOptions = {}): Promise<Room> {
  // Nobody else is to be in the room of who calls the media peer.
  const room = name || !options.peer ? name : randomId();
  if (typeof RTCPeerConnection === 'undefined') {
    const en = 'use a current Chrome, Edge, Firefox or Safari, in which WebRTC is not switched off';
    const ja = 'WebRTC が有効な、最新の Chrome、Edge、Firefox、Safari を使ってください。';
    throw pageError('NotSupportedError', 'this browser has no RTCPeerConnection', en, ja);
  }
  if (typeof room !== 'string' || !room) {
    const en = 'name the room: Koeru.join(url, room)';
    const ja = 'ルームの名前を渡してください： Koeru.join(url, room)';
    throw pageError('TypeError', 'join: no room', en, ja);
  }
  const credentials = credentialsOf(url, options);
  const { peer } = options;
  const call = () => peer && peerRequest(peer, credentials.config.iceServers);
  const transport = options.transport || webSocketTransport(url, room, options.name, call);
  // Before the first connection is made; without an answer direct paths may still work.
  await credentials.refresh();
  const made = new CallRoom({
    room,
    name: options.name || '',
    relayOnly: options.relayOnly === true,
    transport,
    credentials,
    clock: kClock,
    isFirefox: /Firefox\//.test(navigator.userAgent),
  });
  const open = options.getUserMedia || ((c) => navigator.mediaDevices.getUserMedia(c));
  made.media = new LocalMedia(options.stream || null, open, () => made.sync());
  return new Promise((resolve, reject) => {
    made.open(
      () => {
        followNetwork(made, transport);
        resolve(made);
        if (credentials.problem && options.relayOnly) {
          const { problem } = credentials;
          // After whoever waits for the room has had the time to listen.
          setTimeout(() => made.emit('error', problem));
        }
      },
      (error) => {
        credentials.close();
        reject(error);
      },
    );
  });
}

function credentialsOf(url: string, { iceServers, relayOnly }: JoinOptions): Credentials {
  const address = iceServers ? 'iceServers' : serverUrl(url, 'ice-servers');
  const fetch =
    typeof iceServers === 'function'
      ? iceServers
      : async () => (iceServers ? { iceServers } : fetchIceServers(address));
  return new Credentials({ fetch, relayOnly: relayOnly === true, url: address, clock: kClock });
}

// `url` is the server's page, or this page's server.
function serverUrl(url: string, path: string): string {
  const base = new URL(url || '/', location.href);
  return new URL(path, base.href.replace(/^ws/, 'http').replace(/\/?$/, '/')).href;
}

// Another network: what was found on the old one is worth nothing.
function followNetwork(room: CallRoom, transport: SignallingTransport): void {
  const online = () => {
    if (transport instanceof WebSocketTransport) transport.reconnect();
    room.restart();
  };
  const leave = () => room.leave();
  addEventListener('online', online);
  addEventListener('pagehide', leave);
  const { connection } = navigator as { connection?: EventTarget };
  if (connection) connection.addEventListener('change', online);
  const off = room.on('state', (state) => {
    if (state !== 'closed') return;
    off();
    removeEventListener('online', online);
    removeEventListener('pagehide', leave);
    if (connection) connection.removeEventListener('change', online);
  });
}
