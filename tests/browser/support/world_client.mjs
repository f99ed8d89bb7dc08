// Runs in a namespace of its own (world_page.mjs): a browser with one page. Each line of standard
// input is a step, {id, goto: URL} or {id, evaluate: SOURCE, args}; each line of output its outcome,
// {id, value} or {id, error}.
//
//   node world_client.mjs Chromium AUTHORITY.pem

import { createInterface } from 'node:readline';
import { kBrowsers, newPage } from './browsers.mjs';

const [name, trust] = process.argv.slice(2);
const [, launch] = kBrowsers.find(([known]) => known === name);
const browser = await launch({ trust });
const say = (message) => console.log(JSON.stringify(message));
try {
  const page = await newPage(browser);
  const take = async ({ goto, evaluate, args }) => {
    if (goto) return void (await page.goto(goto));
    return page.evaluate((0, eval)(`(${evaluate})`), ...args);
  };
  say({ id: 0 });
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, ...step } = JSON.parse(line);
    take(step).then(
      (value) => say({ id, value }),
      (error) => say({ id, error: String(error?.stack ?? error) }),
    );
  }
} finally {
  await browser.close();
}
