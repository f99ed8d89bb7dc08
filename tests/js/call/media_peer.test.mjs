// What `join` says of the server's own media peer.

import assert from 'node:assert/strict';
import test from 'node:test';
import { peerRequest } from '../../../build/js/call/media_peer.js';
import { SignallingSession } from '../../../build/js/call/signalling_session.js';

const kServers = [
  { urls: ['stun:relay.example'] },
  { urls: ['turn:relay.example'], username: '1:aki', credential: 'secret' },
];

test('the credential is that of the first server that has one', () => {
  assert.deepEqual(peerRequest({ mode: 'delay', delay: 2 }, kServers), {
    mode: 'delay', delay: 2, username: '1:aki', credential: 'secret',
  });
});

test('what is not known is left out of the message', () => {
  const session = new SignallingSession('blue-whale', 'SECRET', '', () => peerRequest({}, []));
  assert.deepEqual(JSON.parse(session.join()), {
    type: 'join', room: 'blue-whale', secret: 'SECRET', peer: {},
  });
});

test('who asks for no peer says nothing of one', () => {
  const session = new SignallingSession('blue-whale', 'SECRET', 'Aki');
  assert.deepEqual(JSON.parse(session.join()), {
    type: 'join', room: 'blue-whale', secret: 'SECRET', name: 'Aki',
  });
});

test('the credential is asked for at each join, because the one before may have expired', () => {
  let servers = [];
  const session = new SignallingSession('blue-whale', 'SECRET', '', () => peerRequest({}, servers));
  session.join();
  servers = kServers;
  assert.equal(JSON.parse(session.join()).peer.credential, 'secret');
});
