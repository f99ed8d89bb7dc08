// koeru/sdp where it must differ from `sdp`: js/SDP.md, line by line. Each test shows first that
// `sdp` still loses what the table says.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import test from 'node:test';
import Koeru, * as byName from '../../../build/dist/sdp.mjs';

const require = createRequire(new URL('../../../js/package.json', import.meta.url));
const original = require('sdp');
const audio = 'm=audio 9 UDP/TLS/RTP/SAVPF 96 97\r\n';
const host = 'candidate:1 1 UDP 9 192.0.2.1 5 typ host';

function sectionOf(...lines) {
  return audio + lines.map((line) => `${line}\r\n`).join('');
}

// Calls both, and holds that they differ.
function differ(name, ...inputs) {
  const call = (SDPUtils) => {
    try {
      return SDPUtils[name](...inputs);
    } catch (error) {
      return error.name;
    }
  };
  const [ours, theirs] = [call(Koeru), call(original)];
  assert.notDeepEqual(ours, theirs);
  return ours;
}

// What our reader and writer make of a line, which `sdp` changes.
function comesBack(reader, writer, line, wrap = (value) => value) {
  const both = (SDPUtils) => SDPUtils[writer](wrap(SDPUtils[reader](line)));
  assert.equal(both(Koeru).trimEnd(), line);
  let theirs;
  try {
    theirs = both(original).trimEnd();
  } catch {
    return;
  }
  assert.notEqual(theirs, line);
}

const asParameters = (parameters) => ({ payloadType: 96, parameters });

test('exports what sdp exports, by import and by require()', () => {
  const names = Object.keys(original).sort();
  assert.deepEqual(Object.keys(Koeru).sort(), names);
  assert.deepEqual(Object.keys(byName).sort(), [...names, 'default'].sort());
  const required = createRequire(import.meta.url)('../../../build/dist/sdp.js');
  assert.deepEqual(Object.keys(required).sort(), names);
  for (const name of names) assert.equal(typeof required[name], typeof original[name]);
});

test('its object can be changed by tests, as that of sdp', () => {
  const saved = Koeru.generateIdentifier;
  Koeru.generateIdentifier = () => 'fixed';
  assert.equal(Koeru.generateIdentifier(), 'fixed');
  Koeru.generateIdentifier = saved;
});

test('writes the extensions of a candidate, in their order', () => {
  comesBack('parseCandidate', 'writeCandidate', `${host} generation 0 ufrag Xy network-id 3`);
  comesBack('parseCandidate', 'writeCandidate', `${host} x-new yes network-cost 10 x-empty  x-a b`);
});

test('writes extensions that were edited, and none that was taken away', () => {
  const candidate = Koeru.parseCandidate(`${host} generation 0 x-new yes ufrag Xy`);
  candidate['x-new'] = 'no';
  candidate.usernameFragment = 'Zz';
  delete candidate.generation;
  assert.equal(Koeru.writeCandidate(candidate), `${host} x-new no ufrag Zz`);
  delete candidate.usernameFragment;
  delete candidate.ufrag;
  assert.equal(Koeru.writeCandidate(candidate), `${host} x-new no`);
});

test('writes the usual extensions of a copy of a candidate', () => {
  const copy = { ...Koeru.parseCandidate(`${host} generation 0 network-id 3 x-new yes`), port: 6 };
  assert.equal(
    Koeru.writeCandidate(copy),
    'candidate:1 1 UDP 9 192.0.2.1 6 typ host generation 0 network-id 3',
  );
});

test('writes no field of an object that a caller made up', () => {
  const candidate = { ...Koeru.parseCandidate(host), sdpMid: '0', note: 'mine' };
  assert.equal(Koeru.writeCandidate(candidate), host);
});

test('writes extensions that are repeated, or named like a field', () => {
  comesBack('parseCandidate', 'writeCandidate', `${host} x a x b port 7 toString 1 __proto__ 2`);
  assert.equal(Koeru.parseCandidate(`${host} x a x b port 7`).port, 5);
});

test('reads a candidate without its prefix, and with blanks around it', () => {
  const expected = Koeru.parseCandidate(host);
  assert.deepEqual(differ('parseCandidate', host.replace('candidate:', '')), expected);
  assert.deepEqual(differ('parseCandidate', ` a=${host}`), expected);
  assert.deepEqual(differ('parseCandidate', `${host}\r\n`), expected);
});

test('reads values of fmtp with "="', () => {
  const line = 'a=fmtp:96 sprop-parameter-sets=Z0IACpZTBYmI,aMljiA==;x=1';
  assert.equal(differ('parseFmtp', line)['sprop-parameter-sets'], 'Z0IACpZTBYmI,aMljiA==');
  comesBack('parseFmtp', 'writeFmtp', line, asParameters);
});

