// RFC 5506 section 5: a=rtcp-rsize; RFC 5761 section 5.1.1: a=rtcp-mux; RFC 5576 section 6.1:
// cname.

import type { SDPLine, SDPRtcpParameters, SDPSection } from '../../sdp.js';
import { readNumber, writtenNumber } from './kept.js';
import { splitLines } from './sections.js';
import { ssrcsWith } from './ssrc.js';

export function parseRtcpParameters(mediaSection: SDPSection): SDPRtcpParameters {
  const lines = splitLines(mediaSection);
  const source = ssrcsWith(mediaSection, 'cname')[0];
  const isReducedSize = lines.includes('a=rtcp-rsize');
  const parameters: SDPRtcpParameters = {};
  if (source) {
    parameters.cname = source.value as string;
    readNumber(parameters, 'ssrc', writtenNumber(source, 'ssrc', source.ssrc));
  }
  parameters.reducedSize = isReducedSize;
  parameters.compound = !isReducedSize;
  parameters.mux = lines.includes('a=rtcp-mux');
  return parameters;
}

export function writeRtcpParameters(params: SDPRtcpParameters): SDPLine {
  const hasSource = params.ssrc !== undefined && params.cname;
  return (
    (params.reducedSize ? 'a=rtcp-rsize\r\n' : '') +
    (params.mux ? 'a=rtcp-mux\r\n' : '') +
    (hasSource ? `a=ssrc:${writtenNumber(params, 'ssrc', params.ssrc)} cname:${params.cname}\r\n` : '')
  );
}
