import assert from 'node:assert/strict';
import test from 'node:test';
import { gather } from '../../../build/js/diagnose/gather.js';
import { FakeClock, settled } from '../support/fake_clock.mjs';

class FakeConnection extends EventTarget {
  iceGatheringState = 'new';
  isClosed = false;
  createDataChannel() {}
  async createOffer() {
    return { type: 'offer', sdp: '' };
  }
  async setLocalDescription() {
    this.iceGatheringState = 'gathering';
  }
  close() {
    this.isClosed = true;
  }
  tell(type, fields) {
    this.dispatchEvent(Object.assign(new Event(type), fields));
  }
  finish() {
    this.iceGatheringState = 'complete';
    this.tell('icegatheringstatechange', {});
  }
}

function start(signal) {
  const clock = new FakeClock();
  const connection = new FakeConnection();
  const context = {
    make: () => connection,
    now: () => clock.now(),
    setTimeout: (run, ms) => clock.setTimeout(run, ms),
    clearTimeout: (id) => clock.clearTimeout(id),
  };
  return { clock, connection, result: gather(context, {}, 12_000, signal) };
}

const kRelay = 'candidate:1 1 udp 1 203.0.113.7 50000 typ relay raddr 0.0.0.0 rport 0';

test('addresses, the time of the first one, and the time of the end', async () => {
  const { clock, connection, result } = start();
  await clock.pass(30);
  connection.tell('icecandidate', {
    candidate: { candidate: 'candidate:1 1 udp 1 10.0.0.1 5 typ host' },
  });
  await clock.pass(30);
  connection.tell('icecandidate', { candidate: { candidate: kRelay, relayProtocol: 'udp' } });
  await clock.pass(40);
  connection.tell('icecandidate', { candidate: null });
  connection.finish();
  const { addresses, firstMs, doneMs } = await result;
  assert.deepEqual(
    addresses.map(({ type }) => type),
    ['host', 'relay'],
  );
  assert.deepEqual([firstMs, doneMs], [60, 100]);
  assert.equal(connection.isClosed, true);
});

test('the same error from each interface is told once', async () => {
  const { connection, result } = start();
  await settled();
  const error = { errorCode: 401, errorText: 'Unauthorized' };
  connection.tell('icecandidateerror', error);
  connection.tell('icecandidateerror', error);
  connection.tell('icecandidateerror', { errorCode: 701, errorText: 'timed out' });
  connection.finish();
  assert.deepEqual(
    (await result).errors.map(({ code }) => code),
    [401, 701],
  );
});

test('a browser that does not get done is waited for no longer than asked', async () => {
  const { clock, connection, result } = start();
  await clock.pass(12_000);
  assert.equal((await result).doneMs, null);
  assert.equal(connection.isClosed, true);
});

test('it ends at once when it is told to', async () => {
  const controller = new AbortController();
  const { connection, result } = start(controller.signal);
  await settled();
  controller.abort();
  await result;
  assert.equal(connection.isClosed, true);
});
