// What one sender of a media section sends: its source, its repair sources and its bandwidth.

import type { SDPEncodingParameters, SDPSection } from '../../sdp.js';
import { parseRtpParameters } from './rtp_parameters.js';
import { matchPrefix } from './sections.js';
import { parseSsrcGroup, ssrcsWith } from './ssrc.js';

export function parseRtpEncodingParameters(mediaSection: SDPSection): SDPEncodingParameters[] {
  const source = ssrcsWith(mediaSection, 'cname')[0];
  // What `sdp` says where no source is named.
  const primary = source ? source.ssrc : false;
  const encodings = codecEncodings(mediaSection, primary);
  if (encodings.length === 0 && primary) encodings.push({ ssrc: primary });
  if (matchPrefix(mediaSection, 'b=').length > 0) {
    const maxBitrate = bitrateOf(mediaSection);
    encodings.forEach(function (encoding) {
      encoding.maxBitrate = maxBitrate;
    });
  }
  return encodings;
}

// One for each codec that has a retransmission format (RFC 4588), and one more where it is
// protected (RFC 5109).
function codecEncodings(
  mediaSection: SDPSection,
  primary: number | false,
): SDPEncodingParameters[] {
  const encodings: SDPEncodingParameters[] = [];
  const { codecs, fecMechanisms } = parseRtpParameters(mediaSection);
  const repair = primary && repairSourceOf(mediaSection, primary);
  codecs.forEach(function (codec) {
    const apt = codec.parameters && codec.parameters.apt;
    if (codec.name.toUpperCase() !== 'RTX' || !apt) return;
    const encoding: SDPEncodingParameters = { ssrc: primary, codecPayloadType: parseInt(apt, 10) };
    if (repair) encoding.rtx = { ssrc: repair };
    encodings.push(encoding);
    if (!fecMechanisms.includes('RED')) return;
    const mechanism = fecMechanisms.includes('ULPFEC') ? 'red+ulpfec' : 'red';
    encodings.push({ ...encoding, fec: { ssrc: primary, mechanism: mechanism } });
  });
  return encodings;
}

function repairSourceOf(mediaSection: SDPSection, primary: number): number | undefined {
  const group = matchPrefix(mediaSection, 'a=ssrc-group:FID ')
    .map(parseSsrcGroup)
    .find((candidate) => candidate.ssrcs[0] === primary && candidate.ssrcs.length > 1);
  return group && group.ssrcs[1];
}

const kTias = 'b=TIAS:';
const kAs = 'b=AS:';

// In bits per second (RFC 3890). AS counts headers, too: 5 % and 50 packets of 40 bytes are taken
// for them.
function bitrateOf(mediaSection: SDPSection): number | undefined {
  const line = matchPrefix(mediaSection, 'b=').find(function (text) {
    return /^b=(TIAS|AS):\d/.test(text);
  });
  if (line === undefined) return undefined;
  if (line.startsWith(kTias)) return parseInt(line.slice(kTias.length), 10);
  return parseInt(line.slice(kAs.length), 10) * 1000 * 0.95 - 50 * 40 * 8;
}
