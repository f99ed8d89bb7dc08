// Reports as Chromium and Firefox give them come to the same shape, and counters to rates.

import assert from 'node:assert/strict';
import test from 'node:test';
import { pathOf } from '../../../build/js/call/path.js';
import { memberStats } from '../../../build/js/call/stats.js';

function reports(seconds, { firefox = false, lost = 0 } = {}) {
  const rtp = (type, kind, more) => ({ id: `${type}${kind}`, type, kind, ...more });
  const marks = firefox ? { selected: true, nominated: true } : {};
  return [
    ...(firefox ? [] : [{ id: 'T', type: 'transport', selectedCandidatePairId: 'P' }]),
    { id: 'Q', type: 'candidate-pair', state: 'failed', bytesSent: 7, bytesReceived: 0 },
    {
      id: 'P', type: 'candidate-pair', state: 'succeeded', localCandidateId: 'L', remoteCandidateId: 'R',
      bytesSent: 1000 * seconds, bytesReceived: 2000 * seconds, ...marks,
      ...(firefox ? {} : { currentRoundTripTime: 0.0125 }),
    },
    { id: 'L', type: 'local-candidate', candidateType: 'relay', protocol: 'udp',
      ...(firefox ? {} : { relayProtocol: 'tls' }) },
    { id: 'R', type: 'remote-candidate', candidateType: 'prflx', address: '198.51.100.7', port: 4000 },
    rtp('inbound-rtp', 'video', {
      bytesReceived: 1500 * seconds, packetsReceived: 30 * seconds - lost, packetsLost: lost,
      framesDecoded: 25 * seconds, frameWidth: 640, frameHeight: 480, jitter: 0.004, freezeCount: 2,
    }),
    rtp('outbound-rtp', 'video', { bytesSent: 500 * seconds, packetsSent: 10 * seconds, framesSent: 15 * seconds }),
    rtp('remote-inbound-rtp', 'video', { packetsLost: 3, jitter: 0.002, roundTripTime: 0.03 }),
    rtp('inbound-rtp', 'audio', { bytesReceived: 100 * seconds, packetsReceived: 50 * seconds }),
  ];
}

const kSdp = 'v=0\r\na=candidate:1 1 udp 1 198.51.100.7 4000 typ srflx raddr 0.0.0.0 rport 0\r\n';

function twice(options) {
  const first = memberStats(reports(1, options), 1000, kSdp, null);
  return [first.stats, memberStats(reports(3, options), 3000, kSdp, first.counters).stats];
}

for (const firefox of [false, true]) {
  const name = firefox ? 'Firefox' : 'Chromium';
  test(`${name}: rates are since the call before`, () => {
    const [first, second] = twice({ firefox });
    assert.equal(first.received.bitrate, 0);
    assert.deepEqual(second.received, { bytes: 6000, bitrate: 16_000 });
    assert.equal(second.video.received.bitrate, 12_000);
    assert.equal(second.video.received.framesPerSecond, 25);
    assert.deepEqual([second.video.received.width, second.video.received.freezes], [640, 2]);
    assert.equal(second.video.received.jitter, 4);
    assert.deepEqual([second.video.sent.framesPerSecond, second.video.sent.lost], [15, 3]);
    assert.equal(second.audio.received.packets, 150);
    assert.deepEqual(Object.keys(first), Object.keys(second));
  });
}

test('a browser that told nothing: no path, and zeros', () => {
  const { stats } = memberStats([], 1000, '', null);
  assert.equal(stats.path, null);
  assert.equal(stats.video.received.frames, 0);
});

test('the path: a peer-reflexive address is what the description calls it', () => {
  const relayProtocol = 'tls';
  const expected = { localType: 'relay', remoteType: 'srflx', protocol: 'udp', relayProtocol };
  assert.deepEqual(pathOf(reports(1), kSdp), expected);
  assert.deepEqual(pathOf(reports(1, { firefox: true }), kSdp), { ...expected, relayProtocol: '' });
  assert.equal(pathOf(reports(1), '').remoteType, 'prflx');
  assert.equal(pathOf([], ''), null);
});

test('the round trip is that of ICE, else that of RTCP, else unknown', () => {
  assert.equal(twice({})[0].roundTrip, 12.5);
  assert.equal(twice({ firefox: true })[0].roundTrip, 30);
  assert.equal(memberStats([], 0, '', null).stats.roundTrip, null);
});

test('lost packets count against those of the same time', () => {
  const first = memberStats(reports(1, { lost: 10 }), 1000, kSdp, null);
  const second = memberStats(reports(2, { lost: 16 }), 2000, kSdp, first.counters);
  assert.equal(first.stats.video.received.lossRate, 0);
  assert.equal(second.stats.video.received.lossRate, 6 / 30);
});

test('counters that begin again, of a connection made anew, give no negative rates', () => {
  const { counters } = memberStats(reports(9), 1000, kSdp, null);
  const { stats } = memberStats(reports(1), 2000, kSdp, counters);
  assert.ok(stats.received.bitrate === 0 && stats.video.received.framesPerSecond === 0);
  assert.equal(stats.video.received.lossRate, 0);
});
