// Pages that are in a room by Koeru.join and nothing else, and what a test asks of them.
//
// In the page: `room`, and what was heard in `heard` {messages, data, files, errors, states, ends}.

import { newPage, until } from './browsers.mjs';

// `media`: 'camera' (small, to spare the cores), 'none'. `options`: of Koeru.join, as JSON.
export async function enterRoom(browser, origin, { prepare, ...who }) {
  const page = await newPage(browser);
  if (prepare) await prepare(page);
  await enterRoomOn(page, origin, who);
  return page;
}

// With a page that is there already.
export async function enterRoomOn(page, origin, { room, name, media = 'camera', options = {} }) {
  await page.goto(`${origin}/camera.html`);
  await page.evaluate(joinInPage, room, name, media, options);
}

async function joinInPage(roomName, name, media, options) {
  const heard = { messages: [], data: [], files: [], errors: [], states: [], ends: [] };
  const small = { width: 160, height: 120, frameRate: 10 };
  const stream =
    media === 'camera' ? await Koeru.getUserMedia({ video: small, audio: true }) : null;
  const room = await Koeru.join('', roomName, { name, stream, ...options });
  Object.assign(window, { room, heard });
  room.on('message', ({ member, text }) => heard.messages.push(`${member.name}: ${text}`));
  room.on('data', ({ member, data }) => heard.data.push({ from: member.name, data }));
  room.on('file', (offer) => heard.files.push(offer));
  room.on('error', (error) => heard.errors.push(`${error.name} ${error.code}: ${error.message}`));
  room.on('state', (state) => heard.states.push(state));
  const follow = (member) => {
    const video = Object.assign(document.createElement('video'), { muted: true });
    video.dataset.member = member.name;
    document.body.append(video);
    member.on('stream', ({ kind, stream: theirs }) => {
      const target = kind === 'camera' ? video : document.createElement('video');
      Object.assign(target, { muted: true, srcObject: theirs }).play();
      if (kind === 'screen') {
        target.dataset.screen = member.name;
        document.body.append(target);
      }
    });
    member.on('streamend', ({ kind }) => heard.ends.push(`${member.name} ${kind}`));
  };
  room.on('member', follow);
}

export function memberNamed(page, name) {
  return page.evaluate((wanted) => {
    const member = window.room.members.find((one) => one.name === wanted);
    return member && { id: member.id, state: member.state, muted: member.muted };
  }, name);
}

export function connected(page, count = 1, seconds = 30) {
  return until(
    () =>
      page.evaluate(
        (wanted) =>
          window.room.members.filter(({ state }) => state === 'connected').length === wanted,
        count,
      ),
    `${count} members are connected`,
    seconds,
  );
}

// The frames of `name`'s camera that this page has decoded.
export function framesFrom(page, name) {
  return page.evaluate(async (wanted) => {
    const member = window.room.members.find((one) => one.name === wanted);
    return member ? (await member.stats()).video.received.frames : 0;
  }, name);
}

export async function videoFlows(page, name, seconds = 30) {
  const from = await framesFrom(page, name);
  await until(
    async () => {
      const frames = await framesFrom(page, name);
      // A connection that was made anew counts from 0.
      return frames >= from + 5 || (frames < from && frames >= 5);
    },
    `more frames of ${name} than ${from}`,
    seconds,
  );
}

export function heard(page) {
  return page.evaluate(() => {
    const { messages, errors, states, ends } = window.heard;
    return { messages, errors, states, ends };
  });
}

export function newRoomName() {
  return `test-${Date.now()}-${Math.floor(Math.random() * 1e9)}`;
}
