// The types of koeru/sdp beside those of `sdp`: code that was written for the one compiles with the
// other, but for the functions whose types say more of what they return (js/SDP.md).

import type * as Original from 'sdp';
import type * as Koeru from 'koeru/sdp';

type Theirs = Omit<typeof Original, 'localCname'>;
type BothWays<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type Ours = Omit<typeof Koeru, 'default'>;

type Differing = {
  [K in keyof Theirs]: Ours[K] extends Theirs[K] ? never : K;
}[keyof Theirs];
type Listed =
  | 'getMid'
  | 'parseMsid'
  | 'parseSctpDescription'
  | 'getIceParameters'
  | 'parseRtpEncodingParameters'
  | 'writeRtcpFb';
export const isListed: BothWays<Differing, Listed> = true;

// Objects go both ways.
export const areExchangeable: [
  BothWays<Koeru.SDPIceCandidate, Original.SDPIceCandidate>,
  BothWays<Koeru.SDPCodec, Original.SDPCodec>,
  BothWays<Koeru.SDPHeaderExtension, Original.SDPHeaderExtension>,
  BothWays<Koeru.SDPRtpCapabilities, Original.SDPRtpCapabilities>,
  BothWays<Koeru.SDPMLine, Original.SDPMLine>,
  BothWays<Koeru.SDPSctpDescription, Original.SDPSctpDescription>,
] = [true, true, true, true, true, true];
