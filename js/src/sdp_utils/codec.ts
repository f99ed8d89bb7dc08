// RFC 8866 section 6.6: a=rtpmap:<payload type> <encoding name>/<clock rate>[/<channels>]
// RFC 4585 section 4.2: a=rtcp-fb:<payload type or *> <type> [<parameter>]

import type { SDPCodec, SDPCodecParameters, SDPFeedbackParameter, SDPLine } from '../../sdp.js';
import { readNumber, writtenNumber } from './kept.js';
import { asText, behind, fields, joinWords, writeEach } from './text.js';

const kRtpMap = 'a=rtpmap:';

export function parseRtpMap(line: SDPLine): SDPCodecParameters {
  const [payload, encoding] = fields(line.slice(kRtpMap.length), 2);
  const parts = (encoding || '').split('/');
  const codec = {} as SDPCodecParameters;
  readNumber(codec, 'payloadType', payload);
  codec.name = parts[0] as string;
  readNumber(codec, 'clockRate', parts[1]);
  codec.numChannels = readNumber(codec, 'channels', parts.length === 3 ? parts[2] : '1');
  return codec;
}

// What is spoken of on the wire: the preferred type, where a caller set one.
export function payloadText(codec: SDPCodecParameters): string {
  const preferred = codec.preferredPayloadType;
  return preferred === undefined
    ? writtenNumber(codec, 'payloadType', codec.payloadType)
    : writtenNumber(codec, 'preferredPayloadType', preferred);
}

export function writeRtpMap(codec: SDPCodecParameters): SDPLine {
  const rate = writtenNumber(codec, 'clockRate', codec.clockRate);
  const channels = channelsText(codec);
  let encoding = asText(codec.name);
  if (rate || channels) encoding += '/' + rate;
  if (channels) encoding += '/' + channels;
  return `${kRtpMap}${joinWords([payloadText(codec), encoding])}\r\n`;
}

// RFC 8866 section 6.6: left out when there is one.
function channelsText(codec: SDPCodecParameters): string {
  const { channels } = codec;
  const text =
    channels || Number.isNaN(channels)
      ? writtenNumber(codec, 'channels', channels)
      : writtenNumber(codec, 'numChannels', codec.numChannels);
  return text === '0' || text === '1' ? '' : text;
}

export function parseRtcpFb(line: SDPLine): SDPFeedbackParameter {
  const [type, parameter] = fields(behind(line, ' ').trim(), 1);
  return { type: type || '', parameter: parameter || '' };
}

export function writeRtcpFb(codec: SDPCodec): SDPLine {
  const payload = payloadText(codec);
  return writeEach(codec.rtcpFeedback, function ({ type, parameter }) {
    return `a=rtcp-fb:${joinWords([payload, type, parameter])}\r\n`;
  });
}
