// Real browsers: Debian's Chromium and Firefox ESR, headless, with fake cameras and fresh profiles.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const require = createRequire(new URL('../../../js/package.json', import.meta.url));
const puppeteer = require('puppeteer-core').default ?? require('puppeteer-core');

const kChromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Three pages decode video on two cores: the ones in the background must not be slowed down.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
  '--lang=en',
];

const kFirefoxPrefs = {
  'permissions.default.camera': 1,
  'permissions.default.microphone': 1,
  'media.navigator.streams.fake': true,
  'media.autoplay.default': 0,
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'media.gmp-manager.updateEnabled': false,
  'network.manage-offline-status': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'app.update.enabled': false,
  'extensions.update.enabled': false,
  'intl.accept_languages': 'en',
};

// `trust`: a certificate authority's PEM file; without one every certificate is good enough.
export async function launchChromium({ args = [], trust } = {}) {
  return launch(
    {
      executablePath: '/usr/bin/chromium',
      args: [...kChromiumArgs, ...args],
      pipe: true,
    },
    trust,
  );
}

// `display`: an X display to show itself on (x_display.mjs), in place of none.
export async function launchFirefox({ prefs = {}, trust, display } = {}) {
  return launch(
    {
      ...(display && { headless: false, env: { ...process.env, DISPLAY: display } }),
      browser: 'firefox',
      executablePath: '/usr/bin/firefox-esr',
      extraPrefsFirefox: { ...kFirefoxPrefs, ...prefs },
    },
    trust,
  );
}

export const kBrowsers = [
  ['Chromium', launchChromium],
  ['Firefox', launchFirefox],
];

// Of a slow suite: one of the two in `make test`, both in `make test-all`.
export function oneOf(name) {
  return process.env.KOERU_ALL ? kBrowsers : kBrowsers.filter(([known]) => known === name);
}

// Chromium looks for authorities below its HOME, Firefox in its profile.
async function trustIn(profile, authority) {
  const chromium = path.join(profile, '.pki/nssdb');
  await mkdir(chromium, { recursive: true });
  for (const folder of [chromium, profile]) {
    const database = `sql:${folder}`;
    await run('certutil', ['-d', database, '-N', '--empty-password']);
    await run('certutil', ['-d', database, '-A', '-t', 'C,,', '-n', 'test', '-i', authority]);
  }
}

async function launch(options, trust) {
  if (!existsSync(options.executablePath)) {
    throw new Error(
      `${options.executablePath} is missing: install it (see third_party/packages.txt)`,
    );
  }
  const profile = await mkdtemp(path.join(os.tmpdir(), 'koeru-browser-'));
  if (trust) await trustIn(profile, trust);
  const browser = await puppeteer.launch({
    headless: true,
    acceptInsecureCerts: !trust,
    userDataDir: profile,
    env: trust ? { ...process.env, HOME: profile } : process.env,
    timeout: 60_000,
    protocolTimeout: 180_000,
    ...options,
  });
  const close = browser.close.bind(browser);
  browser.close = async () => {
    await close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return browser;
}

// A page in which every console error, uncaught exception and breach of the Content-Security-Policy
// is kept in `page.problems`.
export async function newPage(context) {
  const page = await context.newPage();
  page.problems = [];
  page.on('console', (message) => {
    if (message.type() === 'error') page.problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => page.problems.push(`exception: ${error?.message ?? error}`));
  await page.evaluateOnNewDocument(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`CSP: ${event.violatedDirective} blocked ${event.blockedURI}`);
    });
  });
  page.setDefaultTimeout(30_000);
  return page;
}

// Asks until `question` gives something true; the time it takes is bounded.
export async function until(question, what, seconds = 30) {
  const end = Date.now() + seconds * 1000;
  let last;
  while (Date.now() < end) {
    last = await question();
    if (last) return last;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`not within ${seconds} s: ${what} (last answer: ${JSON.stringify(last)})`);
}
