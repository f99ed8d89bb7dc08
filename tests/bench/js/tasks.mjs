// What is measured: tasks that each peer does in its own way, and a check that all get the same.

import { grow } from './offers.mjs';
import { readAll, writeAll } from './sdp_utils_tasks.mjs';

const kSizes = [10_000, 100_000];

// `packages`: dropIn, original, sdp; and, where they are built, sdpUtils (koeru/sdp) and view
// (Koeru.sdp). `offers`: {chromium, firefox}, texts.
export function makeTasks(packages, offers) {
  const tasks = [];
  for (const [browser, offer] of Object.entries(offers)) {
    for (const bytes of kSizes) {
      const text = grow(offer, bytes);
      const title = (what) => `${what}, ${browser}, ${Math.round(text.length / 1000)} KB`;
      tasks.push({ title: title('parse'), text, ...parseTask(packages, text) });
      tasks.push({ title: title('write'), text, ...writeTask(packages, text) });
      if (packages.sdpUtils) {
        tasks.push({ title: title('SDPUtils, read'), text, ...readTask(packages, text) });
        tasks.push({ title: title('SDPUtils, write'), text, ...rewriteTask(packages, text) });
      }
      if (packages.view) tasks.push({ title: title('view'), text, ...viewTask(packages, text) });
    }
  }
  return tasks;
}

// Every task that cannot be measured, and why.
export function absentTasks(packages) {
  const absent = [];
  if (!packages.sdpUtils) absent.push('koeru/sdp is not measured: build/dist/sdp.mjs is absent');
  if (!packages.view) absent.push('the lazy view is not measured: koeru.mjs has no Koeru.sdp.parse');
  return absent;
}

export function same(a, b) {
  if (JSON.stringify(a) !== JSON.stringify(b)) throw new Error('the results differ');
}

// msid-semantic is read otherwise, knowingly: js/SDP.md.
function comparable(session) {
  return { ...session, msidSemantic: null };
}
function comparableText(text) {
  return text.split('\r\n').filter((line) => !line.startsWith('a=msid-semantic:'));
}

// sdp-transform writes lines in an order of its own.
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}

function parseTask({ dropIn, original }, text) {
  return {
    peers: { koeru: () => dropIn.parse(text), 'sdp-transform': () => original.parse(text) },
    check: (results) =>
      same(comparable(results.koeru), comparable(results['sdp-transform'])),
  };
}

function writeTask({ dropIn, original }, text) {
  const ours = dropIn.parse(text);
  const theirs = original.parse(text);
  return {
    peers: { koeru: () => dropIn.write(ours), 'sdp-transform': () => original.write(theirs) },
    check: (results) =>
      same(comparableText(results.koeru), comparableText(results['sdp-transform'])),
  };
}

function readTask({ sdpUtils, sdp }, text) {
  return {
    peers: { koeru: () => readAll(sdpUtils, text), sdp: () => readAll(sdp, text) },
    check: (results) => same(results.koeru, results.sdp),
  };
}

function rewriteTask({ sdpUtils, sdp }, text) {
  const ours = readAll(sdpUtils, text);
  const theirs = readAll(sdp, text);
  return {
    peers: { koeru: () => writeAll(sdpUtils, ours), sdp: () => writeAll(sdp, theirs) },
    // `sdp` loses these extensions of candidates: js/SDP.md.
    check: (results) =>
      same(
        results.koeru.replace(/ (generation|network-id|network-cost) \d+/g, ''),
        results.sdp.replace(/ (generation|network-id|network-cost) \d+/g, ''),
      ),
  };
}

// Read the name of the first video codec, change one direction, and write it all.
function viewTask({ view, original, sdp }, text) {
  return {
    peers: {
      koeru() {
        const description = view.parse(text);
        const video = description.media.filter((media) => media.kind === 'video')[0];
        const { name } = video.codecs[0];
        video.direction = 'recvonly';
        return [name, description.toString()];
      },
      'sdp-transform'() {
        const description = original.parse(text);
        const video = description.media.filter((media) => media.type === 'video')[0];
        const name = video.rtp[0].codec;
        video.direction = 'recvonly';
        return [name, original.write(description)];
      },
      // With no more of `sdp` than the task needs.
      sdp() {
        const sections = sdp.splitSections(text);
        const at = sections.findIndex((section, i) => i > 0 && sdp.getKind(section) === 'video');
        const [payload] = sdp.parseMLine(sections[at]).fmt.split(' ');
        const rtpmap = sdp.matchPrefix(sections[at], `a=rtpmap:${payload} `)[0];
        const { name } = sdp.parseRtpMap(rtpmap);
        const direction = sdp.getDirection(sections[at], sections[0]);
        sections[at] = sections[at].replace(`\r\na=${direction}\r\n`, '\r\na=recvonly\r\n');
        return [name, sections.join('')];
      },
    },
    check(results) {
      same(results.koeru, results.sdp);
      same(results.koeru[0], results['sdp-transform'][0]);
      const [ours, theirs] = [results.koeru, results['sdp-transform']].map(([, written]) =>
        comparable(original.parse(written)),
      );
      same(sorted(ours), sorted(theirs));
      if (results.koeru[1] === text) throw new Error('the direction did not change');
    },
  };
}
