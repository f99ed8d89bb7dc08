// The package as TypeScript sees it in a project that a bundler puts together: checked only.

import * as Koeru from 'koeru';
import Required = require('koeru');
import sdpTransform, { write, type MediaDescription } from 'koeru/sdp-transform';
import requiredTransform = require('koeru/sdp-transform');
import SDPUtils, { splitSections, type SDPCodec } from 'koeru/sdp';
import requiredUtils = require('koeru/sdp');

const url: string = 'assets/koeru.wasm';
export const loading: Promise<void> = Koeru.load(url);
export const method: string = Required.stun.decode(new Uint8Array(20)).method;
export const text: string = write(sdpTransform.parse('v=0'));
export const media: MediaDescription[] = requiredTransform.parse('v=0').media;
export const sections: string[] = splitSections('v=0');
export const codec: SDPCodec | undefined = SDPUtils.parseRtpParameters('m=').codecs[0];
export const mid: string | undefined = requiredUtils.getMid('m=');

// @ts-expect-error a section may have no mid
export const certain: string = SDPUtils.getMid('m=');
// @ts-expect-error there is one address
Required.load(url, url);
