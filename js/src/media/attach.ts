// Koeru.attach and Koeru.detach: a stream in a <video> or <audio> element, playing.

import type { AttachOptions } from '../../koeru.js';
import { badArgument, kindOf } from '../errors.js';
import { promiseOf } from '../promise.js';
import type { DocumentLike, Scope } from '../scope.js';
import { clearSource, setSource, type MediaElementLike } from './source.js';

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
  forgetTap(media);
  if (typeof options.muted === 'boolean') mute(media, options.muted);
  // Without these two iPhones play video in full screen only.
  media.setAttribute('playsinline', '');
  media.setAttribute('webkit-playsinline', '');
  // Plays on by itself after a phone call, or when the stream gets its first track.
  media.setAttribute('autoplay', '');
  setSource(scope, media, stream);
  return play(scope, media)
    .then(function (outcome) {
      if (outcome !== 'blocked' || options.muted !== 'if-needed' || media.muted) return outcome;
      mute(media, true);
      return play(scope, media);
    })
    .then(function (outcome) {
      if (outcome === 'blocked' && options.playOnTap) playOnTap(scope, media);
      return outcome === 'playing';
    });
}

export function detachIn(scope: Scope, element: unknown): void {
  const media = mediaElement('Koeru.detach(element)', element);
  forgetTap(media);
  media.pause();
  clearSource(scope, media);
}

function mediaElement(where: string, element: unknown): MediaElementLike {
  const media = element as MediaElementLike | null | undefined;
  if (typeof media !== 'object' || media === null || typeof media.play !== 'function') {
    throw badArgument(where, 'needs a <video> or <audio> element, got ' + kindOf(element));
  }
  return media;
}

function mute(media: MediaElementLike, muted: boolean): void {
  media.muted = muted;
  media.defaultMuted = muted;
}

// 'blocked': the browser wants a tap first (autoplay rules). 'aborted': another attach or detach
// came in between. Neither is a failure of the stream.
function play(scope: Scope, media: MediaElementLike): Promise<'playing' | 'blocked' | 'aborted'> {
  const PromiseType = promiseOf(scope);
  const started = media.play() as Promise<void> | undefined;
  // play() returned nothing until about 2016.
  if (!started || typeof started.then !== 'function') {
    return PromiseType.resolve(media.paused ? 'blocked' : 'playing');
  }
  return PromiseType.resolve(started).then(
    function () {
      return 'playing' as const;
    },
    function (error: { name?: string }) {
      if (error && error.name === 'NotAllowedError') return 'blocked' as const;
      if (error && error.name === 'AbortError') return 'aborted' as const;
      throw error;
    },
  );
}

const kTaps = ['click', 'touchend', 'keydown'];

function playOnTap(scope: Scope, media: MediaElementLike): void {
  const document = (media.ownerDocument || scope.document || {}) as DocumentLike;
  function forget(): void {
    kTaps.forEach(function (name) {
      if (document.removeEventListener) document.removeEventListener(name, onTap, true);
    });
    media.koeruTap = null;
  }
  function onTap(): void {
    play(scope, media).then(function (outcome) {
      if (outcome === 'playing') forget();
    });
  }
  media.koeruTap = forget;
  kTaps.forEach(function (name) {
    if (document.addEventListener) document.addEventListener(name, onTap, true);
  });
}

function forgetTap(media: MediaElementLike): void {
  if (media.koeruTap) media.koeruTap();
}
