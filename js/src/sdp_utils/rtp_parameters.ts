// The codecs, feedback and header extensions of a media section, read at once and written at once.

import type {
  SDPCodec,
  SDPFeedbackParameter,
  SDPRtpCapabilities,
  SDPSection,
  SDPWritableRtpParameters,
} from '../../sdp.js';
import { staticEncoding } from '../static_payloads.js';
import { parseRtcpFb, parseRtpMap, payloadText, writeRtcpFb, writeRtpMap } from './codec.js';
import { parseExtmap, writeExtmap } from './extmap.js';
import { parseFmtpLines, writeFmtp } from './fmtp.js';
import { splitLines } from './sections.js';
import { words, writeEach } from './text.js';

const kFecNames = ['RED', 'ULPFEC'];

// The line that a payload type of RFC 3551 may leave out.
function staticLine(payload: string): string | undefined {
  const encoding = staticEncoding(payload);
  return encoding && `a=rtpmap:${payload} ${encoding}`;
}

type LinesByPayload = Map<string, string[]>;

// "a=rtpmap:96 ..." and its like, by what stands between the colon and the blank.
function linesByPayload(lines: string[], prefix: string): LinesByPayload {
  const byPayload: LinesByPayload = new Map();
  lines.forEach(function (line) {
    const blank = line.startsWith(prefix) ? line.indexOf(' ') : -1;
    if (blank < 0) return;
    const payload = line.slice(prefix.length, blank);
    const known = byPayload.get(payload);
    if (known) known.push(line);
    else byPayload.set(payload, [line]);
  });
  return byPayload;
}

export function parseRtpParameters(mediaSection: SDPSection): SDPRtpCapabilities {
  const lines = splitLines(mediaSection);
  const [, , profile, ...payloads] = words(lines[0] as string);
  const rtpMaps = linesByPayload(lines, 'a=rtpmap:');
  const fmtps = linesByPayload(lines, 'a=fmtp:');
  const feedback = linesByPayload(lines, 'a=rtcp-fb:');
  const maxptime = parseInt(valueOf(lines, 'a=maxptime:'), 10);
  const codecs: SDPCodec[] = [];
  payloads.forEach(function (payload) {
    const line = (rtpMaps.get(payload) || [])[0] || staticLine(payload);
    if (line === undefined) return;
    const codec: SDPCodec = parseRtpMap(line);
    codec.parameters = parseFmtpLines(fmtps.get(payload) || []);
    codec.rtcpFeedback = (feedback.get(payload) || []).map(parseRtcpFb);
    if (maxptime) codec.maxptime = maxptime;
    addWildcards(codec.rtcpFeedback, feedback.get('*') || []);
    codecs.push(codec);
  });
  return {
    codecs: codecs,
    headerExtensions: lines.filter((line) => line.startsWith('a=extmap:')).map(parseExtmap),
    fecMechanisms: fecMechanismsOf(codecs),
    rtcp: [],
    profile: profile as string,
  };
}

function valueOf(lines: string[], prefix: string): string {
  const line = lines.find((text) => text.startsWith(prefix));
  return line ? line.slice(prefix.length) : '';
}

// RFC 4585 section 4.2: "*" is for all payload types.
function addWildcards(feedback: SDPFeedbackParameter[], lines: string[]): void {
  const known = new Set(feedback.map(feedbackText));
  lines.map(parseRtcpFb).forEach(function (wildcard) {
    const text = feedbackText(wildcard);
    if (!known.has(text)) feedback.push(wildcard);
    known.add(text);
  });
}

function feedbackText(feedback: SDPFeedbackParameter): string {
  return `${feedback.type} ${feedback.parameter}`;
}

function fecMechanismsOf(codecs: SDPCodec[]): string[] {
  return codecs
    .map((codec) => codec.name.toUpperCase())
    .filter((name) => kFecNames.includes(name));
}

export function writeRtpDescription(kind: string, caps: SDPWritableRtpParameters): SDPSection {
  const codecs = caps.codecs || [];
  const port = codecs.length > 0 ? 9 : 0;
  const profile = caps.profile || 'UDP/TLS/RTP/SAVPF';
  const maxptime = codecs.reduce((most, codec) => Math.max(most, codec.maxptime || 0), 0);
  return (
    `m=${kind} ${port} ${profile} ${codecs.map(payloadText).join(' ')}\r\n` +
    'c=IN IP4 0.0.0.0\r\n' +
    'a=rtcp:9 IN IP4 0.0.0.0\r\n' +
    writeEach(codecs, function (codec) {
      return writeRtpMap(codec) + writeFmtp(codec) + writeRtcpFb(codec);
    }) +
    (maxptime > 0 ? `a=maxptime:${maxptime}\r\n` : '') +
    writeEach(caps.headerExtensions, writeExtmap)
  );
}