test('reads quoted values of fmtp with ";" and "="', () => {
  const line = 'a=fmtp:96 a="x;y=\\";z" ; b="q"; c="open; d=5" e;f=a"b;c"';
  const parameters = differ('parseFmtp', line);
  assert.deepEqual(parameters, {
    a: '"x;y=\\";z"',
    b: '"q"',
    c: '"open',
    d: '5" e',
    f: 'a"b',
    'c"': undefined,
  });
});

test('writes a parameter that stands twice, and shows the last', () => {
  const line = 'a=fmtp:96 a=1;b=2;a=3';
  assert.deepEqual(Koeru.parseFmtp(line), { a: '3', b: '2' });
  comesBack('parseFmtp', 'writeFmtp', line, asParameters);
  const edited = Koeru.parseFmtp(line);
  edited.b = '5';
  assert.equal(Koeru.writeFmtp(asParameters(edited)), 'a=fmtp:96 a=3;b=5\r\n');
});

test('reads a parameter that is named __proto__', () => {
  comesBack('parseFmtp', 'writeFmtp', 'a=fmtp:96 a=1;__proto__=2', asParameters);
});

test('reads no parameters where there are none', () => {
  assert.deepEqual(differ('parseFmtp', 'a=fmtp:96'), {});
});

test('reads all fmtp lines of a payload, of one name the first', () => {
  const section = sectionOf(
    'a=rtpmap:96 opus/48000/2',
    'a=fmtp:96 minptime=10;useinbandfec=1',
    'a=fmtp:96 stereo=1;minptime=20',
  );
  const capabilities = differ('parseRtpParameters', section);
  assert.deepEqual(capabilities.codecs[0].parameters, {
    minptime: '10',
    useinbandfec: '1',
    stereo: '1',
  });
  assert.match(
    Koeru.writeRtpDescription('audio', capabilities),
    /a=fmtp:96 minptime=10;useinbandfec=1;stereo=1;minptime=20\r\n/,
  );
});

test('reads static payload types that have no rtpmap', () => {
  const { codecs } = differ('parseRtpParameters', 'm=audio 9 RTP/AVP 0 11 10 96\r\n');
  const shown = codecs.map(({ payloadType, name, clockRate, channels }) =>
    [payloadType, name, clockRate, channels].join(' '),
  );
  assert.deepEqual(shown, ['0 PCMU 8000 1', '11 L16 44100 1', '10 L16 44100 2']);
});

test('reads maxptime, which writeRtpDescription writes', () => {
  const section = sectionOf('a=rtpmap:96 opus/48000/2', 'a=maxptime:60');
  const capabilities = differ('parseRtpParameters', section);
  assert.equal(capabilities.codecs[0].maxptime, 60);
  assert.match(Koeru.writeRtpDescription('audio', capabilities), /a=maxptime:60\r\n/);
});

test('writes the profile that it read', () => {
  const capabilities = Koeru.parseRtpParameters('m=audio 9 RTP/AVP 96\r\na=rtpmap:96 x/1\r\n');
  assert.match(Koeru.writeRtpDescription('audio', capabilities), /^m=audio 9 RTP\/AVP 96\r\n/);
});

test('reads sections without a line end before the session, and without a session', () => {
  const [media, session] = ['a=fingerprint:sha-1 AA\na=ice-ufrag:u', 'a=ice-pwd:p'];
  assert.deepEqual(differ('getDtlsParameters', media.split('\n')[0], session).fingerprints, [
    { algorithm: 'sha-1', value: 'AA' },
  ]);
  assert.equal(differ('getIceParameters', media, session).password, 'p');
  assert.equal(differ('getDtlsParameters', media.split('\n')[0]).fingerprints[0].value, 'AA');
  const [crypto] = differ('getCryptoParameters', 'a=crypto:1 A inline:x');
  assert.equal(crypto.keyParams, 'inline:x');
});

test('reads every fingerprint, of the section and then of the session', () => {
  const { fingerprints } = differ(
    'getDtlsParameters',
    'a=fingerprint:sha-1 AA\na=fingerprint:sha-256 BB',
    'a=fingerprint:sha-512 CC',
  );
  assert.deepEqual(
    fingerprints.map(({ value }) => value),
    ['AA', 'BB', 'CC'],
  );
});

test('reads ice-lite', () => {
  const ice = ['a=ice-ufrag:u\r\na=ice-pwd:p\r\n', 'v=0\r\na=ice-lite\r\n'];
  assert.equal(differ('getIceParameters', ...ice).iceLite, true);
});

