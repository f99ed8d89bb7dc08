// Two members and the connections between them, which the test makes, empties and breaks.

import assert from 'node:assert/strict';
import test from 'node:test';
import { Delivery } from '../../../build/js/call/delivery.js';
import { settled } from '../support/fake_clock.mjs';
import { newSeed, randomFrom } from '../support/random.mjs';

class Side {
  heard = { text: [], data: [] };
  out = { control: [], data: [] }; // under way on the present connection
  constructor(id, other) {
    this.delivery = new Delivery(id, other);
  }
  tell(message) {
    this.out.control.push(message);
  }
  connect() {
    this.delivery.suspend();
    this.out = { control: [], data: [] };
    this.tell(this.delivery.report());
  }
  say(text) {
    return this.delivery.text.push(text, text.length);
  }
  send(data, bytes = data.length) {
    return this.delivery.data.push(data, bytes);
  }
  // What a channel of the present connection brings.
  arrive(label, message) {
    const { delivery, heard } = this;
    if (label === 'control' && message.type === 'received') {
      const { out } = this;
      return delivery.receive(message, () => ({
        text: (text) => void out.control.push({ type: 'text', text }),
        data: async (data) => void out.data.push(data),
      }));
    }
    const kind = label === 'control' ? 'text' : 'data';
    const body = kind === 'text' ? message.text : message;
    heard[kind].push(body);
    if (delivery[kind].count(body.length)) this.tell(delivery.report());
  }
}

function pair() {
  const sides = [new Side('page of Aki', 'Bo'), new Side('page of Bo', 'Aki')];
  return { sides, connect: () => sides.forEach((side) => side.connect()) };
}

// At most so many messages of each channel, one way.
async function carry(from, to, most = Infinity) {
  for (const label of ['control', 'data']) {
    for (let i = 0; i < most && from.out[label].length; ++i) {
      to.arrive(label, from.out[label].shift());
      await settled();
    }
  }
}

async function carryAll([a, b]) {
  const isBusy = ({ out }) => out.control.length + out.data.length > 0;
  while (isBusy(a) || isBusy(b)) {
    await carry(a, b);
    await carry(b, a);
  }
}

test('nothing is sent before the other side has said what it has', async () => {
  const { sides, connect } = pair();
  const [a, b] = sides;
  connect();
  a.say('one');
  a.send('a');
  await settled();
  assert.deepEqual(a.out, {
    control: [{ type: 'received', id: 'page of Aki', of: '', text: 0, data: 0 }],
    data: [],
  });
  await carryAll(sides);
  assert.deepEqual(b.heard, { text: ['one'], data: ['a'] });
});

test('what was under way when the connection was made anew arrives once, before what came later', async () => {
  const { sides, connect } = pair();
  const [a, b] = sides;
  connect();
  await carryAll(sides);
  for (const text of ['1', '2', '3']) {
    a.say(text);
    a.send(text);
  }
  await settled();
  await carry(a, b, 2);
  sides.forEach(({ delivery }) => delivery.suspend());
  a.say('4');
  a.send('4');
  connect();
  await carry(b, a);
  a.say('5');
  a.send('5');
  await carryAll(sides);
  assert.deepEqual(b.heard, { text: ['1', '2', '3', '4', '5'], data: ['1', '2', '3', '4', '5'] });
});

test('whatever breaks whenever: everything arrives once and in order, both ways', async () => {
  const seed = newSeed();
  const { next, one } = randomFrom(seed);
  const { sides, connect } = pair();
  const said = sides.map(() => ({ text: [], data: [] }));
  const steps = ['text', 'data', 'text', 'data', 'carry', 'carry', 'carry', 'carry', 'carry', 'break'];
  connect();
  for (let step = 0; step < 2_000; ++step) {
    const i = next(2);
    const what = one(steps);
    if (what === 'carry') await carry(sides[i], sides[1 - i], 1 + next(4));
    else if (what === 'break') connect();
    else {
      // Long ones, so that acknowledgements are due.
      const body = `${step} `.padEnd(next(20_000), 'x');
      const pushed = what === 'text' ? sides[i].say(body) : sides[i].send(body);
      const refused = await Promise.race([pushed.then(() => false, () => true), settled()]);
      if (!refused) said[i][what].push(body);
    }
  }
  connect();
  await carryAll(sides);
  for (const i of [0, 1]) {
    for (const kind of ['text', 'data']) {
      const numbers = (bodies) => bodies.map((body) => body.split(' ')[0]);
      assert.deepEqual(numbers(sides[1 - i].heard[kind]), numbers(said[i][kind]), `seed ${seed}`);
    }
    assert.ok(said[i].text.length > 50 && said[i].data.length > 50);
  }
});

test('a page that was loaded anew under the same id counts from the start', async () => {
  const { sides, connect } = pair();
  const [a, b] = sides;
  connect();
  await carryAll(sides);
  a.say('to the first page');
  b.say('from the first page');
  await carryAll(sides);
  connect();
  await carryAll(sides);
  a.say('not read by the first');
  const anew = new Side('another page of Bo', 'Aki');
  a.connect();
  anew.connect();
  anew.say('from the second page');
  await carryAll([a, anew]);
  a.say('to the second page');
  await carryAll([a, anew]);
  assert.deepEqual(anew.heard.text, ['not read by the first', 'to the second page']);
  assert.deepEqual(a.heard.text, ['from the first page', 'from the second page']);
});

test('a member who leaves takes along what waits: each promise says so', async () => {
  const { sides: [a] } = pair();
  const waits = a.send('x');
  a.delivery.close(new Error('closed'));
  await assert.rejects(waits, /closed/);
});
