// What tests/js uses of node:test, for browsers.

const tests = [];

export default function test(name, body) {
  tests.push({ name, body });
}

// [{name, error}]: error is missing where the test passed.
export async function run() {
  const results = [];
  for (const { name, body } of tests) {
    // The page answers its driver between two tests.
    await new Promise((resolve) => setTimeout(resolve));
    try {
      await body();
      results.push({ name });
    } catch (error) {
      results.push({ name, error: `${error?.message ?? error}` });
    }
  }
  return results;
}
