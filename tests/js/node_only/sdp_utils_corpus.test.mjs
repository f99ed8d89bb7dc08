// koeru/sdp object by object against `sdp`: browsers' offers, hundreds of mixtures of their lines,
// and every beginning of every line. What js/SDP.md lists as different is left out, or taken away
// first.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test from 'node:test';
import Koeru from '../../../build/dist/sdp.mjs';

const require = createRequire(new URL('../../../js/package.json', import.meta.url));
const original = require('sdp');
const folder = new URL('../../vectors/sdp/', import.meta.url);
const offers = readdirSync(folder)
  .filter((name) => /^(chromium|firefox)_.*\.sdp$/.test(name))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'));
const allLines = [...new Set(offers.flatMap((offer) => offer.split('\r\n')))];
const random = makeRandom(1);

// Numbers in a fixed order, so that a failure repeats.
function makeRandom(seed) {
  return (below) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
}

// The same values, and in the same order.
function isSame(name, ...inputs) {
  const ours = Koeru[name](...inputs);
  const theirs = original[name](...inputs);
  assert.deepEqual(ours, theirs, `${name}(${JSON.stringify(inputs)})`);
  assert.equal(JSON.stringify(ours), JSON.stringify(theirs));
  return [ours, theirs];
}

function isWrittenTheSame(name, [ours, theirs], ...more) {
  assert.equal(Koeru[name](ours, ...more), original[name](theirs, ...more));
}

const codecWriters = { writeFmtp: 'parameters', writeRtcpFb: 'rtcpFeedback' };
// By the beginning of the line: its reader, and its writer.
const lineFunctions = {
  'a=candidate:': ['parseCandidate'],
  'a=ice-options:': ['parseIceOptions'],
  'a=rtpmap:': ['parseRtpMap', 'writeRtpMap'],
  'a=fmtp:': ['parseFmtp', 'writeFmtp'],
  'a=rtcp-fb:': ['parseRtcpFb', 'writeRtcpFb'],
  'a=extmap:': ['parseExtmap', 'writeExtmap'],
  'a=ssrc:': ['parseSsrcMedia'],
  'a=ssrc-group:': ['parseSsrcGroup'],
  'a=fingerprint:': ['parseFingerprint'],
  'a=crypto:': ['parseCryptoLine', 'writeCryptoLine'],
  'm=': ['parseMLine'],
  'o=': ['parseOLine'],
};

function functionsOf(line) {
  const prefix = Object.keys(lineFunctions).find((begin) => line.startsWith(begin));
  return prefix ? lineFunctions[prefix] : [];
}

function wrap(writer, value) {
  const field = codecWriters[writer];
  if (!field) return value;
  return { payloadType: 96, [field]: writer === 'writeRtcpFb' ? [value] : value };
}

function compareLine(line) {
  const [reader, writer] = functionsOf(line);
  if (!reader) return false;
  const results = isSame(reader, line);
  if (writer) isWrittenTheSame(writer, results.map((value) => wrap(writer, value)));
  return true;
}

const sectionReaders = [
  'splitLines',
  'getKind',
  'getMid',
  'isRejected',
  'parseMLine',
  'parseMsid',
  'parseRtpParameters',
  'parseRtpEncodingParameters',
  'parseRtcpParameters',
  'parseSctpDescription',
];
const bothReaders = [
  'getDirection',
  'getIceParameters',
  'getDtlsParameters',
  'getCryptoParameters',
];

function compareSection(section, session) {
  for (const name of sectionReaders) isSame(name, section);
  for (const name of bothReaders) isSame(name, section, session);
  const rtp = isSame('parseRtpParameters', section);
  for (const i of [0, 1]) rtp[i].codecs.slice(0, 1).forEach((codec) => (codec.maxptime = 60));
  const write = (SDPUtils, capabilities) => SDPUtils.writeRtpDescription('video', capabilities);
  assert.equal(write(Koeru, rtp[0]), write(original, rtp[1]));
  isWrittenTheSame('writeRtcpParameters', isSame('parseRtcpParameters', section));
  isWrittenTheSame(
    'writeDtlsParameters',
    isSame('getDtlsParameters', section, session),
    'actpass',
  );
  const ice = isSame('getIceParameters', section, session);
  if (ice[0]) isWrittenTheSame('writeIceParameters', ice);
  const sctp = isSame('parseSctpDescription', section);
  if (sctp[0]) {
    const media = Koeru.parseMLine(section);
    for (const line of [media, { ...media, protocol: 'DTLS/SCTP' }]) {
      assert.equal(
        Koeru.writeSctpDescription(line, sctp[0]),
        original.writeSctpDescription(line, sctp[1]),
      );
    }
  }
}