test('reads a key without lifetime but with MKI, and several keys', () => {
  const key = differ('parseCryptoKeyParams', 'inline:abc|1:4');
  assert.deepEqual([key.lifeTime, key.mkiValue, key.mkiLength], [undefined, '1', '4']);
  const several = 'inline:abc|2^20|1:4;inline:def|2^20|2:4';
  assert.equal(differ('parseCryptoKeyParams', several).furtherKeys, 'inline:def|2^20|2:4');
  comesBack('parseCryptoKeyParams', 'writeCryptoKeyParams', several);
  const open = 'inline:abc|2^20|1:4;';
  assert.equal(Koeru.writeCryptoKeyParams(Koeru.parseCryptoKeyParams(open)), open);
});

test('writes no blank behind a key', () => {
  const crypto = { tag: 1, cryptoSuite: 'A', keyParams: 'inline:x', sessionParams: [] };
  assert.equal(differ('writeCryptoLine', crypto), 'a=crypto:1 A inline:x\r\n');
});

test('reads the first of several msid lines', () => {
  const section = sectionOf('a=msid:one track', 'a=msid:two track');
  assert.deepEqual(differ('parseMsid', section), { stream: 'one', track: 'track' });
});

test('reads rtcp-mux-only and other names that begin like a flag as themselves', () => {
  assert.equal(differ('parseRtcpParameters', sectionOf('a=rtcp-mux-only')).mux, false);
  assert.equal(differ('parseRtcpParameters', sectionOf('a=rtcp-rsizes')).reducedSize, false);
});

test('finds the repair source of a sender in whichever group it is', () => {
  const section = sectionOf(
    'a=rtpmap:96 VP8/90000',
    'a=rtpmap:97 rtx/90000',
    'a=fmtp:97 apt=96',
    'a=ssrc-group:FID 3 4',
    'a=ssrc-group:FID 1 2',
    'a=ssrc:1 cname:x',
  );
  const [encoding] = differ('parseRtpEncodingParameters', section);
  assert.deepEqual(encoding, { ssrc: 1, codecPayloadType: 96, rtx: { ssrc: 2 } });
});

test('reads the bandwidth behind one of another type, and none that is no number', () => {
  const section = (...lines) => sectionOf(...lines, 'a=ssrc:1 cname:x');
  const bitrate = (...lines) =>
    differ('parseRtpEncodingParameters', section(...lines))[0].maxBitrate;
  assert.equal(bitrate('b=CT:5', 'b=TIAS:90000'), 90000);
  assert.equal(bitrate('b=AS:x'), undefined);
});

test('reads the number of streams of sctpmap, and writes it', () => {
  const media = 'm=application 9 DTLS/SCTP 5000\r\na=sctpmap:5000 webrtc-datachannel 1024\r\n';
  const sctp = differ('parseSctpDescription', media);
  assert.equal(sctp.streams, 1024);
  assert.match(
    Koeru.writeSctpDescription(Koeru.parseMLine(media), sctp),
    /a=sctpmap:5000 webrtc-datachannel 1024\r\n/,
  );
});

test('writes the format of the m-line where the description names no protocol', () => {
  const media = Koeru.parseMLine('m=application 9 UDP/DTLS/SCTP webrtc-datachannel');
  assert.match(
    differ('writeSctpDescription', media, { port: 5000 }),
    /^m=application 9 UDP\/DTLS\/SCTP webrtc-datachannel\r\n/,
  );
});

test('reads the number of ports of an m-line', () => {
  const line = differ('parseMLine', 'm=audio 49170/2 RTP/AVP 31');
  assert.deepEqual([line.port, line.portCount], [49170, 2]);
  assert.equal('portCount' in Koeru.parseMLine(audio), false);
});

test('keeps a session version beyond 2^53 as text beside the number', () => {
  const line = differ('parseOLine', 'v=0\r\no=- 1 18446744073709551615 IN IP4 192.0.2.1\r\n');
  assert.equal(line.sessionVersionText, '18446744073709551615');
  assert.equal(typeof line.sessionVersion, 'number');
});

test('takes blanks in a row for one', () => {
  assert.equal(differ('parseRtpMap', 'a=rtpmap:96  VP8/90000').name, 'VP8');
  assert.equal(differ('parseExtmap', 'a=extmap:1  urn:x').uri, 'urn:x');
  assert.equal(differ('parseFingerprint', 'a=fingerprint:sha-1  AA').value, 'AA');
  assert.equal(differ('parseRtcpFb', 'a=rtcp-fb:96  nack pli').type, 'nack');
  assert.equal(differ('parseSsrcMedia', 'a=ssrc:1  cname:x').attribute, 'cname');
  assert.equal(differ('parseMLine', 'm=audio  9 RTP/AVP 0').port, 9);
  assert.equal(differ('parseCandidate', `${host}  generation 0`).generation, '0');
  assert.deepEqual(differ('parseSsrcGroup', 'a=ssrc-group:FID 1  2').ssrcs, [1, 2]);
  assert.deepEqual(differ('parseIceOptions', 'a=ice-options:trickle  x'), ['trickle', 'x']);
  assert.deepEqual(differ('parseIceOptions', 'a=ice-options:'), []);
  assert.deepEqual(differ('parseIceOptions', 'a=ice-options:trickle '), ['trickle']);
});

