// koeru/sdp: in the place of `sdp` 3. js/SDP.md lists each difference.
//
// The default export is what `sdp` itself gives: one object of functions, which tests may replace.
// It is written out, because bundlers cannot leave a namespace out when nobody uses it.

import type * as Public from '../../sdp.js';
import { parseCandidate, writeCandidate } from './candidate.js';
import { parseRtcpFb, parseRtpMap, writeRtcpFb, writeRtpMap } from './codec.js';
import {
  getCryptoParameters,
  parseCryptoKeyParams,
  parseCryptoLine,
  writeCryptoKeyParams,
  writeCryptoLine,
} from './crypto.js';
import { getDtlsParameters, parseFingerprint, writeDtlsParameters } from './dtls.js';
import { parseRtpEncodingParameters } from './encodings.js';
import { parseExtmap, writeExtmap } from './extmap.js';
import { parseFmtp, writeFmtp } from './fmtp.js';
import { getIceParameters, parseIceOptions, writeIceParameters } from './ice.js';
import { getDirection, getKind, getMid, isRejected, parseMLine } from './media_line.js';
import { generateIdentifier, localCName } from './random.js';
import { parseRtcpParameters, writeRtcpParameters } from './rtcp_parameters.js';
import { parseRtpParameters, writeRtpDescription } from './rtp_parameters.js';
import { parseSctpDescription, writeSctpDescription } from './sctp.js';
import {
  getDescription,
  getMediaSections,
  isValidSDP,
  matchPrefix,
  splitLines,
  splitSections,
} from './sections.js';
import { generateSessionId, parseOLine, writeSessionBoilerplate } from './session.js';
import { parseMsid, parseSsrcGroup, parseSsrcMedia } from './ssrc.js';

export * from './functions.js';

type Values<T> = { [K in keyof T]: T[K] };
const SDPUtils: Values<typeof Public> = {
  generateIdentifier: generateIdentifier,
  generateSessionId: generateSessionId,
  getCryptoParameters: getCryptoParameters,
  getDescription: getDescription,
  getDirection: getDirection,
  getDtlsParameters: getDtlsParameters,
  getIceParameters: getIceParameters,
  getKind: getKind,
  getMediaSections: getMediaSections,
  getMid: getMid,
  isRejected: isRejected,
  isValidSDP: isValidSDP,
  localCName: localCName,
  matchPrefix: matchPrefix,
  parseCandidate: parseCandidate,
  parseCryptoKeyParams: parseCryptoKeyParams,
  parseCryptoLine: parseCryptoLine,
  parseExtmap: parseExtmap,
  parseFingerprint: parseFingerprint,
  parseFmtp: parseFmtp,
  parseIceOptions: parseIceOptions,
  parseMLine: parseMLine,
  parseMsid: parseMsid,
  parseOLine: parseOLine,
  parseRtcpFb: parseRtcpFb,
  parseRtcpParameters: parseRtcpParameters,
  parseRtpEncodingParameters: parseRtpEncodingParameters,
  parseRtpMap: parseRtpMap,
  parseRtpParameters: parseRtpParameters,
  parseSctpDescription: parseSctpDescription,
  parseSsrcGroup: parseSsrcGroup,
  parseSsrcMedia: parseSsrcMedia,
  splitLines: splitLines,
  splitSections: splitSections,
  writeCandidate: writeCandidate,
  writeCryptoKeyParams: writeCryptoKeyParams,
  writeCryptoLine: writeCryptoLine,
  writeDtlsParameters: writeDtlsParameters,
  writeExtmap: writeExtmap,
  writeFmtp: writeFmtp,
  writeIceParameters: writeIceParameters,
  writeRtcpFb: writeRtcpFb,
  writeRtcpParameters: writeRtcpParameters,
  writeRtpDescription: writeRtpDescription,
  writeRtpMap: writeRtpMap,
  writeSctpDescription: writeSctpDescription,
  writeSessionBoilerplate: writeSessionBoilerplate,
};
export default SDPUtils;
