// Koeru.sdp: sections, codecs and the helpers that edit them.

import assert from 'node:assert/strict';
import test from 'node:test';
import * as Koeru from '../../build/dist/koeru.mjs';
import { readDescriptions } from './support/vectors.mjs';

const offers = await readDescriptions();
const offerOf = (name) => offers.find((offer) => offer.name === `${name}_offer.sdp`).text;
const chromium = offerOf('chromium_video');
const firefox = offerOf('firefox_video');

// What is in one text's lines and not in the other's: [removed, added].
function changed(before, after) {
  const [a, b] = [before, after].map((text) => text.split('\r\n'));
  return [a.filter((line) => !b.includes(line)), b.filter((line) => !a.includes(line))];
}

test('sections tell what their lines say, without koeru.wasm', () => {
  const { media, session } = Koeru.sdp.parse(chromium);
  const [audio, video] = media;
  assert.deepEqual([session.kind, session.port, session.protocol], ['', undefined, '']);
  assert.deepEqual([audio.kind, video.kind], ['audio', 'video']);
  assert.equal(audio.port, 40726);
  assert.equal(audio.protocol, 'UDP/TLS/RTP/SAVPF');
  assert.deepEqual(audio.formats, ['111', '63', '9', '0', '8', '13', '110', '126']);
  assert.deepEqual([audio.mid, video.mid, session.mid], ['0', '1', undefined]);
  assert.deepEqual([audio.iceUfrag, audio.setup], ['GYLF', 'actpass']);
  assert.equal(audio.rejected, false);
  assert.equal(Koeru.sdp.parse(chromium).section('1').kind, 'video');
  assert.equal(Koeru.sdp.parse(chromium).section('2'), undefined);
});

test('port 0 is a refusal, unless bundle-only says that it is none', () => {
  const [a, b] = Koeru.sdp.parse('m=a 0 RTP/AVP 0\nm=a 0 RTP/AVP 0\na=bundle-only\n').media;
  assert.deepEqual([a.rejected, b.rejected], [true, false]);
});

test('what the session says holds for sections that say nothing', async () => {
  await Koeru.sdp.ready;
  const text =
    'v=0\na=sendonly\na=ice-ufrag:abcd\na=fingerprint:sha-1 AA\na=extmap:1 urn:x\n' +
    'm=audio 9 RTP/AVP 0\nm=audio 9 RTP/AVP 0\na=inactive\na=ice-ufrag:efgh\na=extmap:2 urn:y\n';
  const [first, second] = Koeru.sdp.parse(text).media;
  assert.deepEqual([first.direction, second.direction], ['sendonly', 'inactive']);
  assert.deepEqual([first.iceUfrag, second.iceUfrag], ['abcd', 'efgh']);
  assert.deepEqual(first.headerExtensions, [{ id: 1, uri: 'urn:x' }]);
  assert.deepEqual(second.headerExtensions, [{ id: 2, uri: 'urn:y' }]);
  assert.equal(Koeru.sdp.parse('m=audio 9 RTP/AVP 0\n').media[0].direction, 'sendrecv');
});

test('setting a direction changes one line, adds it where there is none, and leaves no other', () => {
  for (const { text } of offers.filter(({ name }) => /^(chromium|firefox)_/.test(name))) {
    const description = Koeru.sdp.parse(text);
    for (const section of description.media.filter(({ kind }) => kind !== 'application')) {
      section.direction = 'inactive';
      assert.equal(section.direction, 'inactive');
    }
    const lines = description.toString().split('\r\n');
    assert.equal(lines.length, text.split('\r\n').length);
  }
  const { session, media } = Koeru.sdp.parse('v=0\nm=a 1 RTP/AVP 0\na=sendonly\na=b\na=recvonly\n');
  media[0].direction = 'sendrecv';
  session.direction = 'inactive';
  assert.equal(`${media[0]}`, 'm=a 1 RTP/AVP 0\na=sendrecv\na=b\n');
  assert.equal(`${session}`, 'v=0\na=inactive\n');
  assert.throws(() => (media[0].direction = 'both'), { name: 'TypeError', message: /sendrecv, / });
});

