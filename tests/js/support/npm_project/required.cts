// The package as TypeScript sees it from CommonJS, in each way to write it: checked, compiled, run.

import Koeru = require('koeru');
import { stun } from 'koeru';
import type { StunMessage } from 'koeru';
import sdpTransform = require('koeru/sdp-transform');
import transformAsDefault, { parse } from 'koeru/sdp-transform';
import SDPUtils = require('koeru/sdp');
import utilsAsDefault, { parseCandidate } from 'koeru/sdp';
import type { SDPIceCandidate } from 'koeru/sdp';
import * as utilsAsStar from 'koeru/sdp';

declare const console: { log(text: string): void };

const hex = '000100002112a442000000000000000000000000';
const session: sdpTransform.SessionDescription = parse('v=0\r\nm=audio 9 RTP/AVP 0\r\n');
const type: string | undefined = session.media[0]?.type;
const candidate: SDPIceCandidate = parseCandidate('candidate:1 1 udp 5 192.0.2.1 9 typ host');
const alias: SDPUtils.SDPIceCandidate = candidate;
const port: number = alias.port;

// @ts-expect-error a number is no SDP
void (() => SDPUtils.parseCandidate(5));
// @ts-expect-error there is no such function
void (() => Koeru.stun.explain);

const same = [
  utilsAsDefault === SDPUtils && utilsAsStar.parseCandidate === SDPUtils.parseCandidate,
  transformAsDefault === sdpTransform && transformAsDefault.write === sdpTransform.write,
];
const message = (): StunMessage => stun.decode(hex);
Koeru.ready
  .then(() => Koeru.load())
  .then(() => console.log(JSON.stringify([message().method, type, port, same.every(Boolean)])));
