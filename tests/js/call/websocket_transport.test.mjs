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

// `answers`: what the server says to plain requests, one after the other; then always null.
function transport(answers = []) {
  const clock = new FakeClock();
  const sockets = [];
  const heard = [];
  const session = new SignallingSession('blue-whale', 'SECRETSECRETSECRETSECR', 'Aki');
  const connect = () => {
    sockets.push(new FakeSocket());
    return sockets.at(-1);
  };
  const asked = [];
  const ask = async () => {
    asked.push(clock.now());
    return answers.length ? answers.shift() : null;
  };
  const random = () => 0.5;
  const made = new WebSocketTransport({ url: 'wss://x', session, connect, clock, random, ask });
  const note = (what) => (...values) => heard.push([what, ...values]);
  made.open({
    joined: ({ self }) => heard.push(['joined', self]),
    memberJoined: ({ id }) => heard.push(['member', id]),
    memberLeft: note('left'),
    signal: (from, data) => heard.push(['signal', data.x]),
    state: note('state'),
    error: ({ code }, isFinal) => heard.push(['error', code, isFinal]),
  });
  return { made, clock, sockets, heard, asked };
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

// Comes back again and again, each time by `step`, until nothing is tried any more.
async function comeBack({ clock, sockets, heard }, step, most = 100) {
  enter(sockets[0]);
  sockets[0].break();
  for (let i = 1; i < most; ++i) {
    for (let ms = 0; sockets.length <= i && ms < 11_000; ms += 100) await clock.pass(100);
    if (sockets.length <= i) return { tries: i - 1, last: heard.at(-1) };
    step(sockets[i]);
  }
  return { tries: most - 1, last: heard.at(-1) };
}

test('a refusal that no waiting changes ends it on the way back, too', async () => {
  for (const code of ['bad-room', 'bad-message', 'already-joined']) {
    const all = transport();
    const outcome = await comeBack(all, (socket) => {
      socket.open();
      socket.say({ type: 'error', code, message: 'why', fatal: false });
    });
    assert.deepEqual(outcome, { tries: 1, last: ['error', code, true] });
  }
});

test('a room that stays full ends it after eight tries, and is told of twice, not eight times', async () => {
  const all = transport();
  const outcome = await comeBack(all, (socket) => {
    socket.open();
    socket.say({ type: 'error', code: 'room-full', message: 'why', fatal: false });
  });
  assert.deepEqual(outcome, { tries: 8, last: ['error', 'room-full', true] });
  const told = all.heard.filter(([what, code]) => what === 'error' && code === 'room-full');
  assert.deepEqual(told, [['error', 'room-full', false], ['error', 'room-full', true]]);
});

test('a room that has a place again is entered, and refusals count from the start', async () => {
  const all = transport();
  let tries = 0;
  const outcome = await comeBack(
    all,
    (socket) => {
      socket.open();
      if (++tries % 7 === 0) {
        socket.say({ type: 'resumed', received: 0 });
        socket.break();
      } else socket.say({ type: 'error', code: 'room-full', message: 'why', fatal: false });
    },
    30,
  );
  assert.equal(outcome.tries, 29);
  assert.ok(all.heard.every(([what, , isFinal]) => what !== 'error' || !isFinal));
});

test('"too fast" on the way back is waited for as long as it takes', async () => {
  const outcome = await comeBack(transport(), (socket) => {
    socket.open();
    socket.say({ type: 'error', code: 'too-fast', message: 'why', fatal: false });
  });
  assert.equal(outcome.tries, 99);
});

test('a server that refuses the WebSocket itself ends it; one that is away, busy or starting does not', async () => {
  const forbidden = transport(Array(100).fill(403));
  const outcome = await comeBack(forbidden, (socket) => socket.break());
  assert.deepEqual(outcome, { tries: 10, last: ['error', 'refused', true] });
  for (const answer of [null, 429, 502, 503]) {
    const other = await comeBack(transport(Array(100).fill(answer)), (socket) => socket.break());
    assert.equal(other.tries, 99, String(answer));
  }
  // In between it was not there at all: it is counted anew.
  const mixed = transport([403, 403, 403, 403, 403, 403, 403, null, ...Array(100).fill(0)]);
  assert.equal((await comeBack(mixed, (socket) => socket.break())).tries, 2 + 8 + 8);
});

test('nobody is asked why while connections come up', async () => {
  const all = transport();
  await comeBack(all, (socket) => (socket.open(), socket.break()), 20);
  assert.deepEqual(all.asked, []);
});

test('before the room a refusal is told from a server that is not there', async () => {
  const { clock, sockets, heard } = transport([404]);
  for (let i = 0; i < 3; ++i) {
    sockets[i].break();
    await clock.pass(1_000);
  }
  assert.deepEqual(heard, [['error', 'refused', true]]);
});

test('who leaves while the server is asked is not brought back', async () => {
  let answer;
  const { made, clock, sockets, heard } = transport([new Promise((resolve) => (answer = resolve))]);
  for (let i = 0; i < 3; ++i) {
    sockets[i].break();
    await clock.pass(1_000);
  }
  made.close();
  answer(403);
  await clock.pass(100_000);
  assert.deepEqual([sockets.length, heard], [3, []]);
});
