// Two negotiations with each other, over fakes of RTCPeerConnection that keep to the rules of its
// signalling states, and a wire that delivers when the test says so.

import assert from 'node:assert/strict';
import test from 'node:test';
import { withDtlsRole } from '../../../build/js/call/dtls_role.js';
import { Negotiation } from '../../../build/js/call/negotiation.js';
import { settled } from '../support/fake_clock.mjs';

let lastId = 0;

class FakeConnection {
  signalingState = 'stable';
  localDescription = null;
  remoteDescription = null;
  currentLocalDescription = null;
  currentRemoteDescription = null;
  restarts = 0;
  candidates = [];

  async setLocalDescription(given) {
    await null;
    if (given?.type === 'rollback') return this.#rollback();
    const isAnswer = this.signalingState === 'have-remote-offer';
    const setup = isAnswer ? 'active' : 'actpass';
    const sdp = `v=0\r\na=setup:${setup}\r\na=id:${++lastId}\r\n`;
    this.localDescription = { type: isAnswer ? 'answer' : 'offer', sdp };
    this.signalingState = isAnswer ? 'stable' : 'have-local-offer';
    if (isAnswer) this.#agree();
  }

  async setRemoteDescription(description) {
    await null;
    if (description.type === 'offer') {
      if (this.signalingState === 'have-local-offer') this.#rollback();
      assert.equal(this.signalingState, 'stable');
      this.signalingState = 'have-remote-offer';
    } else {
      assert.equal(this.signalingState, 'have-local-offer', 'an answer to nothing');
      this.signalingState = 'stable';
    }
    this.remoteDescription = description;
    if (description.type === 'answer') this.#agree();
  }

  async addIceCandidate(candidate) {
    if (candidate.bad) throw Object.assign(new Error('of another offer'), { name: candidate.bad });
    this.candidates.push(candidate);
  }

  restartIce() {
    ++this.restarts;
  }

  #rollback() {
    assert.equal(this.signalingState, 'have-local-offer');
    this.signalingState = 'stable';
    this.localDescription = this.currentLocalDescription;
  }

  #agree() {
    this.currentLocalDescription = this.localDescription;
    this.currentRemoteDescription = this.remoteDescription;
  }
}

function pair() {
  const sides = [0, 1].map((i) => {
    const connection = new FakeConnection();
    const wire = [];
    const negotiation = new Negotiation(connection, i === 0, (message) => wire.push(message));
    return { connection, wire, negotiation };
  });
  const deliver = async () => {
    for (let rounds = 0; rounds < 20; ++rounds) {
      await settled();
      const messages = sides.map(({ wire }) => wire.splice(0));
      if (!messages.flat().length) return;
      await Promise.all(
        messages.flatMap((list, i) => list.map((m) => sides[1 - i].negotiation.receive(m))),
      );
    }
    assert.fail('they never agree');
  };
  return { sides, deliver };
}

function assertAgreed([a, b]) {
  for (const { connection } of [a, b]) assert.equal(connection.signalingState, 'stable');
  assert.equal(a.connection.currentLocalDescription.type === 'answer' ? 'a' : 'b',
    b.connection.currentLocalDescription.type === 'offer' ? 'a' : 'b');
  assert.equal(idOf(a.connection.currentLocalDescription), idOf(b.connection.currentRemoteDescription));
  assert.equal(idOf(b.connection.currentLocalDescription), idOf(a.connection.currentRemoteDescription));
}

const idOf = ({ sdp }) => /a=id:(\d+)/.exec(sdp)[1];

test('an offer is answered', async () => {
  const { sides, deliver } = pair();
  await sides[0].negotiation.offer();
  await deliver();
  assertAgreed(sides);
});

test('when both offer at once the polite one gives way, a hundred times', async () => {
  const { sides, deliver } = pair();
  for (let i = 0; i < 100; ++i) {
    await Promise.all(sides.map(({ negotiation }) => negotiation.offer()));
    await deliver();
    assertAgreed(sides);
    assert.equal(sides[0].connection.currentLocalDescription.type, 'answer');
  }
});

test('an offer that comes while one is being made is a collision, too', async () => {
  const { sides, deliver } = pair();
  const making = sides[1].negotiation.offer();
  await sides[1].negotiation.receive({ description: { type: 'offer', sdp: 'a=id:0' } });
  await making;
  await deliver();
  assertAgreed(sides);
});

test('candidates of an ignored offer, or of ICE before a restart, are nothing to complain of', async () => {
  const { sides } = pair();
  await sides[1].negotiation.offer();
  await sides[1].negotiation.receive({ description: { type: 'offer', sdp: 'a=id:0' } });
  await sides[1].negotiation.receive({ candidates: [{ bad: 'TypeError' }] });
  await sides[0].negotiation.receive({ candidates: [{ bad: 'OperationError' }] });
  await assert.rejects(sides[0].negotiation.receive({ candidates: [{ bad: 'TypeError' }] }));
});

test('an offer without an answer is taken back, and a late answer to it is ignored', async () => {
  const { sides, deliver } = pair();
  await sides[0].negotiation.offer();
  sides[0].wire.length = 0; // lost
  await sides[0].negotiation.takeBack();
  await sides[0].negotiation.restart();
  assert.equal(sides[0].connection.signalingState, 'stable');
  assert.equal(sides[0].connection.restarts, 1);
  await sides[0].negotiation.receive({ description: { type: 'answer', sdp: 'a=id:0' } });
  await sides[0].negotiation.offer();
  await deliver();
  assertAgreed(sides);
});

test('a restart while an offer waits for its answer is done again after that answer', async () => {
  const { sides: [a], deliver } = pair();
  await a.negotiation.offer();
  await a.negotiation.restart();
  assert.equal(a.connection.restarts, 1);
  await deliver();
  assert.equal(a.connection.restarts, 2, 'the offer may have been of the network before');
  await a.negotiation.restart();
  await a.negotiation.offer();
  await deliver();
  assert.equal(a.connection.restarts, 3);
});

test('later offers name the DTLS role that was agreed on', async () => {
  const { sides, deliver } = pair();
  await sides[0].negotiation.offer();
  assert.match(sides[0].wire[0].description.sdp, /a=setup:actpass/);
  await deliver();
  await sides[0].negotiation.offer();
  assert.match(sides[0].wire[0].description.sdp, /a=setup:passive\r\n/);
  await deliver();
  await sides[1].negotiation.offer();
  assert.match(sides[1].wire[0].description.sdp, /a=setup:active\r\n/);
});

test('a role is only put where none was chosen', () => {
  const sdp = 'm=1\r\na=setup:actpass\r\nm=2\r\na=setup:actpass\r\na=x:a=setup:actpass\r\n';
  assert.equal(withDtlsRole(sdp, null, null), sdp);
  assert.equal(
    withDtlsRole(sdp, { type: 'answer', sdp: 'a=setup:passive\r\n' }, null),
    'm=1\r\na=setup:passive\r\nm=2\r\na=setup:passive\r\na=x:a=setup:actpass\r\n',
  );
});
