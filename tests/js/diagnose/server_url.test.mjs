import assert from 'node:assert/strict';
import test from 'node:test';
import { readServerUrl } from '../../../build/js/diagnose/server_url.js';
import { readServers } from '../../../build/js/diagnose/targets.js';

const line = (url) => {
  const read = readServerUrl(url);
  return read && `${read.isRelay ? 'turn' : 'stun'} ${read.transport} ${read.host} ${read.port}`;
};

test('RFC 7064 and RFC 7065: scheme, host, port and transport with their defaults', () => {
  assert.equal(line('stun:Example.org'), 'stun udp example.org 3478');
  assert.equal(line('turn:example.org'), 'turn udp example.org 3478');
  assert.equal(line('turn:example.org?transport=tcp'), 'turn tcp example.org 3478');
  assert.equal(line('turns:example.org'), 'turn tls example.org 5349');
  assert.equal(line('turns:[2001:db8::1]:443?transport=tcp'), 'turn tls [2001:db8::1] 443');
  assert.equal(line('turns:example.org?transport=udp'), 'turn dtls example.org 5349');
});

test('what a browser refuses is refused, with the place and the remedy', () => {
  for (const url of [
    'turn:',
    'http://x',
    'turn://x',
    'turn:x:0',
    'turn:x:99999',
    'turn:x?transport=sctp',
    'turn:a b',
  ]) {
    assert.equal(line(url), null, url);
    const servers = [{ urls: 'stun:ok' }, { urls: url }];
    assert.throws(() => readServers(servers), {
      name: 'TypeError',
      message: /iceServers\[1\].*write stun:/,
    });
  }
  assert.throws(
    () => readServers([{ urls: 'turn:x', username: 'a' }]),
    /needs username and credential/,
  );
  assert.throws(() => readServers('turn:x'), /must be a list/);
  assert.throws(() => readServers([{ urls: Array(33).fill('stun:x') }]), /more than 32/);
});

test('each URL is a target of its own, and a STUN server is told no password', () => {
  const given = { urls: ['stun:x', 'turn:x'], username: 'a', credential: 'b' };
  assert.deepEqual(
    readServers([given, { url: 'stun:y' }]).map(({ server }) => server),
    [{ urls: 'stun:x' }, { urls: 'turn:x', username: 'a', credential: 'b' }, { urls: 'stun:y' }],
  );
});
