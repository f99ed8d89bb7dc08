// What tests/js uses of node:assert/strict, for browsers.

function show(value) {
  return JSON.stringify(value, (key, v) => (typeof v === 'bigint' ? `${v}n` : v)) ?? String(value);
}

function fail(message) {
  throw new Error(message);
}

function ok(value, message) {
  if (!value) fail(message ?? `${show(value)} is not true`);
}

function equal(actual, expected, message) {
  if (!Object.is(actual, expected)) fail(message ?? `${show(actual)} is not ${show(expected)}`);
}

function isDeepEqual(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && isDeepEqual(a[key], b[key]));
}

function deepEqual(actual, expected, message) {
  if (!isDeepEqual(actual, expected)) fail(message ?? `${show(actual)} is not ${show(expected)}`);
}

function match(text, pattern) {
  if (!pattern.test(text)) fail(`${show(text)} does not match ${pattern}`);
}

function doesNotMatch(text, pattern) {
  if (pattern.test(text)) fail(`${show(text)} matches ${pattern}`);
}

// `expected`: a pattern for the message, or an object of values and patterns.
function checkError(error, expected) {
  if (expected instanceof RegExp) return match(String(error), expected);
  for (const [key, value] of Object.entries(expected ?? {})) {
    if (value instanceof RegExp) match(error[key], value);
    else deepEqual(error[key], value);
  }
}

function throws(body, expected) {
  let error;
  try {
    body();
  } catch (thrown) {
    error = thrown;
  }
  if (error === undefined) fail('it did not throw');
  checkError(error, expected);
}

async function rejects(promise, expected) {
  let error;
  try {
    await (typeof promise === 'function' ? promise() : promise);
  } catch (thrown) {
    error = thrown;
  }
  if (error === undefined) fail('it did not reject');
  checkError(error, expected);
}

export default { ok, equal, deepEqual, match, doesNotMatch, throws, rejects };
