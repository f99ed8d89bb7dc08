import assert from 'node:assert/strict';
import test from 'node:test';
import { listDevices, watchDevices } from '../../../build/js/media/devices.js';
import * as fake from '../support/fake_browsers.mjs';
import { machine } from '../support/fake_machine.mjs';

const [mic, front, back] = machine.devices;

test('today: what the browser says', async () => {
  assert.equal(await listDevices(fake.modern('ok')), machine.devices);
});

test('Chrome 30 to 46: MediaStreamTrack.getSources, in the form of today', async () => {
  const list = await listDevices(fake.chrome30('ok'));
  assert.deepEqual(list[1], {
    deviceId: 'front',
    groupId: '',
    kind: 'videoinput',
    label: 'camera 1, facing front',
    facing: 'user',
  });
});

for (const name of ['opera12', 'firefox17']) {
  test(`${name} has no list, and that is said`, async () => {
    await assert.rejects(listDevices(fake[name]('ok')), { name: 'NotSupportedError' });
  });
}

test('on an insecure page the address is the reason', async () => {
  await assert.rejects(listDevices(fake.insecure()), { name: 'InsecureContextError' });
});

// A browser whose devices come and go, with an event or with a timer that the test winds.
function changing({ event, list = [mic, front] }) {
  let tell;
  let running = 0;
  const devices = { enumerateDevices: async () => list };
  if (event) {
    devices.ondevicechange = null;
    devices.addEventListener = (type, listener) => (++running, (tell = listener));
    devices.removeEventListener = (type, listener) => (running -= listener === tell ? 1 : 0);
  }
  const scope = fake.scope(
    { mediaDevices: devices },
    {
      Promise,
      setInterval: (look) => (++running, (tell = look)),
      clearInterval: (timer) => (running -= timer === tell ? 1 : 0),
    },
  );
  const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
  return {
    scope,
    set: async (now) => ((list = now), await settled(), tell(), await settled()),
    running: () => running,
    settled,
  };
}

for (const event of [true, false]) {
  test(`tells what came and went, ${event ? 'by the event' : 'by looking again and again'}`, async () => {
    const world = changing({ event });
    const changes = [];
    const end = watchDevices(world.scope, (change) => changes.push(change));
    await world.settled();
    await world.set([mic, front, back]);
    assert.equal(changes.length, 1);
    assert.deepEqual(changes[0].added, [back]);
    assert.deepEqual(changes[0].removed, []);
    await world.set([mic, front, back]);
    assert.equal(changes.length, 1);
    await world.set([mic, back]);
    assert.deepEqual(changes[1].removed, [front]);
    assert.deepEqual(changes[1].devices, [mic, back]);
    end();
    assert.equal(world.running(), 0);
    await world.set([]);
    assert.equal(changes.length, 2);
  });
}

test('a permission that reveals ids is no change', async () => {
  const world = changing({ event: true, list: [{ ...front, deviceId: '', label: '' }] });
  const changes = [];
  watchDevices(world.scope, (change) => changes.push(change));
  await world.settled();
  await world.set([front]);
  assert.deepEqual(changes, []);
  await world.set([]);
  assert.deepEqual(changes[0].removed, [front]);
});

test('needs a function', () => {
  assert.throws(() => watchDevices(fake.modern('ok'), null), { name: 'TypeError' });
});
