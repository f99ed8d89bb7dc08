// The measurements that run the same in Node and in a page.

import { compare } from './measure.mjs';
import { grow } from './offers.mjs';
import { absentTasks, makeTasks } from './tasks.mjs';

const kLinearSizes = [10_000, 100_000, 1_000_000, 10_000_000];

// Lets a page answer.
const pause = () => new Promise((resolve) => setTimeout(resolve));

// `usage`: what `memoryOf` shows of the memory, as {name: bytes}, after the collector has run.
export async function runSuite({ packages, offers, clock, settle, usage, options }) {
  const { rounds, milliseconds, parses, largest } = options;
  const how = { rounds, milliseconds, clock, settle, pause };
  const results = { rows: [], linear: [], memory: [], absent: absentTasks(packages) };
  for (const task of makeTasks(packages, offers)) {
    const { title, text, peers, check } = task;
    check(Object.fromEntries(Object.entries(peers).map(([name, run]) => [name, run()])));
    results.rows.push({ title, bytes: text.length, ...(await compare(peers, how)) });
  }
  for (const bytes of kLinearSizes.filter((size) => size <= largest)) {
    results.linear.push(await linear(packages, grow(offers.chromium, bytes), how));
  }
  for (const [name, run] of Object.entries(memoryTasks(packages))) {
    results.memory.push({ name, stages: await memoryOf(run, parses, usage) });
  }
  return results;
}

async function linear({ dropIn, original, view }, text, how) {
  const json = JSON.stringify(dropIn.parse(text));
  const session = dropIn.parse(text);
  const peers = {
    parse: () => dropIn.parse(text),
    'sdp-transform': () => original.parse(text),
    'JSON.parse': () => JSON.parse(json),
    write: () => dropIn.write(session),
  };
  if (view) peers.view = () => view.parse(text).toString();
  const { us } = await compare(peers, how);
  const perByte = Object.entries(us).map(([name, time]) => [name, (time * 1000) / text.length]);
  return { bytes: text.length, nanoseconds: Object.fromEntries(perByte) };
}

function memoryTasks({ dropIn, sdpUtils, view }) {
  const tasks = { 'sdp-transform.mjs, parse and write': (text) => dropIn.write(dropIn.parse(text)) };
  if (sdpUtils) {
    tasks['sdp.mjs, parseRtpParameters'] = (text) =>
      sdpUtils.getMediaSections(text).map(sdpUtils.parseRtpParameters);
  }
  if (view) {
    tasks['koeru.mjs, the view'] = (text) => {
      const description = view.parse(text);
      description.media[0].direction = 'recvonly';
      return description.toString();
    };
  }
  return tasks;
}

function description(i) {
  return (
    `v=0\r\no=- ${1e15 + i} 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE ${i}\r\n` +
    `m=video 9 UDP/TLS/RTP/SAVPF 96 97\r\nc=IN IP4 0.0.0.0\r\na=mid:${i}\r\na=sendrecv\r\n` +
    `a=ice-ufrag:u${i}\r\na=ice-pwd:password${i}\r\na=x-${i}:${i}\r\n` +
    'a=rtpmap:96 VP8/90000\r\na=rtcp-fb:96 nack pli\r\na=fmtp:96 max-fs=12288\r\n' +
    `a=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\na=ssrc:${i} cname:c${i}\r\n` +
    `a=candidate:${i} 1 udp 2122194687 192.0.2.1 9 typ host generation 0 ufrag u${i}\r\n`
  );
}

// Every text is another one: a table of what was seen would show.
async function memoryOf(run, parses, usage) {
  const stages = [];
  const kStages = 5;
  for (let i = 0; i < Math.min(parses, 1000); ++i) run(description(i));
  for (let stage = 0; stage < kStages; ++stage) {
    const from = Math.round((parses * stage) / (kStages - 1));
    stages.push({ parses: from, ...usage() });
    if (stage === kStages - 1) break;
    const to = Math.round((parses * (stage + 1)) / (kStages - 1));
    for (let i = from; i < to; ++i) {
      run(description(i));
      if (i % 10_000 === 0) await pause();
    }
  }
  return stages;
}