test('a direction is the same edit before and after a line was handed out', () => {
  for (const end of ['\n', '\r\n']) {
    const text = ['v=0', 'm=a 1 RTP/AVP 0', 'a=x', 'a=sendonly', 'a=sendonlyx', 'a=y', ''].join(end);
    const expected = text.replace(`a=sendonly${end}`, `a=recvonly${end}`);
    const whole = Koeru.sdp.parse(text);
    whole.media[0].direction = 'recvonly';
    assert.equal(`${whole}`, expected);
    const handedOut = Koeru.sdp.parse(text);
    const [, x, direction, , y] = handedOut.media[0].lines();
    handedOut.media[0].direction = 'recvonly';
    assert.equal(`${handedOut}`, expected);
    assert.equal(direction.text, 'a=recvonly');
    y.text = 'a=z';
    handedOut.media[0].direction = 'inactive';
    assert.equal(x.number, 3);
    assert.equal(`${handedOut}`, text.replace(`a=sendonly${end}`, `a=inactive${end}`).replace('a=y', 'a=z'));
    // And lines that are handed out afterwards are those of the edited text.
    assert.equal(whole.media[0].lines('recvonly').length, 1);
    assert.equal(whole.media[0].lines()[2].text, 'a=recvonly');
  }
  const cut = Koeru.sdp.parse('m=a 1 RTP/AVP 0\r\na=sendrecv\r');
  cut.media[0].direction = 'inactive';
  assert.equal(`${cut}`, 'm=a 1 RTP/AVP 0\r\na=inactive\r');
});

test('a name is found whole: at the start, at the end, and not in another name', () => {
  const text = 'm=a 1 RTP/AVP 0\na=rtcp-fb:0 nack\na=rtcp:9\r\na=mid\rx\na=x a=mid:2\na=mid:1\ra=mid:3\na=mid';
  const [section] = Koeru.sdp.parse(text).media;
  assert.equal(section.mid, '1\ra=mid:3');
  assert.equal(section.lines('mid').length, 2);
  assert.equal(section.get('rtcp').port, 9);
  assert.equal(section.kind, 'a');
  assert.equal(Koeru.sdp.parse('a=mid:7\r').session.mid, '7');
});

// RFC 5576 section 10 and RFC 8853 section 4: sections of their own.
test('RFC 5576 and RFC 8853: the values of their examples', async () => {
  await Koeru.sdp.ready;
  const example = (name) =>
    Koeru.sdp.parse(offers.find((offer) => offer.name === `${name}.sdp`).text, { mode: 'strict' });
  const [retransmission] = example('rfc5576_10_retransmission').media;
  assert.deepEqual(
    retransmission.getAll('ssrc-group').map(({ semantics, ssrcs }) => [semantics, ...ssrcs]),
    [['FID', 11111, 22222], ['FID', 33333, 44444]],
  );
  assert.equal(retransmission.ssrcs.length, 4);
  assert.equal(String(retransmission.codecs[0].rtx), 'rtx/90000');
  assert.equal(retransmission.codecs[1].parameter('rtx-time'), '3000');
  const sources = example('rfc5576_10_sources').media[0].ssrcs;
  assert.deepEqual(
    sources.map(({ id, attribute, value }) => [id, attribute, value]),
    [12345, 67890].map((ssrc) => [ssrc, 'cname', 'another-user@example.com']),
  );
  const offer = example('rfc8853_4_offer');
  const [{ rids, codecs }] = offer.media;
  assert.deepEqual(rids.map(({ id, direction }) => id + direction), ['1send', '2send', '3send', '4recv']);
  assert.deepEqual(codecs.map(String), ['H264/90000', 'H264/90000', 'VP8/90000']);
  assert.equal(codecs[2].parameter('max-fr'), '30');
  const { directions } = offer.media[0].get('simulcast');
  assert.deepEqual(
    directions.map(({ direction, streams }) => [direction, streams.map((either) => either.map(({ id }) => id))]),
    [['send', [['1'], ['2', '3']]], ['recv', [['4']]]],
  );
  assert.equal(example('rfc8853_4_answer').media[0].getAll('rid')[2].direction, 'send');
});

