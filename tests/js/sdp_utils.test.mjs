// koeru/sdp in every engine: an offer taken apart and put together, without an original beside it.

import assert from 'node:assert/strict';
import test from 'node:test';
import SDPUtils, { splitSections } from '../../build/dist/sdp.mjs';

const session = [
  'v=0',
  'o=- 8771491870249681199 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0 1',
  'a=fingerprint:sha-256 C9:9C:BE:F6',
  'a=ice-ufrag:CqyW',
  'a=ice-pwd:gMqNRbwuMtQHR0Bj2mCg0xzC',
];
const candidate =
  'a=candidate:2509105413 1 udp 2122194687 192.0.2.1 35148 typ srflx raddr 0.0.0.0 rport 0 ' +
  'generation 0 ufrag CqyW network-id 3 network-cost 50';
const video = [
  'm=video 35148 UDP/TLS/RTP/SAVPF 96 97',
  'c=IN IP4 127.0.0.1',
  candidate,
  'a=setup:actpass',
  'a=mid:0',
  'a=extmap:14/sendonly urn:ietf:params:rtp-hdrext:toffset',
  'a=sendonly',
  'a=msid:stream track',
  'a=rtcp-mux',
  'a=rtcp-rsize',
  'a=rtpmap:96 H264/90000',
  'a=rtcp-fb:96 nack pli',
  'a=rtcp-fb:* transport-cc',
  'a=fmtp:96 packetization-mode=1;sprop-parameter-sets=Z0IACpZTBYmI,aMljiA==',
  'a=rtpmap:97 rtx/90000',
  'a=fmtp:97 apt=96',
  'a=ssrc-group:FID 11 12',
  'a=ssrc:11 cname:name',
  'a=ssrc:12 cname:name',
];
const data = [
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  'c=IN IP4 0.0.0.0',
  'a=mid:1',
  'a=sctp-port:5000',
  'a=max-message-size:262144',
];
const offer = [...session, ...video, ...data].join('\r\n') + '\r\n';
const [sessionPart, videoPart, dataPart] = splitSections(offer);

test('splits an offer, and its sections make the offer again', () => {
  assert.equal(splitSections(offer).join(''), offer);
  assert.equal(SDPUtils.getDescription(offer), sessionPart);
  assert.deepEqual(SDPUtils.getMediaSections(offer), [videoPart, dataPart]);
  assert.deepEqual(SDPUtils.splitLines(dataPart), data);
  assert.ok(SDPUtils.isValidSDP(offer));
});

test('reads the lines of the session', () => {
  assert.deepEqual(SDPUtils.parseOLine(offer), {
    username: '-',
    sessionId: '8771491870249681199',
    sessionVersion: 2,
    netType: 'IN',
    addressType: 'IP4',
    address: '127.0.0.1',
  });
});

test('reads what is said of a section', () => {
  assert.equal(SDPUtils.getKind(videoPart), 'video');
  assert.equal(SDPUtils.getMid(videoPart), '0');
  assert.equal(SDPUtils.getDirection(videoPart, sessionPart), 'sendonly');
  assert.equal(SDPUtils.isRejected(videoPart), false);
  assert.deepEqual(SDPUtils.parseMsid(videoPart), { stream: 'stream', track: 'track' });
  assert.deepEqual(SDPUtils.getDtlsParameters(videoPart, sessionPart).fingerprints, [
    { algorithm: 'sha-256', value: 'C9:9C:BE:F6' },
  ]);
  assert.equal(SDPUtils.getIceParameters(videoPart, sessionPart).usernameFragment, 'CqyW');
});

test('reads codecs, and writes them as they were', () => {
  const capabilities = SDPUtils.parseRtpParameters(videoPart);
  const [h264, rtx] = capabilities.codecs;
  assert.equal(h264.parameters['sprop-parameter-sets'], 'Z0IACpZTBYmI,aMljiA==');
  assert.deepEqual(h264.rtcpFeedback, [
    { type: 'nack', parameter: 'pli' },
    { type: 'transport-cc', parameter: '' },
  ]);
  assert.deepEqual(rtx.parameters, { apt: '96' });
  const again = SDPUtils.parseRtpParameters(SDPUtils.writeRtpDescription('video', capabilities));
  assert.deepEqual(again, capabilities);
});

test('reads the sources of a section', () => {
  assert.deepEqual(SDPUtils.parseRtpEncodingParameters(videoPart), [
    { ssrc: 11, codecPayloadType: 96, rtx: { ssrc: 12 } },
  ]);
  const rtcp = { cname: 'name', ssrc: 11, reducedSize: true, compound: false, mux: true };
  assert.deepEqual(SDPUtils.parseRtcpParameters(videoPart), rtcp);
  assert.equal(
    SDPUtils.writeRtcpParameters(rtcp),
    'a=rtcp-rsize\r\na=rtcp-mux\r\na=ssrc:11 cname:name\r\n',
  );
});

test('reads a candidate, and writes all of it', () => {
  const read = SDPUtils.parseCandidate(candidate);
  assert.equal(read.component, 'rtp');
  assert.equal(read.relatedPort, 0);
  assert.equal(read['network-cost'], '50');
  assert.equal(`a=${SDPUtils.writeCandidate(read)}`, candidate.replace('udp', 'UDP'));
});

test('reads a data channel, and writes it', () => {
  const sctp = SDPUtils.parseSctpDescription(dataPart);
  assert.deepEqual(sctp, { port: 5000, protocol: 'webrtc-datachannel', maxMessageSize: 262144 });
  const written = SDPUtils.writeSctpDescription(SDPUtils.parseMLine(dataPart), sctp);
  assert.deepEqual(SDPUtils.splitLines(written), data.filter((line) => line !== 'a=mid:1'));
});

test('makes identifiers that differ', () => {
  assert.match(SDPUtils.generateIdentifier(), /^[0-9a-z]{10}$/);
  assert.ok(SDPUtils.generateIdentifier() !== SDPUtils.generateIdentifier());
  assert.ok(SDPUtils.generateSessionId() !== SDPUtils.generateSessionId());
});
