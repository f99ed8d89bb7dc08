import assert from 'node:assert/strict';
import test from 'node:test';
import { expiryOf } from '../../../build/js/diagnose/credential.js';

const iso = (name) => expiryOf(name)?.toISOString() ?? null;
const token = (claims) =>
  `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;

test('a time-limited name tells its end, wherever the time stands', () => {
  assert.equal(iso('1800000000:alice'), '2027-01-15T08:00:00.000Z');
  assert.equal(iso('alice:1800000000'), '2027-01-15T08:00:00.000Z');
  assert.equal(iso('1800000000'), '2027-01-15T08:00:00.000Z');
});

test('a JSON Web Token without its signature tells its end', () => {
  assert.equal(iso(token({ exp: 1800000000, sub: 'アリス??>' })), '2027-01-15T08:00:00.000Z');
});

test('other names tell nothing', () => {
  for (const name of [
    undefined,
    '',
    'alice',
    '12:alice',
    '20241231235959:a',
    'a.b',
    'a.b.c',
    token({}),
    token({ exp: '1' }),
    'x.!!',
  ]) {
    assert.equal(iso(name), null, name);
  }
});
