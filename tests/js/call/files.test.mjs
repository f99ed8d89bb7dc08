// Sending and receiving files over two ends of a fake data channel, whose buffer the test empties.

import assert from 'node:assert/strict';
import test from 'node:test';
import { receiveFile } from '../../../build/js/call/file_receiver.js';
import { FileSender } from '../../../build/js/call/file_sender.js';
import { ChannelWriter } from '../../../build/js/call/channel_writer.js';
import { settled } from '../support/fake_clock.mjs';

class FakeChannel extends EventTarget {
  readyState = 'open';
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  binaryType = 'blob';
  log = [];
  send(data) {
    assert.equal(this.readyState, 'open');
    this.log.push(data);
    if (this.fills) this.bufferedAmount += data.byteLength ?? data.length;
    else queueMicrotask(() => this.other.arrive(data));
  }
  arrive(data) {
    if (this.readyState === 'closed') return;
    this.dispatchEvent(Object.assign(new Event('message'), { data }));
  }
  // What was sent before still arrives.
  close() {
    if (this.readyState === 'closed') return;
    this.readyState = 'closed';
    setImmediate(() => {
      for (const end of [this, this.other]) {
        end.readyState = 'closed';
        end.dispatchEvent(new Event('close'));
      }
    });
  }
  drain() {
    this.bufferedAmount = 0;
    this.dispatchEvent(new Event('bufferedamountlow'));
  }
}

function channels() {
  const ends = [new FakeChannel(), new FakeChannel()];
  [ends[0].other, ends[1].other] = [ends[1], ends[0]];
  return ends;
}

const kMember = { id: 'b', name: 'Bo' };

async function offer(bytes, name = 'a.bin') {
  const [here, there] = channels();
  let offered;
  receiveFile(there, kMember, (given) => (offered = given));
  const sender = new FileSender(here, kMember, new Blob([bytes], { type: 'text/x' }), name);
  await settled();
  return { here, there, sender, offered };
}

const kBytes = new Uint8Array(300_000).map((_, i) => i * 13);

test('what arrives is what was sent, in pieces of 64 KiB', async () => {
  const { here, sender, offered } = await offer(kBytes);
  assert.deepEqual([offered.name, offered.size, offered.type], ['a.bin', 300_000, 'text/x']);
  const blob = await offered.accept().done;
  await sender.done;
  assert.deepEqual(new Uint8Array(await blob.arrayBuffer()), kBytes);
  const sizes = here.log.filter((data) => typeof data !== 'string').map((data) => data.byteLength);
  assert.deepEqual(sizes, [65_536, 65_536, 65_536, 65_536, 37_856]);
  assert.equal(sender.bytes, 300_000);
});

test('nothing is sent before it is accepted, and a second accept is the first', async () => {
  const { here, offered } = await offer(kBytes);
  assert.equal(here.log.length, 1);
  assert.equal(offered.accept(), offered.accept());
});

test('the sender waits for the acknowledgements of a sink that is slow', async () => {
  const { here, sender, offered } = await offer(new Uint8Array(6 << 20));
  let goOn;
  const open = new Promise((resolve) => (goOn = resolve));
  const receiving = offered.accept(() => open);
  for (let i = 0; i < 400; ++i) await settled();
  const sent = () => here.log.reduce((sum, data) => sum + (data.byteLength ?? 0), 0);
  assert.equal(sent(), 4 << 20);
  assert.equal(sender.bytes, 0);
  goOn();
  await Promise.all([sender.done, receiving.done]);
  assert.equal(sent(), 6 << 20);
});

test('a channel whose buffer is full is waited for', async () => {
  const [here] = channels();
  here.fills = true;
  const writer = new ChannelWriter(here, () => new Error('closed'));
  await writer.send(new Uint8Array(1 << 19));
  let isSent = false;
  const waiting = writer.send(new Uint8Array(1 << 19)).then(() => (isSent = true));
  await settled();
  assert.equal(isSent, false);
  here.drain();
  await waiting;
  const full = writer.send(new Uint8Array(1 << 20));
  await settled();
  here.close();
  await assert.rejects(full, /closed/);
  await assert.rejects(writer.send('x'), /closed/);
});

test('a receiver believes neither false sizes nor strange messages', async () => {
  for (const [data, reason] of [
    [new Uint8Array(300_001).buffer, /more bytes than were announced/],
    ['{"type":"what"}', /unknown message/],
    ['no JSON', /unknown message/],
  ]) {
    const { there, offered } = await offer(kBytes);
    const receiving = offered.accept(() => new Promise(() => {}));
    there.arrive(data);
    await assert.rejects(receiving.done, (error) => error.code === 'protocol' && reason.test(error.message));
  }
});

test('a receiver whose sink is slow holds no more than the window, whatever the sender does', async () => {
  const { there, offered } = await offer(new Uint8Array(6 << 20));
  const receiving = offered.accept(() => new Promise(() => {}));
  await settled();
  for (let i = 0; i < 70; ++i) there.arrive(new Uint8Array(64 << 10).buffer);
  await assert.rejects(receiving.done, { code: 'protocol', message: /without an acknowledgement/ });
});

test('a sender believes no acknowledgement of what it did not send', async () => {
  for (const text of ['{"type":"ack","received":1}', '{"type":"done"}', '{"type":"ack"}', '{']) {
    const { here, sender } = await offer(kBytes);
    here.arrive(text);
    await assert.rejects(sender.done, { name: 'FileError', code: 'protocol' });
  }
});

test('strange headers are no offers', async () => {
  for (const text of ['{"type":"file","name":"a","size":-1}', '{"type":"file","size":1}', '[]', 'x']) {
    const [, there] = channels();
    receiveFile(there, kMember, () => assert.fail('an offer'));
    there.arrive(text);
    assert.equal(there.readyState, 'closed');
  }
});

test('a file that changes while it is read ends with its name and a reason', async () => {
  const [here, there] = channels();
  let offered;
  receiveFile(there, kMember, (given) => (offered = given));
  const gone = { size: 10, slice: () => ({ arrayBuffer: async () => Promise.reject(new Error('gone')) }) };
  const sender = new FileSender(here, kMember, gone, 'diary.txt');
  await settled();
  const receiving = offered.accept();
  await assert.rejects(sender.done, (error) => {
    assert.equal(error.code, 'source');
    assert.match(error.message, /diary\.txt cannot be read any more: Error: gone/);
    return true;
  });
  await assert.rejects(receiving.done, { code: 'cancelled' });
});

test('an offer whose sender is gone can be accepted, and fails', async () => {
  const { here, offered } = await offer(kBytes);
  here.close();
  await settled();
  await assert.rejects(offered.accept().done, { code: 'lost' });
});
