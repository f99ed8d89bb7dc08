// A codec that is named by its payload type alone (RFC 3551), as if it had an a=rtpmap line.

import { staticEncoding } from '../static_payloads.js';

export interface Rtpmap {
  payloadType: number;
  encodingName?: string;
  clockRate?: number;
  encodingParameters?: string;
}

export function staticRtpmap(payloadType: number): Rtpmap {
  const parts = (staticEncoding(payloadType) || '').split('/');
  if (!parts[1]) return { payloadType };
  return {
    payloadType,
    encodingName: parts[0],
    clockRate: +parts[1],
    encodingParameters: parts[2],
  };
}
