// Two or more people on the Call page, and what a test asks of them.

import { newPage } from './browsers.mjs';

export async function openCall(browser, origin, { room, name, relayOnly = true, prepare }) {
  const page = await newPage(browser);
  if (prepare) await prepare(page);
  await page.goto(`${origin}/call.html#room=${room}`);
  await page.click('#language-en');
  await page.type('#name', name);
  if (relayOnly) await page.click('#relay-only');
  await page.click('#join');
  return page;
}

export function inState(page, state, timeout = 30_000) {
  return page.waitForSelector(`#call[data-state="${state}"]`, { timeout });
}

export async function say(page, text) {
  await page.waitForSelector('#chat-text:enabled');
  await page.type('#chat-text', text);
  await page.keyboard.press('Enter');
}

export function lastLine(page) {
  return page.evaluate(() => document.querySelector('#chat-log p:last-child')?.textContent ?? '');
}

// The data attributes of the path to the other side, numbers as numbers.
export async function path(page) {
  const data = await page.evaluate(() => ({ ...document.querySelector('.path')?.dataset }));
  for (const [key, value] of Object.entries(data)) {
    if (/^\d+$/.test(value)) data[key] = Number(value);
  }
  return data;
}

export function remoteVideo(page) {
  return page.evaluate(() => {
    const video = document.querySelector('.tile:not([data-member="self"]) video');
    return video && { width: video.videoWidth, time: video.currentTime, paused: video.paused };
  });
}

export function problem(page) {
  return page.evaluate(() => ({
    key: document.getElementById('call').dataset.problem ?? '',
    text: document.getElementById('problem').textContent,
  }));
}
