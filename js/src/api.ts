// The public face: everything that koeru.d.ts promises, put together.

import type * as Public from '../koeru.js';
import { attachIn, detachIn } from './media/attach.js';
import * as candidate from './candidate.js';
import { getUserMediaIn } from './media/get_user_media.js';
import { engine, load } from './loader.js';
import { ready } from './ready.js';
import { globalScope } from './scope.js';
import * as sdp from './sdp/sdp.js';
import { stop } from './media/stop.js';
import * as stun from './stun.js';
import * as uri from './uri.js';

export { candidate, engine, load, ready, sdp, stop, stun, uri };

declare const KOERU_VERSION: string; // set by build.mjs from package.json
export const version: string = typeof KOERU_VERSION === 'string' ? KOERU_VERSION : 'not built';

export function getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream> {
  return getUserMediaIn(globalScope(), constraints);
}

export function attach(
  element: HTMLMediaElement,
  stream: MediaStream,
  options?: Public.AttachOptions,
): Promise<boolean> {
  return attachIn(globalScope(), element, stream, options || {});
}

export function detach(element: HTMLMediaElement): void {
  detachIn(globalScope(), element);
}
