// The package as TypeScript sees it from an ES module: checked, compiled, and run.

import * as Koeru from 'koeru';
import { stun, type StunMessage } from 'koeru';
import sdpTransform, { parse, type SessionDescription } from 'koeru/sdp-transform';
import * as allOfTransform from 'koeru/sdp-transform';
import SDPUtils, { parseCandidate, type SDPIceCandidate } from 'koeru/sdp';
import * as allOfUtils from 'koeru/sdp';

declare const console: { log(text: string): void };

const hex = '000100002112a442000000000000000000000000';
await Koeru.ready;
const message: StunMessage = stun.decode(hex);
await Koeru.load();

const session: SessionDescription = parse('v=0\r\nm=audio 9 RTP/AVP 0\r\n');
const type: string | undefined = session.media[0]?.type;
const candidate: SDPIceCandidate = parseCandidate('candidate:1 1 udp 5 192.0.2.1 9 typ host');
const port: number = candidate.port;
const alias: SDPUtils.SDPIceCandidate = candidate;

// @ts-expect-error a number is no SDP
void (() => SDPUtils.parseCandidate(5));
// @ts-expect-error a name is no number
void ((): number => sdpTransform.parse('v=0').name);
// @ts-expect-error there is no such function
void (() => Koeru.stun.explain);

const same = [
  SDPUtils.parseCandidate === parseCandidate && allOfUtils.parseCandidate === parseCandidate,
  sdpTransform.parse === parse && allOfTransform.parse === parse,
  SDPUtils.writeCandidate(alias).endsWith('typ host'),
];
console.log(JSON.stringify([message.method, type, port, same.every(Boolean)]));
