// koeru/sdp-transform: in the place of sdp-transform 3. js/SDP.md lists each difference.
//
// The default export is what `import sdpTransform from 'sdp-transform'` gives in Node: all of it.

import { grammar } from './grammar.js';
import {
  parseImageAttributes,
  parseParams,
  parsePayloads,
  parseRemoteCandidates,
  parseSimulcastStreamList,
} from './params.js';
import { parse } from './parse.js';
import { write } from './write.js';

const parseFmtpConfig = parseParams;

export {
  grammar,
  parse,
  parseFmtpConfig,
  parseImageAttributes,
  parseParams,
  parsePayloads,
  parseRemoteCandidates,
  parseSimulcastStreamList,
  write,
};

export default {
  grammar: grammar,
  parse: parse,
  parseFmtpConfig: parseFmtpConfig,
  parseImageAttributes: parseImageAttributes,
  parseParams: parseParams,
  parsePayloads: parsePayloads,
  parseRemoteCandidates: parseRemoteCandidates,
  parseSimulcastStreamList: parseSimulcastStreamList,
  write: write,
};
