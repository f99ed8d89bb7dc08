// The attributes of which a description has hundreds, read character by character. Each function
// takes an attribute that is exactly as browsers write it, from behind its colon, and gives the end
// of its line. It leaves every other one (-1) to the expressions of the grammar, so that the two
// cannot differ.

import { isEnd, isWordAt, kAny, kBlank, kCodec, kColon, kDigit } from './codes.js';
import { kName, kSlash, kVisible, kWord, numberAt, skip } from './codes.js';
import type { Fields } from './template.js';
import { valueAt } from './value_at.js';

// The session, or one m-section. Its lists have their names in the code, which is fast.
export interface Section extends Fields {
  candidates?: Fields[];
  connection?: Fields;
  ext?: Fields[];
  fingerprint?: Fields;
  fmtp?: Fields[];
  invalid?: Fields[];
  msid?: Fields[];
  rtcp?: Fields;
  rtcpFb?: Fields[];
  rtp?: Fields[];
  ssrcGroups?: Fields[];
  ssrcs?: Fields[];
}

export type Reader = (section: Section, text: string, codes: Uint8Array, at: number) => number;

// RFC 8866 section 6.6: 96 VP8/90000, 111 opus/48000/2
export const rtpmap: Reader = function (section, text, codes, at) {
  const blank = skip(codes, at, kDigit);
  const payload = numberAt(codes, at, blank);
  if (payload < 0 || codes[blank] !== kBlank) return -1;
  const slash = skip(codes, blank + 1, kCodec);
  if (codes[slash] !== kSlash) return -1;
  const rateEnd = skip(codes, slash + 1, kDigit);
  const rate = numberAt(codes, slash + 1, rateEnd);
  if (rate < 0) return -1;
  const codec = valueAt(text, codes, blank + 1, slash);
  if (isEnd(codes[rateEnd])) {
    (section.rtp || (section.rtp = [])).push({ payload: payload, codec: codec, rate: rate });
    return rateEnd;
  }
  const end = skip(codes, rateEnd + 1, kVisible);
  if (codes[rateEnd] !== kSlash || !isEnd(codes[end])) return -1;
  (section.rtp || (section.rtp = [])).push({
    payload: payload,
    codec: codec,
    rate: rate,
    encoding: valueAt(text, codes, rateEnd + 1, end),
  });
  return end;
};

// RFC 8866 section 6.15: 97 apt=96
export const fmtp: Reader = function (section, text, codes, at) {
  const blank = skip(codes, at, kDigit);
  const payload = numberAt(codes, at, blank);
  if (payload < 0 || codes[blank] !== kBlank) return -1;
  const end = skip(codes, blank + 1, kAny);
  if (!isEnd(codes[end])) return -1;
  const config = valueAt(text, codes, blank + 1, end);
  (section.fmtp || (section.fmtp = [])).push({ payload: payload, config: config });
  return end;
};

// RFC 4585 section 4.2: 96 nack, 96 nack pli
export const rtcpFb: Reader = function (section, text, codes, at) {
  const blank = skip(codes, at, kDigit);
  const payload = numberAt(codes, at, blank);
  if (payload < 0 || codes[blank] !== kBlank) return -1;
  const typeEnd = skip(codes, blank + 1, kName);
  const type = valueAt(text, codes, blank + 1, typeEnd);
  // It has a row of its own.
  if (type === 'trr-int') return -1;
  if (isEnd(codes[typeEnd])) {
    (section.rtcpFb || (section.rtcpFb = [])).push({ payload: payload, type: type });
    return typeEnd;
  }
  const end = skip(codes, typeEnd + 1, kName);
  if (codes[typeEnd] !== kBlank || !isEnd(codes[end])) return -1;
  const subtype = valueAt(text, codes, typeEnd + 1, end);
  (section.rtcpFb || (section.rtcpFb = [])).push({ payload: payload, type: type, subtype: subtype });
  return end;
};

