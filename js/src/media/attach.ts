// Koeru.attach and Koeru.detach: a stream in a <video> or <audio> element, whatever the browser
// wants: srcObject, mozSrcObject (Firefox 18 to 57) or an object URL (before about 2017).

import type { AttachOptions } from '../../koeru.js';
import { badArgument, kindOf, makeError } from '../errors.js';
import type { ObjectUrls, Scope } from '../scope.js';

interface MediaElementLike extends HTMLMediaElement {
  mozSrcObject?: unknown;
  koeruObjectUrl?: string | null;
}

export function attachIn(
  scope: Scope,
  element: unknown,
  stream: unknown,
  options: AttachOptions,
): Promise<boolean> {
  const media = mediaElement('Koeru.attach(element, stream)', element);
  if (typeof stream !== 'object' || stream === null) {
    throw badArgument(
      'Koeru.attach(element, stream)',
      'needs a MediaStream, got ' + kindOf(stream) + '; to let go of one use Koeru.detach(element)',
    );
  }
  if (options.muted !== undefined) {
    media.muted = options.muted;
    media.defaultMuted = options.muted;
  }
  // Without these two iPhones play video in full screen only.
  media.setAttribute('playsinline', '');
  media.setAttribute('webkit-playsinline', '');
  setSource(scope, media, stream);
  return play(scope, media);
}

export function detachIn(scope: Scope, element: unknown): void {
  const media = mediaElement('Koeru.detach(element)', element);
  media.pause();
  if (media.srcObject) media.srcObject = null;
  if (media.mozSrcObject) media.mozSrcObject = null;
  if (media.koeruObjectUrl) {
    media.removeAttribute('src');
    media.load();
    releaseObjectUrl(scope, media);
  }
}

function mediaElement(where: string, element: unknown): MediaElementLike {
  const media = element as MediaElementLike | null | undefined;
  if (typeof media !== 'object' || media === null || typeof media.play !== 'function') {
    throw badArgument(where, 'needs a <video> or <audio> element, got ' + kindOf(element));
  }
  return media;
}

function setSource(scope: Scope, media: MediaElementLike, stream: object): void {
  releaseObjectUrl(scope, media);
  if ('srcObject' in media) {
    try {
      // Setting the same stream again would interrupt play().
      if (media.srcObject !== stream) media.srcObject = stream as MediaStream;
      return;
    } catch (error) {
      // Safari 9 and Chrome 53 had srcObject for other things and refuse a stream here.
      if (!objectUrls(scope)) throw error;
    }
  }
  if ('mozSrcObject' in media) {
    media.mozSrcObject = stream;
    return;
  }
  const urls = objectUrls(scope);
  if (!urls || !urls.createObjectURL) {
    throw makeError(
      'NotSupportedError',
      'This browser has neither srcObject nor object URLs, so it cannot show a stream',
    );
  }
  media.koeruObjectUrl = urls.createObjectURL(stream);
  media.src = media.koeruObjectUrl;
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

// True once it plays. False when the browser wants a tap first (autoplay rules), or when another
// attach or detach came in between: neither is a failure of the stream.
function play(scope: Scope, media: MediaElementLike): Promise<boolean> {
  const PromiseType = scope.Promise;
  const started = media.play() as Promise<void> | undefined;
  if (started && typeof started.then === 'function') {
    return started.then(
      function () {
        return true;
      },
      function (error: { name?: string }) {
        if (error && (error.name === 'NotAllowedError' || error.name === 'AbortError'))
          return false;
        throw error;
      },
    );
  }
  // play() returned nothing until about 2015, and always worked for a stream then.
  if (!PromiseType) return undefined as unknown as Promise<boolean>;
  return PromiseType.resolve(true);
}
