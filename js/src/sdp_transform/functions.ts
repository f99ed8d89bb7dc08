// Everything that sdp-transform exports, by its names.

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
