// Runs in a namespace of its own (world.mjs): a browser with a page of the relay, in which each line of
// standard input, options as JSON, makes a diagnosis. Its report is one line of output.
//
//   node world_client.mjs Chromium AUTHORITY.pem https://relay.test/

import { createInterface } from 'node:readline';
import { kBrowsers, newPage } from './browsers.mjs';

const [name, trust, address] = process.argv.slice(2);
const [, launch] = kBrowsers.find(([known]) => known === name);
const browser = await launch({ trust });
try {
  const page = await newPage(browser);
  await page.goto(address);
  await page.addScriptTag({ url: `${address}koeru.js` });
  // With the camera's permission browsers show which socket a mapping belongs to.
  await page.evaluate(() => navigator.mediaDevices.getUserMedia({ video: true, audio: true }));
  // Loaded while the network is there: it is for when the network is not.
  await page.addScriptTag({ url: `${address}koeru.diagnose.js` });
  console.log('ready');
  for await (const line of createInterface({ input: process.stdin })) {
    const report = await page.evaluate(
      (options) => Koeru.diagnose(options).catch((error) => ({ failed: String(error) })),
      JSON.parse(line),
    );
    console.log(JSON.stringify(report));
  }
} finally {
  await browser.close();
}
