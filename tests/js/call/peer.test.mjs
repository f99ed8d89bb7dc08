// A peer around fake RTCPeerConnections, which do as much as it takes to be replaced.

import assert from 'node:assert/strict';
import test, { afterEach, beforeEach } from 'node:test';
import { Peer } from '../../../build/js/call/peer.js';
import { FakeClock, settled } from '../support/fake_clock.mjs';

class FakeConnection extends EventTarget {
  static made = [];
  signalingState = 'stable';
  connectionState = 'new';
  iceGatheringState = 'new';
  localDescription = null;
  currentLocalDescription = null;
  currentRemoteDescription = null;
  channels = [];
  constructor(config) {
    super();
    this.config = config;
    FakeConnection.made.push(this);
  }
  get remoteDescription() {
    return this.currentRemoteDescription;
  }
  createDataChannel(label) {
    const channel = Object.assign(new EventTarget(), { label, readyState: 'connecting' });
    this.channels.push(channel);
    return channel;
  }
  setConfiguration(config) {
    this.config = config;
  }
  addTransceiver() {}
  async setLocalDescription() {
    const isAnswer = this.signalingState === 'have-remote-offer';
    this.signalingState = isAnswer ? 'stable' : 'have-local-offer';
    this.localDescription = { type: isAnswer ? 'answer' : 'offer', sdp: '' };
  }
  async setRemoteDescription(description) {
    this.signalingState = description.type === 'offer' ? 'have-remote-offer' : 'stable';
    this.currentRemoteDescription = description;
  }
  restartIce() {
    this.restarts = (this.restarts ?? 0) + 1;
  }
  close() {
    this.signalingState = 'closed';
  }
  goes(state) {
    this.connectionState = state;
    this.onconnectionstatechange();
  }
  gathersNothing() {
    this.iceGatheringState = 'complete';
    this.dispatchEvent(new Event('icegatheringstatechange'));
  }
}

const native = globalThis.RTCPeerConnection;
beforeEach(() => {
  globalThis.RTCPeerConnection = FakeConnection;
  FakeConnection.made = [];
});
afterEach(() => {
  globalThis.RTCPeerConnection = native;
});

// Credentials are numbered: each `refresh` gives the next.
async function peer(isNewcomer = true) {
  const clock = new FakeClock();
  const sent = [];
  const heard = [];
  let number = 1;
  const note = (what) => (value) => heard.push([what, value]);
  const made = new Peer(
    {
      member: 'Bo', isPolite: true, clock, isFirefox: true,
      config: () => ({ number }),
      refresh: async () => ({ number: ++number }),
      tracks: () => new Map(),
      send: ({ g, description, fresh }) => sent.push([g, description?.type, fresh === true]),
      onstate() {}, onkinds() {}, ontrack() {}, onreplaced() {}, ping() {}, oncontrolopen() {},
      oncontrol: note('control'), ondata: note('data'), onfile() {},
      onnorelay: () => heard.push(['no relay']),
      onerror: (error) => assert.fail(error),
    },
    isNewcomer,
  );
  await settled();
  return { made, clock, sent, heard };
}

const answer = { g: 1, description: { type: 'answer', sdp: '' } };

async function connectedPeer() {
  const all = await peer();
  const [first] = FakeConnection.made;
  first.onnegotiationneeded();
  await settled();
  all.made.receive(answer);
  await settled();
  first.goes('connected');
  return { ...all, first };
}

test('a connection that is made anew has fresh credentials, whichever side began', async () => {
  const { made, clock, first } = await connectedPeer();
  assert.deepEqual(first.config, { number: 1 });
  first.goes('failed');
  await clock.pass(1);
  assert.deepEqual(FakeConnection.made.map(({ config }) => config.number), [1, 2]);
  made.receive({ g: 3, description: { type: 'offer', sdp: '' }, fresh: true });
  await settled();
  assert.deepEqual(FakeConnection.made.map(({ config }) => config.number), [1, 2, 3]);
  made.close();
});

test('one that was made while nobody could be told of it is offered again by either side', async () => {
  for (const isOffering of [true, false]) {
    FakeConnection.made = [];
    const { made, clock, first, sent } = await connectedPeer();
    first.goes('failed');
    await clock.pass(1);
    FakeConnection.made[1].onnegotiationneeded();
    await settled();
    await made.resync(isOffering);
    FakeConnection.made[2].onnegotiationneeded();
    await settled();
    assert.deepEqual(sent, [[1, 'offer', true], [2, 'offer', true], [3, 'offer', true]]);
    made.close();
  }
});

test('what a connection before this one brings late is not heard', async () => {
  const { made, clock, first, heard } = await connectedPeer();
  const [control, data] = first.channels;
  control.onmessage({ data: '{"type":"text"}' });
  data.onmessage({ data: 'early' });
  first.goes('failed');
  await clock.pass(1);
  control.onmessage({ data: '{"type":"text"}' });
  data.onmessage({ data: 'late' });
  assert.deepEqual(heard, [['control', '{"type":"text"}'], ['data', 'early']]);
  made.close();
});

test('no relay for a connection that is about to be replaced is nothing to tell of', async () => {
  const { made, clock, first, heard } = await connectedPeer();
  first.gathersNothing();
  assert.deepEqual(heard, [['no relay']]);
  first.goes('failed');
  await clock.pass(1);
  const resynced = made.resync(false);
  FakeConnection.made[1].gathersNothing();
  await resynced;
  assert.deepEqual(heard, [['no relay']]);
  FakeConnection.made[2].gathersNothing();
  assert.equal(heard.length, 2);
  made.close();
});