test('codecs are joined from rtpmap, fmtp and rtcp-fb, in the order of the m= line', async () => {
  await Koeru.sdp.ready;
  const [audio, video] = Koeru.sdp.parse(chromium).media;
  const [opus] = audio.codecs;
  assert.deepEqual([opus.name, opus.clockRate, opus.channels], ['opus', 48000, 2]);
  assert.equal(`${opus}`, 'opus/48000/2');
  assert.equal(opus.parameter('USEINBANDFEC'), '1');
  assert.equal(opus.parameter('stereo'), undefined);
  assert.deepEqual(opus.feedback, [{ type: 'transport-cc' }]);
  assert.deepEqual(
    audio.codecs.map(({ payloadType }) => String(payloadType)),
    audio.formats,
  );
  const [vp8] = video.codecs;
  assert.deepEqual([vp8.name, vp8.channels, vp8.rtx.payloadType], ['VP8', undefined, 97]);
  assert.deepEqual(vp8.feedback.at(-1), { type: 'nack', parameter: 'pli' });
  assert.equal(vp8.rtx.parameter('apt'), '96');
  assert.equal(vp8.rtx.rtx, undefined);
  assert.ok(video.codecs[0] === vp8, 'the same object');
  assert.deepEqual(Koeru.sdp.parse(offerOf('chromium_data')).media[0].codecs, []);
});

test('payload types of RFC 3551 need no rtpmap', async () => {
  await Koeru.sdp.ready;
  const { media } = Koeru.sdp.parse('m=audio 9 RTP/AVP 0 9 10 34 77\na=rtcp-fb:* nack\n');
  assert.deepEqual(
    media[0].codecs.map((codec) => [codec.name, codec.clockRate, codec.channels]),
    [
      ['PCMU', 8000, 1],
      ['G722', 8000, 1],
      ['L16', 44100, 2],
      ['H263', 90000, 1],
      [undefined, undefined, 1],
    ],
  );
  assert.deepEqual(media[0].codecs[4].feedback, [{ type: 'nack' }]);
});

test('parameters of a codec are a list to edit and to set', async () => {
  await Koeru.sdp.ready;
  const description = Koeru.sdp.parse(chromium);
  const [opus] = description.media[0].codecs;
  const { parameters } = opus;
  parameters.push({ name: 'stereo', value: '1' });
  assert.equal(opus.parameter('stereo'), undefined);
  opus.parameters = parameters;
  const [removed, added] = changed(chromium, `${description}`);
  assert.deepEqual(removed, ['a=fmtp:111 minptime=10;useinbandfec=1']);
  assert.deepEqual(added, ['a=fmtp:111 minptime=10;useinbandfec=1;stereo=1']);
  opus.setParameter('stereo', undefined);
  assert.equal(`${description}`, chromium);
  opus.setParameter('minptime', 20);
  assert.equal(opus.parameter('minptime'), '20');
  opus.parameters = [];
  assert.deepEqual(changed(chromium, `${description}`), [removed, []]);
  opus.parameters = [{ name: 'stereo', value: '1' }];
  const lines = `${description}`.split('\r\n');
  assert.equal(lines[lines.indexOf('a=rtcp-fb:111 transport-cc') + 1], 'a=fmtp:111 stereo=1');
});

test('a new line stands where RFC 8866 wants it, next to its kin', async () => {
  await Koeru.sdp.ready;
  const lineBefore = (text, line) => text.split('\r\n')[text.split('\r\n').indexOf(line) - 1];
  const { media, session } = Koeru.sdp.parse(chromium);
  const video = media[1];
  assert.equal(video.set('b=', { type: 'AS', bandwidth: 500 }).name, 'b=');
  assert.equal(lineBefore(`${video}`, 'b=AS:500'), 'c=IN IP4 127.0.0.1');
  video.set('i=', 'my camera');
  assert.equal(lineBefore(`${video}`, 'i=my camera'), `${video}`.split('\r\n')[0]);
  video.add('rtcp-fb', { payloadType: '96', type: 'x' });
  assert.match(lineBefore(`${video}`, 'a=rtcp-fb:96 x'), /^a=rtcp-fb:96 nack pli$/);
  video.add('x-new', 'last');
  assert.ok(`${video}`.endsWith('a=x-new:last\r\n'));
  session.add('t=', { startTime: 1, stopTime: 2 });
  assert.equal(lineBefore(`${session}`, 't=1 2'), 't=0 0');
  const repeats = Koeru.sdp.parse('t=0 0\r\nr=1 2 3\r\na=x\r\n').session;
  repeats.add('t=', { startTime: 1, stopTime: 2 });
  assert.equal(`${repeats}`, 't=0 0\r\nr=1 2 3\r\nt=1 2\r\na=x\r\n');
});

test('remove takes lines away, all of a name or those that the predicate wants', async () => {
  await Koeru.sdp.ready;
  const description = Koeru.sdp.parse(chromium);
  const [audio] = description.media;
  assert.equal(audio.candidates.length, 8);
  assert.equal(audio.remove('candidate', ({ transport }) => transport === 'tcp'), 4);
  assert.ok(audio.candidates.every(({ transport }) => transport === 'udp'));
  assert.equal(audio.remove('candidate'), 4);
  assert.deepEqual(audio.candidates, []);
  assert.equal(audio.remove('candidate'), 0);
  assert.equal(audio.set('mid', 'x').text, 'a=mid:x');
  assert.equal(description.section('x'), audio);
});

