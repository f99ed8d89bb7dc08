// koeru/sdp-transform object by object against sdp-transform: browsers' offers, hundreds of mixtures
// of their lines, and the small readers. Lines that js/SDP.md lists as different are left out.

import assert from 'node:assert/strict';
import test from 'node:test';
import * as Koeru from '../../build/dist/sdp-transform.mjs';
import original from '../../js/node_modules/sdp-transform/lib/index.js';
import { readDescriptions } from './support/vectors.mjs';

const isListed = (line) => /^a=msid-semantic:|^a=ice-options:.* |^a=candidate:.* ufrag /.test(line);
const ofBrowsers = ({ name }) => /^(chromium|firefox)_/.test(name);
const offers = (await readDescriptions()).filter(ofBrowsers).map(({ text }) =>
  text.split('\r\n').filter((line) => !isListed(line)).join('\r\n'),
);

// Numbers in a fixed order, so that a failure repeats.
function makeRandom(seed) {
  return (below) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
}

function isSame(text) {
  const ours = Koeru.parse(text);
  const theirs = original.parse(text);
  assert.deepEqual(ours, theirs);
  assert.equal(Koeru.write(ours), original.write(theirs));
}

const odd = [
  'a=rtpmap:96 telephone-event',
  'a=fmtp:96 a=b; c=d;e',
  'a=rtcp-fb:* nack pli',
  'a=rtcp-fb:96 trr-int 100',
  'a=extmap:3/sendonly urn:x:y',
  'a=extmap:4 urn:ietf:params:rtp-hdrext:encrypt urn:x 25@600/24',
  'a=ssrc:1 label',
  'a=ssrc:4294967295 cname:a b:c',
  'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:abc|2^20|1:32',
  'a=imageattr:* send [x=800,y=640] recv *',
  'a=rid:1 send max-width=1280;max-height=720',
  'a=ts-refclk:ptp=IEEE1588-2008:39-A7',
  'a=mediaclk:direct=963214424',
  'a=unknown',
  'a=sctp-port:',
  'a=sctp-port:05',
  'a=mid:',
  'a=x:NaN',
  'a=1e3',
  'not a line',
  '',
];

test('the offers and answers of browsers', () => {
  assert.ok(offers.length >= 26);
  offers.forEach(isSame);
});

test('500 mixtures of their attribute lines, with odd ones', () => {
  // Lines that may stand more than once.
  const lists = /^a=(rtpmap|fmtp|rtcp-fb|extmap|ssrc|ssrc-group|candidate|crypto|rid|imageattr|x):/;
  const pool = offers.flatMap((offer) => offer.split('\r\n')).filter((line) => lists.test(line));
  const random = makeRandom(1);
  for (let i = 0; i < 500; ++i) {
    const lines = ['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'm=video 9 RTP/AVP 96'];
    for (let j = random(40); j > 0; --j) lines.push(pool[random(pool.length)]);
    lines.push(...odd.filter(() => random(3) === 0));
    isSame(lines.join(['\r\n', '\n', '\r'][i % 3]));
  }
});

test('3000 lines of browsers with one character changed, left out or put in', () => {
  // Extensions of candidates, and names that begin like a flag, are read otherwise: js/SDP.md.
  const kinds = [
    /^a=(rtpmap|fmtp|rtcp-fb|extmap|ssrc|ssrc-group|msid|fingerprint|rtcp|group):/,
    /^a=(mid|setup|ice-ufrag|ice-pwd|sctp-port|max-message-size):/,
    /^a=candidate:(?=.* typ \S+$)/,
    /^[cm]=/,
  ];
  const pool = offers
    .flatMap((offer) => offer.split('\r\n'))
    .filter((line) => kinds.some((kind) => kind.test(line)));
  const characters = ' 0019aZ.,:;/*-+_=~e\t\u00e9\u{1f600}';
  const random = makeRandom(2);
  for (let i = 0; i < 3000; ++i) {
    const line = pool[random(pool.length)];
    const start = (line.startsWith('a=') ? line.indexOf(':') : 1) + 1;
    const at = start + random(line.length - start + 1);
    const put = random(3) > 0 ? characters.charAt(random(characters.length)) : '';
    const changed = line.slice(0, at) + put + line.slice(at + random(2));
    // More of these is read here than there: js/SDP.md.
    if (line.startsWith('m=') && !/^m=\w* \d* [\w/]*( .*)?$/.test(changed)) continue;
    const text = ['v=0', 's=-', 'm=video 9 RTP/AVP 96', changed, 'a=sendrecv', ''].join('\r\n');
    assert.deepEqual(Koeru.parse(text), original.parse(text), JSON.stringify(changed));
  }
});

test('a description larger than the memory that parse keeps', () => {
  const [head, ...sections] = offers[0].split(/^(?=m=)/m);
  isSame(head + sections.join('').repeat(Math.ceil(1_100_000 / offers[0].length)));
});

test('only texts are read, as in sdp-transform', () => {
  for (const value of [undefined, null, 5, {}, ['v=0']]) {
    assert.throws(() => original.parse(value), /TypeError/);
    assert.throws(() => Koeru.parse(value), /TypeError/);
  }
});

test('the small readers', () => {
  for (const text of ['', 'a', 'a=', '=b', 'a=1;b=x=y; c', '1=2;3', 'profile=42e01f;x=1.0']) {
    assert.deepEqual(Koeru.parseParams(text), original.parseParams(text), text);
  }
  assert.deepEqual(Koeru.parsePayloads('0 8 96'), original.parsePayloads('0 8 96'));
  assert.deepEqual(Koeru.parsePayloads(96), original.parsePayloads(96));
  const images = '[x=800,y=640,sar=1.1] [x=480]';
  assert.deepEqual(Koeru.parseImageAttributes(images), original.parseImageAttributes(images));
  const remote = '1 203.0.113.1 54400 2 203.0.113.1 54401';
  assert.deepEqual(Koeru.parseRemoteCandidates(remote), original.parseRemoteCandidates(remote));
  const streams = '1,~2;a';
  assert.deepEqual(
    Koeru.parseSimulcastStreamList(streams),
    original.parseSimulcastStreamList(streams),
  );
});
