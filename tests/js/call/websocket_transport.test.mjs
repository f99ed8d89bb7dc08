// The transport against a server made of the rules of SIGNALLING.md: connections break, time passes.

import assert from 'node:assert/strict';
import test from 'node:test';
import { SignallingSession } from '../../../build/js/call/signalling_session.js';
import { WebSocketTransport } from '../../../build/js/call/websocket_transport.js';
import { FakeClock, settled } from '../support/fake_clock.mjs';

class FakeSocket {
  sent = [];
  closed = null;
  send(text) {
    this.sent.push(JSON.parse(text));
  }
  close(code) {
    this.closed = code;
  }
  open() {
    this.onopen?.();
  }
  say(message) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  break() {
    this.onclose?.();
  }
}

function transport() {
  const clock = new FakeClock();
  const sockets = [];
  const heard = [];
  const session = new SignallingSession('blue-whale', 'SECRETSECRETSECRETSECR', 'Aki');
  const connect = () => {
    sockets.push(new FakeSocket());
    return sockets.at(-1);
  };
  const made = new WebSocketTransport({ url: 'wss://x', session, connect, clock, random: () => 0.5 });
  const note = (what) => (...values) => heard.push([what, ...values]);
  made.open({
    joined: ({ self }) => heard.push(['joined', self]),
    memberJoined: ({ id }) => heard.push(['member', id]),
    memberLeft: note('left'),
    signal: (from, data) => heard.push(['signal', data.x]),
    state: note('state'),
    error: ({ code }, isFinal) => heard.push(['error', code, isFinal]),
  });
  return { made, clock, sockets, heard };
}

function enter(socket) {
  socket.open();
  socket.say({ type: 'joined', self: 'A', members: [], grace: 30 });
}

const joinMessage = {
  type: 'join',
  room: 'blue-whale',
  secret: 'SECRETSECRETSECRETSECR',
  name: 'Aki',
};

test('joins with a secret, and numbers its signals', () => {
  const { made, sockets, heard } = transport();
  enter(sockets[0]);
  made.send('B', { x: 1 });
  made.send('B', { x: 2 });
  assert.deepEqual(sockets[0].sent, [
    joinMessage,
    { type: 'signal', to: 'B', data: { x: 1 }, n: 1 },
    { type: 'signal', to: 'B', data: { x: 2 }, n: 2 },
  ]);
  assert.deepEqual(heard, [['state', 'open'], ['joined', 'A']]);
});

test('comes back where it was: says what came, sends again what did not arrive', async () => {
  const { made, clock, sockets, heard } = transport();
  enter(sockets[0]);
  sockets[0].say({ type: 'member-joined', id: 'B' });
  sockets[0].say({ type: 'signal', from: 'B', data: { x: 0 } });
  made.send('B', { x: 1 });
  made.send('B', { x: 2 });
  sockets[0].break();
  made.send('B', { x: 3 });
  await clock.pass(1_000);
  sockets[1].open();
  assert.deepEqual(sockets[1].sent, [
    { type: 'resume', room: 'blue-whale', secret: joinMessage.secret, received: 2 },
  ]);
  sockets[1].say({ type: 'resumed', self: 'A', room: 'blue-whale', received: 1 });
  assert.deepEqual(
    sockets[1].sent.slice(1).map(({ n, data }) => [n, data.x]),
    [[2, 2], [3, 3]],
  );
  assert.deepEqual(heard.slice(4), [
    ['state', 'reconnecting'],
    ['error', 'server-lost', false],
    ['state', 'open'],
  ]);
});

test('a restarted server: joins anew with the same secret, and numbers from 1', async () => {
  const { made, clock, sockets, heard } = transport();
  enter(sockets[0]);
  made.send('B', { x: 1 });
  sockets[0].break();
  await clock.pass(1_000);
  sockets[1].open();
  sockets[1].say({ type: 'error', code: 'not-resumable', message: '', fatal: false });
  assert.deepEqual(sockets[1].sent.at(-1), joinMessage);
  sockets[1].say({ type: 'joined', self: 'A', members: [], grace: 30 });
  assert.equal(heard.filter(([what]) => what === 'joined').length, 2);
  made.send('B', { x: 2 });
  assert.equal(sockets[1].sent.at(-1).n, 1);
});