test('what makes no sense is a TypeError that says what would, and changes nothing', async () => {
  await Koeru.sdp.ready;
  const description = Koeru.sdp.parse(chromium);
  const { session, media } = description;
  for (const [body, message] of [
    [() => Koeru.sdp.parse(), /needs the text of a session description/],
    [() => Koeru.sdp.parse({ sdp: null }), /needs the text/],
    [() => Koeru.sdp.parse('', { mode: 'lax' }), /"strict" or "lenient"/],
    [() => session.get('a=rtpmap'), /such as "rtpmap"/],
    [() => session.get(), /such as "rtpmap"/],
    [() => session.set('a:b', 'c'), /such as "rtpmap"/],
    [() => session.set('x-a', 1), /text/],
    [() => session.set('x-a', 'b\r\na=c'), /one line/],
    [() => session.set('rtpmap', null), /got null/],
    [() => session.set('rtpmap', { payloadType: [null] }), /payloadType\[0\].* got null/],
    [() => session.add('m=', media[0].get('m=')), /one m= line/],
    [() => media[0].remove('m='), /one m= line/],
    [() => (media[0].lines()[0].text = 'a=x'), /one m= line/],
    [() => (session.lines()[1].text = 'm=x'), /one m= line/],
    [() => (session.lines()[1].text = 'a=x\n'), /one line/],
    [() => media[0].remove('candidate', 'tcp'), /needs a function/],
    [() => description.keepCodecs('VP8'), /needs an array/],
    [() => description.setBandwidth('AS', {}), /texts and numbers/],
    [() => description.setFmtp('VP8', ['x']), /needs an object/],
  ]) {
    assert.throws(body, { name: 'TypeError', message });
  }
  assert.throws(() => session.set('rtpmap', { payloadType: 1 }), {
    name: 'ParseError',
    field: 'encodingName',
  });
  assert.throws(() => description.removeCodecs(['H999']), { name: 'ParseError' });
  assert.equal(description.toString(), chromium);
});

test('helpers work on all sections or on one, and give back what they were called on', async () => {
  await Koeru.sdp.ready;
  const description = Koeru.sdp.parse({ type: 'offer', sdp: chromium });
  const [audio, video] = description.media;
  const opus = audio.codecs[0];
  const mid = video.lines('mid')[0];
  assert.equal(description.setBandwidth('AS', 300), description);
  assert.deepEqual(audio.bandwidths, [{ type: 'AS', bandwidth: 300 }]);
  assert.deepEqual(video.bandwidths, [{ type: 'AS', bandwidth: 300 }]);
  assert.equal(audio.setBandwidth('AS', null), audio);
  assert.deepEqual([audio.bandwidths.length, video.bandwidths.length], [0, 1]);
  video.setBandwidth('AS', null);
  assert.equal(description.sdp, chromium);
  assert.equal(description.type, 'offer');

  video.keepCodecs(['VP8']);
  assert.deepEqual(video.codecs.map(String), ['VP8/90000', 'rtx/90000']);
  audio.removeCodecs([opus, 0]);
  assert.equal(audio.codecs.some(({ payloadType }) => payloadType === 111 || payloadType === 0), false);
  audio.reorderCodecs(['PCMA']);
  assert.equal(audio.codecs[0].name, 'PCMA');
  // The line that was there before is still in its place.
  assert.equal(mid.text, 'a=mid:1');
  assert.equal(description.toString().split('\r\n')[mid.number - 1], 'a=mid:1');
  assert.equal(description.setDirection('inactive').media[1].direction, 'inactive');
  audio.setDirection('recvonly');
  assert.deepEqual([audio.direction, video.direction], ['recvonly', 'inactive']);
});

test('an edit keeps lone surrogates, which UTF-8 has not', async () => {
  await Koeru.sdp.ready;
  const lines = [
    'v=0', 's=\ud800', 'a=x:\udc00 \u{1f600}', 'm=audio 9 RTP/AVP 0', 'a=y:\udc00\ud800', 'a=y:\ufffd\ufffd', '',
  ];
  const description = Koeru.sdp.parse(lines.join('\r\n'));
  description.setBandwidth('AS', 1);
  lines.splice(4, 0, 'b=AS:1');
  assert.equal(description.toString(), lines.join('\r\n'));
});