test('the offers and answers of browsers, whole', () => {
  assert.ok(offers.length >= 26);
  for (const offer of offers) {
    for (const text of [offer, offer.replaceAll('\r\n', '\n')]) {
      for (const name of ['splitLines', 'splitSections', 'getDescription', 'getMediaSections']) {
        isSame(name, text);
      }
      isSame('isValidSDP', text);
      isSame('parseOLine', text);
      for (const prefix of ['a=', 'a=rtpmap:', 'b=', '']) isSame('matchPrefix', text, prefix);
      const [session, ...media] = Koeru.splitSections(text);
      for (const section of media) compareSection(section, session);
    }
  }
});

test('each of their lines alone', () => {
  const compared = allLines.filter(compareLine);
  assert.ok(compared.length > 500, `only ${compared.length} lines`);
});

test('each of their candidates written, without the extensions that sdp loses', () => {
  const candidates = allLines.filter((line) => line.startsWith('a=candidate:'));
  assert.ok(candidates.length > 50);
  for (const line of candidates) {
    const written = Koeru.writeCandidate(Koeru.parseCandidate(line));
    const known = written.replace(/ (generation|network-id|network-cost) \d+/g, '');
    assert.equal(known, original.writeCandidate(original.parseCandidate(line)));
    assert.equal(`a=${written}`.toLowerCase(), line.toLowerCase());
  }
});

const odd = [
  'a=rtcp-fb:* ccm fir',
  'a=rtcp-fb:* nack',
  'a=rtcp-fb:96 trr-int 100',
  'a=extmap:3/sendonly urn:x:y with attributes',
  'a=ssrc:7 cname:x y:z',
  'a=ssrc:7 label',
  'a=ssrc-group:SIM 7 8 9',
  'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:abc|2^20|1:32 KDR=1',
  'a=fingerprint:SHA-512 aa:bb',
  'b=AS:512',
  'b=TIAS:900000',
  'b=X-YZ:5',
  'a=inactive',
  'a=sctp-port:5001',
  'a=max-message-size:0',
  'a=unknown:line',
  'not a line',
  '',
];
// Lines of which a second one in a section is a listed difference.
const kOnce = /^a=(fmtp:\S+|msid:|ssrc-group:FID|rtcp-mux|rtcp-rsize)|^b=/;

function mixture() {
  const lines = [];
  const seen = new Set();
  const wanted = random(60);
  for (let i = 0; i < wanted; ++i) {
    const line = random(6) === 0 ? odd[random(odd.length)] : allLines[random(allLines.length)];
    const once = kOnce.exec(line)?.[0];
    if (/^[vosmt]=/.test(line) || (once && seen.has(once))) continue;
    seen.add(once);
    lines.push(line);
  }
  const mapped = lines.flatMap((line) => /^a=rtpmap:(\S+)/.exec(line)?.[1] ?? []);
  const payloads = [...mapped, '77', '96'].filter(() => random(5) > 0);
  return [`m=video ${random(3)} UDP/TLS/RTP/SAVPF ${payloads.join(' ')}`, ...lines];
}

test('1000 mixtures of their lines, with odd ones', () => {
  let codecs = 0;
  for (let i = 0; i < 1000; ++i) {
    const section = mixture().join(['\r\n', '\n'][i % 2]) + '\r\n';
    const session = Koeru.getDescription(offers[i % offers.length]);
    compareSection(section, session);
    codecs += Koeru.parseRtpParameters(section).codecs.length;
  }
  assert.ok(codecs > 1000, `only ${codecs} codecs`);
});

// Did `sdp` understand it? It never says so: NaN and undefined are its only signs.
function isRead(name, line) {
  try {
    const result = original[name](line);
    const values = Object.values(result ?? { result });
    return !values.some((value) => value === undefined || Number.isNaN(value));
  } catch {
    return false;
  }
}

test('every beginning of their lines that sdp reads is read the same', () => {
  const listed = /^a=(rtcp-fb|fmtp|ssrc):\S*$|^a=ice-options:$| $|^o=|^a=ssrc-group:\S* \S+ $/;
  let compared = 0;
  for (const line of allLines) {
    const [reader] = functionsOf(line);
    for (let end = 1; reader && end < line.length; ++end) {
      const begin = line.slice(0, end);
      if (functionsOf(begin)[0] !== reader || listed.test(begin)) continue;
      if (!isRead(reader, begin)) continue;
      isSame(reader, begin);
      ++compared;
    }
  }
  assert.ok(compared > 9000, `only ${compared} beginnings`);
});

test('no beginning of a line makes a reader throw, or a writer write NaN or undefined', () => {
  for (const line of allLines) {
    const [reader, writer] = functionsOf(line);
    for (let end = 1; reader && end < line.length; ++end) {
      const read = Koeru[reader](line.slice(0, end));
      if (writer) assert.doesNotMatch(Koeru[writer](wrap(writer, read)), /NaN|undefined/);
      if (reader === 'parseCandidate') {
        assert.doesNotMatch(Koeru.writeCandidate(read), /NaN|undefined/);
      }
    }
  }
});
