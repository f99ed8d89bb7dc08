// getStats() in one shape for every browser. What counts since the beginning becomes rates by the
// reports of the call before.

import type { MediaFlow, MemberStats, Path, VideoFlow } from '../../koeru.call.js';
import { pathOf, selectedPair } from './path.js';

export type Report = Record<string, any>;

// What of the counters is needed for the next rates.
export interface Counters {
  at: number;
  bytesSent: number;
  bytesReceived: number;
  flows: Record<string, { bytes: number; packets: number; lost: number; frames: number }>;
}

function sum(reports: Report[], name: string): number {
  return reports.reduce((total, report) => total + (report[name] || 0), 0);
}

function most(reports: Report[], name: string): number {
  return reports.reduce((found, report) => Math.max(found, report[name] || 0), 0);
}

const kDirections = { sent: 'outbound-rtp', received: 'inbound-rtp' };
type Direction = keyof typeof kDirections;

export function memberStats(
  reports: Report[],
  at: number,
  remoteSdp: string,
  before: Counters | null,
): { stats: MemberStats; counters: Counters } {
  const seconds = before ? (at - before.at) / 1000 : 0;
  const rate = (now: number, then: number | undefined) =>
    seconds > 0 && then !== undefined ? Math.max(0, now - then) / seconds : 0;
  const flows: Counters['flows'] = {};

  function flowOf(kind: string, direction: Direction): VideoFlow {
    const own = reports.filter(
      (report) => report.type === kDirections[direction] && report.kind === kind,
    );
    // What is lost on the way there, only the other side knows.
    const losses = direction === 'received' ? own : remoteOf(kind);
    const key = `${kind} ${direction}`;
    const then = before ? before.flows[key] : undefined;
    const bytes = sum(own, direction === 'sent' ? 'bytesSent' : 'bytesReceived');
    const packets = sum(own, direction === 'sent' ? 'packetsSent' : 'packetsReceived');
    const lost = Math.max(0, sum(losses, 'packetsLost'));
    const frames = sum(own, direction === 'sent' ? 'framesSent' : 'framesDecoded');
    flows[key] = { bytes, packets, lost, frames };
    const newlyLost = then ? Math.max(0, lost - then.lost) : 0;
    const newly = then ? packets - then.packets + (direction === 'received' ? newlyLost : 0) : 0;
    return {
      bytes,
      bitrate: Math.round(rate(bytes, then && then.bytes) * 8),
      packets,
      lost,
      lossRate: newly > 0 ? Math.min(1, newlyLost / newly) : 0,
      jitter: Math.round(most(losses, 'jitter') * 1e6) / 1e3,
      width: most(own, 'frameWidth'),
      height: most(own, 'frameHeight'),
      framesPerSecond: Math.round(rate(frames, then && then.frames)),
      frames,
      freezes: sum(own, 'freezeCount'),
    };
  }

  const remoteOf = (kind: string) =>
    reports.filter((report) => report.type === 'remote-inbound-rtp' && report.kind === kind);
  const audioOf = (direction: Direction): MediaFlow => {
    const { bytes, bitrate, packets, lost, lossRate, jitter } = flowOf('audio', direction);
    return { bytes, bitrate, packets, lost, lossRate, jitter };
  };

  // Of all pairs: what one side sends over the selected one may reach the other over a second.
  const pairs = reports.filter((report) => report.type === 'candidate-pair');
  const bytesSent = sum(pairs, 'bytesSent');
  const bytesReceived = sum(pairs, 'bytesReceived');
  const path: Path | null = pathOf(reports, remoteSdp);
  const stats: MemberStats = {
    at,
    path,
    roundTrip: path ? roundTripOf(reports) : null,
    sent: { bytes: bytesSent, bitrate: Math.round(rate(bytesSent, before?.bytesSent) * 8) },
    received: {
      bytes: bytesReceived,
      bitrate: Math.round(rate(bytesReceived, before?.bytesReceived) * 8),
    },
    audio: { sent: audioOf('sent'), received: audioOf('received') },
    video: { sent: flowOf('video', 'sent'), received: flowOf('video', 'received') },
  };
  return { stats, counters: { at, bytesSent, bytesReceived, flows } };
}

// ICE's own, or, where it has none yet, what RTCP says (RFC 3550 section 6.4.1).
function roundTripOf(reports: Report[]): number | null {
  const pair = selectedPair(reports);
  const rtcp = reports.find((report) => report.type === 'remote-inbound-rtp' && report.roundTripTime);
  const seconds = (pair && pair.currentRoundTripTime) ?? (rtcp && rtcp.roundTripTime);
  return typeof seconds === 'number' ? Math.round(seconds * 1e6) / 1e3 : null;
}