test('acknowledges after sixteen messages, and forgets what is acknowledged', async () => {
  const { made, clock, sockets } = transport();
  enter(sockets[0]);
  for (let i = 0; i < 16; ++i) sockets[0].say({ type: 'signal', from: 'B', data: { x: i } });
  assert.deepEqual(sockets[0].sent.at(-1), { type: 'ack', received: 16 });
  for (let i = 0; i < 16; ++i) made.send('B', { x: i });
  assert.deepEqual(sockets[0].sent.at(-1), { type: 'ack', received: 16 });
  sockets[0].say({ type: 'ack', received: 15 });
  sockets[0].break();
  await clock.pass(1_000);
  sockets[1].open();
  sockets[1].say({ type: 'resumed', received: 15 });
  assert.deepEqual(sockets[1].sent.slice(1).map(({ n }) => n), [16]);
});

test('a connection that has died in silence is found out and left', async () => {
  const { clock, sockets } = transport();
  enter(sockets[0]);
  await clock.pass(10_000);
  assert.deepEqual(sockets[0].sent.at(-1), { type: 'ack', received: 0 });
  sockets[0].say({ type: 'ack', received: 0 });
  await clock.pass(17_999);
  assert.equal(sockets[0].closed, null);
  await clock.pass(1);
  assert.equal(sockets[0].closed, 4000, 'which means: I come back');
  await clock.pass(1_000);
  assert.equal(sockets.length, 2);
});

test('when a path to a member broke, the server must answer soon', async () => {
  const { made, clock, sockets } = transport();
  made.check();
  enter(sockets[0]);
  made.check();
  made.check();
  assert.deepEqual(sockets[0].sent.slice(1), [{ type: 'ack', received: 0 }], 'asked once');
  sockets[0].say({ type: 'ack', received: 0 });
  await clock.pass(9_000);
  assert.equal(sockets[0].closed, null);
  made.check();
  await clock.pass(2_999);
  assert.equal(sockets[0].closed, null);
  await clock.pass(1);
  assert.equal(sockets[0].closed, 4000);
  await clock.pass(1_000);
  enter(sockets[1]);
  made.check();
  assert.equal(sockets[1].sent.at(-1).type, 'ack', 'and the next connection is asked, too');
});

test('what was dropped for speed is sent again a little later', async () => {
  const { made, clock, sockets } = transport();
  enter(sockets[0]);
  made.send('B', { x: 1 });
  made.send('B', { x: 2 });
  sockets[0].say({ type: 'error', code: 'too-fast', message: '', fatal: false });
  sockets[0].say({ type: 'ack', received: 1 });
  await clock.pass(2_000);
  assert.deepEqual(sockets[0].sent.slice(3).map(({ n }) => n), [2]);
});

test('a server that is not there is given up after three attempts; a lost one never', async () => {
  const { clock, sockets, heard } = transport();
  for (let i = 0; i < 3; ++i) {
    sockets[i].break();
    await clock.pass(1_000);
  }
  assert.deepEqual(heard, [['error', 'no-server', true]]);
  await clock.pass(100_000);
  assert.equal(sockets.length, 3);

  const other = transport();
  enter(other.sockets[0]);
  for (let i = 0; i < 50; ++i) {
    other.sockets.at(-1).break();
    await other.clock.pass(8_000);
    assert.equal(other.sockets.length, i + 2);
  }
});

test('refusals before the room are final, and so is being replaced', async () => {
  for (const code of ['room-full', 'bad-room', 'server-full', 'too-fast']) {
    const { clock, sockets, heard } = transport();
    sockets[0].open();
    sockets[0].say({ type: 'error', code, message: 'why', fatal: false });
    assert.deepEqual(heard, [['error', code, true]]);
    await clock.pass(100_000);
    assert.equal(sockets.length, 1);
  }
  const { clock, sockets, heard } = transport();
  enter(sockets[0]);
  sockets[0].say({ type: 'error', code: 'replaced', message: '', fatal: true });
  assert.deepEqual(heard.at(-1), ['error', 'replaced', true]);
  await clock.pass(100_000);
  assert.equal(sockets.length, 1);
});

test('leaving says so, and nothing comes back', async () => {
  const { made, clock, sockets } = transport();
  enter(sockets[0]);
  made.close();
  assert.deepEqual(sockets[0].sent.at(-1), { type: 'leave' });
  assert.equal(sockets[0].closed, 1000);
  await clock.pass(100_000);
  await settled();
  assert.equal(sockets.length, 1);
});
