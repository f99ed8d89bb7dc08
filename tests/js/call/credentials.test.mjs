import assert from 'node:assert/strict';
import test from 'node:test';
import { Credentials } from '../../../build/js/call/credentials.js';
import { FakeClock } from '../support/fake_clock.mjs';

const kRelay = { urls: ['turn:relay.example'], username: 'u', credential: 'c' };

function credentials(answers, { relayOnly = false } = {}) {
  const clock = new FakeClock();
  let asked = 0;
  const changes = [];
  const fetch = async () => {
    const answer = answers[Math.min(asked++, answers.length - 1)];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const made = new Credentials({ fetch, relayOnly, url: 'https://x/ice-servers', clock });
  made.onchange = (config) => changes.push(config);
  return { made, clock, changes, asked: () => asked };
}

test('a credential is renewed at half of its life, again and again', async () => {
  const { made, clock, changes, asked } = credentials([{ iceServers: [kRelay], ttl: 600 }]);
  await made.refresh();
  assert.equal(asked(), 1);
  await clock.pass(299_999);
  assert.equal(asked(), 1);
  await clock.pass(1);
  assert.equal(asked(), 2);
  await clock.pass(600_000);
  assert.equal(asked(), 4);
  assert.equal(changes.length, 4);
});

test('without an answer it is asked again, and the old one stays', async () => {
  const broken = new TypeError('Failed to fetch');
  const { made, clock, asked } = credentials([{ iceServers: [kRelay], ttl: 60 }, broken]);
  await made.refresh();
  await clock.pass(30_000);
  assert.equal(asked(), 2);
  assert.deepEqual(made.config.iceServers, [kRelay]);
  assert.equal(made.problem.code, 'no-answer');
  assert.match(made.problem.message, /Failed to fetch/);
  assert.match(made.problem.advice.ja, /https:\/\/x\/ice-servers/);
  await clock.pass(10_000);
  assert.equal(asked(), 3);
});

test('a server without a relay is a problem, told in words', async () => {
  const { made } = credentials([{ iceServers: [{ urls: 'stun:x' }] }], { relayOnly: true });
  const config = await made.refresh();
  assert.equal(made.problem.code, 'no-relay');
  assert.equal(config.iceTransportPolicy, 'relay');
});

test('many connections that want mending ask once', async () => {
  const { made, clock, asked } = credentials([{ iceServers: [kRelay], ttl: 600 }]);
  await Promise.all([made.refresh(), made.refresh(), made.refresh()]);
  await made.refresh();
  assert.equal(asked(), 1);
  await clock.pass(1_000);
  await made.refresh();
  assert.equal(asked(), 2);
});

test('a short life is not asked for without pause, and a closed one never', async () => {
  const { made, clock, asked } = credentials([{ iceServers: [kRelay], ttl: 1 }]);
  await made.refresh();
  await clock.pass(4_999);
  assert.equal(asked(), 1);
  await clock.pass(1);
  assert.equal(asked(), 2);
  made.close();
  await clock.pass(100_000);
  assert.equal(asked(), 2);
});