// RFC 8285 section 8: 4 urn:ietf:params:rtp-hdrext:sdes:mid, 2/recvonly urn:...
export const extmap: Reader = function (section, text, codes, at) {
  const valueEnd = skip(codes, at, kDigit);
  const value = numberAt(codes, at, valueEnd);
  if (value < 0) return -1;
  const blank = codes[valueEnd] === kSlash ? skip(codes, valueEnd + 1, kWord) : valueEnd;
  // A direction has a letter at least.
  if (codes[blank] !== kBlank || blank === valueEnd + 1) return -1;
  const end = skip(codes, blank + 1, kVisible);
  if (!isEnd(codes[end])) return -1;
  const uri = valueAt(text, codes, blank + 1, end);
  if (blank === valueEnd) {
    (section.ext || (section.ext = [])).push({ value: value, uri: uri });
  } else {
    const direction = valueAt(text, codes, valueEnd + 1, blank);
    (section.ext || (section.ext = [])).push({ value: value, direction: direction, uri: uri });
  }
  return end;
};

// RFC 5576 section 4.1: 929110885 cname:R32ISHf7doGBQ4tP
export const ssrc: Reader = function (section, text, codes, at) {
  const blank = skip(codes, at, kDigit);
  const id = numberAt(codes, at, blank);
  if (id < 0 || codes[blank] !== kBlank) return -1;
  const colon = skip(codes, blank + 1, kName);
  if (codes[colon] !== kColon) return -1;
  const end = skip(codes, colon + 1, kAny);
  if (!isEnd(codes[end])) return -1;
  (section.ssrcs || (section.ssrcs = [])).push({
    id: id,
    attribute: valueAt(text, codes, blank + 1, colon),
    value: valueAt(text, codes, colon + 1, end),
  });
  return end;
};

// RFC 8830 section 2: a stream, and its track
export const msid: Reader = function (section, text, codes, at) {
  const idEnd = skip(codes, at, kName);
  if (codes[idEnd] !== kBlank || idEnd === at) return -1;
  const end = skip(codes, idEnd + 1, kName);
  if (!isEnd(codes[end]) || end === idEnd + 1) return -1;
  (section.msid || (section.msid = [])).push({
    id: valueAt(text, codes, at, idEnd),
    appdata: valueAt(text, codes, idEnd + 1, end),
  });
  return end;
};

// RFC 5576 section 4.2: FID 1756955394 729656389
export const ssrcGroup: Reader = function (section, text, codes, at) {
  const blank = skip(codes, at, kName);
  if (codes[blank] !== kBlank) return -1;
  const end = skip(codes, blank + 1, kAny);
  if (!isEnd(codes[end])) return -1;
  (section.ssrcGroups || (section.ssrcGroups = [])).push({
    semantics: valueAt(text, codes, at, blank),
    ssrcs: valueAt(text, codes, blank + 1, end),
  });
  return end;
};

// RFC 8122 section 5: sha-256 2D:F1:...
export const fingerprint: Reader = function (section, text, codes, at) {
  const blank = skip(codes, at, kVisible);
  // A second one is kept beside the first.
  if (codes[blank] !== kBlank || section.fingerprint !== undefined) return -1;
  const end = skip(codes, blank + 1, kVisible);
  if (!isEnd(codes[end])) return -1;
  section.fingerprint = {
    type: valueAt(text, codes, at, blank),
    hash: valueAt(text, codes, blank + 1, end),
  };
  return end;
};

// RFC 3605 section 2.1: 9 IN IP4 0.0.0.0
export const rtcp: Reader = function (section, text, codes, at) {
  const blank = skip(codes, at, kDigit);
  const port = numberAt(codes, at, blank);
  const net = blank + 1;
  if (port < 0 || codes[blank] !== kBlank || section.rtcp !== undefined) return -1;
  const netEnd = skip(codes, net, kVisible);
  if (!isWordAt(codes, netEnd, netEnd + 3, ' IP')) return -1;
  const address = skip(codes, netEnd + 3, kDigit) + 1;
  const ipVer = numberAt(codes, netEnd + 3, address - 1);
  if (ipVer < 0 || ipVer > 9 || codes[address - 1] !== kBlank) return -1;
  const end = skip(codes, address, kVisible);
  if (!isEnd(codes[end])) return -1;
  section.rtcp = {
    port: port,
    netType: valueAt(text, codes, net, netEnd),
    ipVer: ipVer,
    address: valueAt(text, codes, address, end),
  };
  return end;
};
