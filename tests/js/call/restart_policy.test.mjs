import assert from 'node:assert/strict';
import test from 'node:test';
import { RestartPolicy } from '../../../build/js/call/restart_policy.js';
import { FakeClock } from '../support/fake_clock.mjs';

function policy(failedIsFinal = false) {
  const clock = new FakeClock();
  const did = [];
  const note = (what) => () => did.push(`${what} at ${clock.now()}`);
  const actions = { restart: note('restart'), rebuild: note('rebuild'), giveUp: note('give up') };
  return { policy: new RestartPolicy(actions, failedIsFinal, clock), clock, did };
}

test('a break that ends by itself is left alone', async () => {
  const { policy: p, clock, did } = policy();
  p.follow('connected');
  p.follow('disconnected');
  await clock.pass(900);
  p.follow('connected');
  await clock.pass(60_000);
  assert.deepEqual(did, []);
});

test('disconnected: ICE is restarted, again while it does not help, until it is given up', async () => {
  const { policy: p, clock, did } = policy();
  p.follow('connected');
  p.follow('disconnected');
  await clock.pass(60_000);
  assert.deepEqual(did, [
    'restart at 1000',
    'restart at 7000',
    'restart at 13000',
    'restart at 19000',
    'restart at 25000',
    'restart at 31000',
    'give up at 37000',
  ]);
});

test('failed: one restart, then a new connection; where failed is final, that at once', async () => {
  const { policy: p, clock, did } = policy();
  p.follow('connected');
  p.follow('failed');
  await clock.pass(7_000);
  assert.deepEqual(did, ['restart at 0', 'rebuild at 6000']);
  const firefox = policy(true);
  firefox.policy.follow('connected');
  firefox.policy.follow('failed');
  await firefox.clock.pass(7_000);
  assert.deepEqual(firefox.did, ['rebuild at 0', 'rebuild at 6000']);
});

test('a connection that never comes up is tried anew', async () => {
  const { policy: p, clock, did } = policy();
  p.follow('connecting');
  await clock.pass(22_000);
  assert.deepEqual(did, ['restart at 15000', 'rebuild at 21000']);
});

test('connected makes the count begin again, and another network does so at once', async () => {
  const { policy: p, clock, did } = policy();
  p.follow('connected');
  p.follow('disconnected');
  await clock.pass(40_000);
  assert.equal(did.at(-1), 'give up at 37000');
  did.length = 0;
  p.now();
  assert.deepEqual(did, ['restart at 40000']);
  p.follow('connected');
  await clock.pass(60_000);
  assert.equal(did.length, 1);
  p.close();
});

test('another network that breaks nothing: one restart, and it is not given up', async () => {
  const { policy: p, clock, did } = policy();
  p.follow('connected');
  p.now();
  await clock.pass(600_000);
  assert.deepEqual(did, ['restart at 0']);
  p.follow('disconnected');
  await clock.pass(7_000);
  assert.deepEqual(did.slice(1), ['restart at 601000', 'restart at 607000']);
});
