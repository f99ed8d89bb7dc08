// What tests/js uses of node:test, for browsers.

const tests = [];

export default function test(name, body) {
  tests.push({ name, body });
}

// [{name, error}]: error is missing where the test passed.
export async function run() {
  const results = [];
  for (const { name, body } of tests) {
    // The browser gets a word in, between long tests.
    await new Promise((resolve) => setTimeout(resolve, 0));
    try {
      await body();
      results.push({ name });
    } catch (error) {
      results.push({ name, error: `${error?.message ?? error}` });
    }
  }
  return results;
}
