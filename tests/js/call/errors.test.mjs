// Each error that the sources make has words in both languages, and nothing in braces is left.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { callError } from '../../../build/js/call/errors.js';

const kFolder = new URL('../../../js/src/call/', import.meta.url);
const sources = readdirSync(kFolder).map((name) => readFileSync(new URL(name, kFolder), 'utf8'));
const kFacts = {
  url: 'https://x', message: 'm', reason: 'r', status: 401, protocol: 'UDP', member: 'Bo', file: 'f',
  messages: 1,
};

test('every code that is made has a row, with advice in English and Japanese', () => {
  const made = sources.flatMap((text) => [...text.matchAll(/callError\('(\w+)', '([\w-]+)'/g)]);
  const files = sources.flatMap((text) => [...text.matchAll(/\bfail\('([\w-]+)'/g)]);
  const pairs = [...made.map(([, ...pair]) => pair), ...files.map(([, code]) => ['FileError', code])];
  assert.ok(pairs.length > 15, `${pairs.length} found`);
  for (const [name, code] of pairs) {
    const error = callError(name, code, kFacts);
    assert.equal(error.name, name);
    assert.equal(error.code, code);
    for (const text of [error.message, error.advice.en, error.advice.ja]) {
      assert.ok(text && !/[{}]/.test(text), `${name} ${code}: ${text}`);
    }
    assert.match(error.advice.ja, /[぀-ヿ]/);
    assert.doesNotMatch(error.advice.en, /[぀-ヿ]/);
  }
});

test('what a server of a later version says is passed on', () => {
  const error = callError('SignallingError', 'tea-time', { message: 'come back at six' });
  assert.match(error.message, /come back at six/);
  assert.equal(error.code, 'tea-time');
});

test('a cause is kept, and is not enumerable', () => {
  const cause = new TypeError('x');
  const error = callError('CredentialError', 'no-answer', kFacts, cause);
  assert.equal(error.cause, cause);
  assert.ok(!Object.keys(error).includes('cause') && error instanceof Error);
});
