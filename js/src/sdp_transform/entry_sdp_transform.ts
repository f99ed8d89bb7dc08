// koeru/sdp-transform: in the place of sdp-transform 3. js/SDP.md lists each difference.

export { grammar } from './grammar.js';
export {
  parseImageAttributes,
  parseParams,
  parseParams as parseFmtpConfig,
  parsePayloads,
  parseRemoteCandidates,
  parseSimulcastStreamList,
} from './params.js';
export { parse } from './parse.js';
export { write } from './write.js';