test('candidates are added by line, by event, by object, and removed by what they say', async () => {
  await Koeru.sdp.ready;
  const line = 'candidate:1 1 udp 1 192.0.2.1 9 typ host';
  const description = Koeru.sdp.parse(offerOf('chromium_ice_restart'));
  const before = description.media[0].candidates.length;
  description.media[0].addCandidate(line);
  description.addCandidate({ candidate: line.replace('.1 9', '.2 9'), sdpMid: description.media[0].mid });
  description.addCandidate({ candidate: line.replace('.1 9', '.3 9'), sdpMLineIndex: 0 });
  description.media[0].addCandidate(Koeru.candidate.parse(line.replace('.1 9', '.4 9')));
  const now = description.media[0].candidates.slice(before);
  assert.deepEqual(now.map(({ address }) => address), ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4']);
  description.removeCandidates({ address: '192.0.2.2' });
  assert.equal(description.media[0].candidates.length, before + 3);
  description.removeCandidates();
  assert.deepEqual(description.media[0].candidates, []);
});

test('format parameters, Opus and simulcast are written and taken back', async () => {
  await Koeru.sdp.ready;
  const description = Koeru.sdp.parse(firefox);
  const [audio, video] = description.media;
  description.setOpus({ stereo: true, maxaveragebitrate: 64000, ptime: 20 });
  const opus = audio.codecs.find(({ name }) => name === 'opus');
  assert.deepEqual([opus.parameter('stereo'), opus.parameter('maxaveragebitrate')], ['1', '64000']);
  assert.equal(audio.get('ptime'), '20');
  audio.setFmtp('opus', { cbr: 1 }).removeFmtp(opus, ['stereo']);
  assert.deepEqual([opus.parameter('cbr'), opus.parameter('stereo')], ['1', undefined]);
  const before = description.toString();
  video.setSimulcast('send', ['h', { rid: 'l', restrictions: { 'max-width': 320, 'max-fps': 15 } }]);
  assert.deepEqual(
    video.rids.map(({ id, direction }) => [id, direction]),
    [['h', 'send'], ['l', 'send']],
  );
  assert.equal(video.lines('rid')[1].text, 'a=rid:l send max-width=320;max-fps=15');
  assert.equal(video.lines('simulcast')[0].text, 'a=simulcast:send h;l');
  video.setSimulcast('send', null);
  // Browsers want the header extension with simulcast; it stays, and does no harm.
  const extmap = 'a=extmap:8 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\r\n';
  assert.equal(description.toString().replace(extmap, ''), before);
});

test('lint and diff take texts, descriptions and what RTCPeerConnection gives', async () => {
  await Koeru.sdp.ready;
  const description = Koeru.sdp.parse({ type: 'offer', sdp: chromium });
  assert.deepEqual(Koeru.sdp.diff(chromium, description), []);
  assert.deepEqual(description.lint(), Koeru.sdp.lint({ type: 'offer', sdp: chromium }));
  const errors = Koeru.sdp.lint(chromium).filter(({ severity }) => severity === 'error');
  assert.deepEqual(errors, []);
  description.media[1].direction = 'recvonly';
  const [difference] = Koeru.sdp.diff(chromium, description);
  assert.equal(difference.kind, 'direction-changed');
  assert.equal(difference.section, '1');
  assert.deepEqual([difference.before, difference.after], ['a=sendrecv', 'a=recvonly']);
  const mid = description.media[1].set('mid', '0');
  const finding = description.lint().find(({ line }) => line === mid.number);
  assert.equal(finding.severity, 'error');
  assert.match(finding.message, /mid '0'/);
  assert.equal(finding.section, 1);
  assert.throws(() => description.lint({ mode: 'x' }), { name: 'TypeError' });
});

test('columns are UTF-16 units, as editors count', async () => {
  await Koeru.sdp.ready;
  const line = 'o=\u00e4\u20ac\u{1f600} 1 x IN IP4 127.0.0.1';
  const text = chromium.replace(/^o=.*$/m, line);
  const expected = line.indexOf('x') + 1;
  const finding = Koeru.sdp.lint(text).find(({ rule }) => rule === 'value');
  assert.deepEqual([finding.line, finding.column], [2, expected]);
  const [error] = Koeru.sdp.parse(text).errors;
  assert.deepEqual([error.line, error.column], [2, expected]);
});
