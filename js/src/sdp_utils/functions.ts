// Everything that `sdp` exports, by its names.

export { parseCandidate, writeCandidate } from './candidate.js';
export { parseRtcpFb, parseRtpMap, writeRtcpFb, writeRtpMap } from './codec.js';
export {
  getCryptoParameters,
  parseCryptoKeyParams,
  parseCryptoLine,
  writeCryptoKeyParams,
  writeCryptoLine,
} from './crypto.js';
export { getDtlsParameters, parseFingerprint, writeDtlsParameters } from './dtls.js';
export { parseRtpEncodingParameters } from './encodings.js';
export { parseExtmap, writeExtmap } from './extmap.js';
export { parseFmtp, writeFmtp } from './fmtp.js';
export { getIceParameters, parseIceOptions, writeIceParameters } from './ice.js';
export { getDirection, getKind, getMid, isRejected, parseMLine } from './media_line.js';
export { generateIdentifier, localCName } from './random.js';
export { parseRtcpParameters, writeRtcpParameters } from './rtcp_parameters.js';
export { parseRtpParameters, writeRtpDescription } from './rtp_parameters.js';
export { parseSctpDescription, writeSctpDescription } from './sctp.js';
export {
  getDescription,
  getMediaSections,
  isValidSDP,
  matchPrefix,
  splitLines,
  splitSections,
} from './sections.js';
export { generateSessionId, parseOLine, writeSessionBoilerplate } from './session.js';
export { parseMsid, parseSsrcGroup, parseSsrcMedia } from './ssrc.js';
