// Koeru.install and Koeru.uninstall: today's interface where the browser lacks it, for code that
// was written for it; and some of yesterday's, for pages that nobody will change any more.

import type { MediaDevicesLike, Scope } from '../scope.js';
import { listDevices } from './devices.js';
import { canShareScreen, getDisplayMediaIn } from './display_media.js';
import { callbackForm, getUserMediaIn } from './get_user_media.js';
import { nativeForm, versionOf } from './native_form.js';
import { patch, patchedNames, undoPatches } from './patches.js';
import { setOldSource, type MediaElementLike } from './source.js';
import { standIn } from './stand_in.js';
import { tracksOf } from './stop.js';
import { patchStreamUrls } from './stream_urls.js';

let isInstalled = false;

// Gives the names of what it put in place.
export function installIn(scope: Scope): string[] {
  if (isInstalled) return patchedNames();
  isInstalled = true;
  const navigator = scope.navigator;
  if (navigator) {
    if (!navigator.mediaDevices) patch('navigator.mediaDevices', navigator, { value: {} });
    patchDevices(scope, navigator.mediaDevices as MediaDevicesLike);
    if (!navigator.getUserMedia) {
      patch('navigator.getUserMedia', navigator, { value: standIn(callbackForm(scope), null) });
    }
  }
  patchSrcObject(scope);
  patchStreamUrls(scope);
  const streams = scope.MediaStream && (scope.MediaStream.prototype as { stop?: unknown });
  if (streams && !streams.stop) {
    patch('MediaStream.prototype.stop', streams, {
      value: function (this: MediaStream) {
        tracksOf(this).forEach(stopTrack);
      },
    });
  }
  return patchedNames();
}

export function uninstallIn(scope: Scope): void {
  undoPatches(scope);
  isInstalled = false;
}

function stopTrack(track: MediaStreamTrack): void {
  track.stop();
}

// Today's constraints go in and today's errors come out. Edge until 18 and Chrome until 63 had the
// one without the other.
function isGood(scope: Scope, devices: MediaDevicesLike): boolean {
  const form = nativeForm(scope);
  if (typeof devices.getUserMedia !== 'function' || !form || form.dialect !== 'modern')
    return false;
  const chrome = versionOf(scope, 'Chrome');
  return !versionOf(scope, 'Edge') && (!chrome || chrome > 63);
}

function patchDevices(scope: Scope, devices: MediaDevicesLike): void {
  function put(key: keyof MediaDevicesLike, value: object): void {
    patch('navigator.mediaDevices.' + key, devices, { value: standIn(value, devices[key]) });
  }
  if (!isGood(scope, devices)) {
    put('getUserMedia', function (constraints: unknown) {
      return getUserMediaIn(scope, constraints);
    });
  }
  if (!devices.enumerateDevices) {
    put('enumerateDevices', function () {
      return listDevices(scope);
    });
  }
  if (!devices.getDisplayMedia && canShareScreen(scope)) {
    put('getDisplayMedia', function (constraints: unknown) {
      return getDisplayMediaIn(scope, constraints);
    });
  }
}

function patchSrcObject(scope: Scope): void {
  const prototype = scope.HTMLMediaElement && scope.HTMLMediaElement.prototype;
  if (!prototype || 'srcObject' in prototype) return;
  patch('HTMLMediaElement.prototype.srcObject', prototype, {
    get: function (this: MediaElementLike) {
      return this.mozSrcObject || this.koeruStream || null;
    },
    set: function (this: MediaElementLike, stream: object | null) {
      setOldSource(scope, this, stream);
    },
  });
}
