// A stream in an element, whatever the browser wants: srcObject, mozSrcObject (Firefox 18 to 57),
// an object URL (before about 2017) or the stream itself as `src` (Opera 12).

import { makeError } from '../errors.js';
import type { ObjectUrls, Scope } from '../scope.js';

export interface MediaElementLike extends HTMLMediaElement {
  mozSrcObject?: unknown;
  koeruStream?: unknown;
  koeruObjectUrl?: string | null;
  koeruTap?: (() => void) | null;
}

export function setSource(scope: Scope, media: MediaElementLike, stream: object): void {
  if ('srcObject' in media) {
    releaseObjectUrl(scope, media);
    try {
      // Setting the same stream again would interrupt play().
      if (media.srcObject !== stream) media.srcObject = stream as MediaStream;
      return;
    } catch (error) {
      // Safari 9 and Chrome 53 had srcObject for other things and refuse a stream here.
      if (!objectUrls(scope)) throw error;
    }
  }
  setOldSource(scope, media, stream);
}

export function clearSource(scope: Scope, media: MediaElementLike): void {
  if (media.srcObject) media.srcObject = null;
  setOldSource(scope, media, null);
}

// Without srcObject.
export function setOldSource(scope: Scope, media: MediaElementLike, stream: object | null): void {
  const had = media.koeruStream;
  media.koeruStream = stream;
  releaseObjectUrl(scope, media);
  if ('mozSrcObject' in media) {
    if (media.mozSrcObject !== stream) media.mozSrcObject = stream;
    return;
  }
  if (!stream) {
    if (had) {
      media.removeAttribute('src');
      media.load();
    }
    return;
  }
  const urls = objectUrls(scope);
  if (urls && urls.createObjectURL) {
    media.koeruObjectUrl = urls.createObjectURL(stream);
    media.src = media.koeruObjectUrl;
  } else if (scope.opera) {
    media.src = stream as unknown as string;
  } else {
    throw makeError(
      'NotSupportedError',
      'This browser has neither srcObject nor object URLs, so it cannot show a stream',
    );
  }
}

function objectUrls(scope: Scope): ObjectUrls | undefined {
  if (scope.URL && scope.URL.createObjectURL) return scope.URL;
  return scope.webkitURL;
}

function releaseObjectUrl(scope: Scope, media: MediaElementLike): void {
  const urls = objectUrls(scope);
  if (media.koeruObjectUrl && urls && urls.revokeObjectURL) {
    urls.revokeObjectURL(media.koeruObjectUrl);
  }
  if (media.koeruObjectUrl) media.koeruObjectUrl = null;
}