test('reads lines that are too short as far as they go', () => {
  assert.deepEqual(differ('parseSsrcMedia', 'a=ssrc:5'), { ssrc: 5 });
  assert.deepEqual(differ('parseRtcpFb', 'a=rtcp-fb:96'), { type: '', parameter: '' });
  assert.deepEqual(differ('parseFingerprint', 'a=fingerprint:sha-1'), {
    algorithm: 'sha-1',
    value: '',
  });
  assert.equal(differ('parseRtpMap', 'a=rtpmap:96').payloadType, 96);
  assert.equal(differ('parseCandidate', 'candidate:7').foundation, '7');
  assert.equal(differ('parseOLine', 'v=0').username, '');
});

test('one bad line costs no other line of its section', () => {
  const section = sectionOf('a=fingerprint:bad', 'a=fingerprint:sha-256 BB');
  assert.equal(differ('getDtlsParameters', section, '').fingerprints[1].value, 'BB');
});

test('writes numbers as they were read: with leading zeros, with a tail, or none at all', () => {
  comesBack('parseRtpMap', 'writeRtpMap', 'a=rtpmap:096 x/08000/02');
  comesBack('parseRtpMap', 'writeRtpMap', 'a=rtpmap:96 x/8000Hz/stereo');
  comesBack('parseRtpMap', 'writeRtpMap', 'a=rtpmap:96 x');
  comesBack('parseExtmap', 'writeExtmap', 'a=extmap:x/recvonly urn:x');
  comesBack('parseCandidate', 'writeCandidate', host.replace(' 9 ', ' 99999999999999999999 '));
  comesBack('parseCryptoLine', 'writeCryptoLine', 'a=crypto:x A inline:y z');
});

test('writes numbers that were edited', () => {
  const codec = Koeru.parseRtpMap('a=rtpmap:096 x/08000');
  codec.clockRate = 16000;
  assert.equal(Koeru.writeRtpMap(codec), 'a=rtpmap:096 x/16000\r\n');
});

test('never writes the words undefined and NaN for what is missing', () => {
  assert.equal(differ('writeRtpMap', { payloadType: 96, name: 'x' }), 'a=rtpmap:96 x\r\n');
  assert.equal(differ('writeExtmap', { id: 1 }), 'a=extmap:1\r\n');
  assert.equal(differ('writeCryptoLine', { tag: 1, cryptoSuite: 'A' }), 'a=crypto:1 A\r\n');
  assert.equal(
    differ('writeDtlsParameters', { fingerprints: [{ algorithm: 'sha-1', value: 'AA' }] }),
    'a=fingerprint:sha-1 AA\r\n',
  );
  assert.equal(
    differ('writeIceParameters', { usernameFragment: 'u' }),
    'a=ice-ufrag:u\r\na=ice-pwd:\r\n',
  );
});

test('makes session ids of 18 digits, and identifiers of always ten characters', () => {
  for (let i = 0; i < 200; ++i) {
    assert.match(Koeru.generateSessionId(), /^[1-9]\d{17}$/);
    assert.match(Koeru.generateIdentifier(), /^[0-9a-z]{10}$/);
  }
  assert.match(Koeru.writeSessionBoilerplate(), /^v=0\r\no=thisisadapterortc \d{18} 2 IN IP4 /);
  assert.match(Koeru.localCName, /^[0-9a-z]{10}$/);
});

test('megabytes are read in linear time', () => {
  const feedback = Array.from({ length: 200_000 }, (_, i) => `a=rtcp-fb:* x${i} y`);
  const parameters = 'a=fmtp:96 ' + 'a="b;c";d="e;'.repeat(200_000);
  const lines = ['a=rtpmap:96 x/1', parameters, feedback.join('\r\n')];
  const section = sectionOf(...lines);
  const start = performance.now();
  const [codec] = Koeru.parseRtpParameters(section).codecs;
  assert.equal(codec.rtcpFeedback.length, 200_000);
  assert.equal(codec.parameters.a, '"b;c"');
  const long = `"${'x\\";'.repeat(1_000_000)}"`;
  assert.equal(Koeru.parseFmtp(`a=fmtp:96 a=${long};b`).a, long);
  assert.ok(performance.now() - start < 5000);
});
