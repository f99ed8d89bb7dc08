// Cameras of all ages: the functions of koeru.d.ts, on the page's own window.

import type * as Public from '../../koeru.js';
import { globalScope } from '../scope.js';
import { applyConstraintsIn } from './apply_constraints.js';
import { attachIn, detachIn } from './attach.js';
import { listDevices, watchDevices } from './devices.js';
import { getDisplayMediaIn } from './display_media.js';
import { getUserMediaIn } from './get_user_media.js';
import { installIn, uninstallIn } from './install.js';
import { stopAll } from './opened.js';
import { stop } from './stop.js';
import { watchTracks } from './track_state.js';

export { stop, stopAll, watchTracks as onTrackChange };

export function getUserMedia(
  constraints: MediaStreamConstraints | Public.LegacyConstraints | string,
  options?: Public.MediaOptions,
): Promise<MediaStream> {
  return getUserMediaIn(globalScope(), constraints, options);
}

export function getDisplayMedia(
  constraints?: DisplayMediaStreamOptions,
  options?: Public.MediaOptions,
): Promise<MediaStream> {
  return getDisplayMediaIn(globalScope(), constraints, options);
}

export function applyConstraints(
  track: MediaStreamTrack,
  constraints: MediaTrackConstraints | Public.LegacyTrackConstraints,
  options?: Public.MediaOptions,
): Promise<void> {
  return applyConstraintsIn(globalScope(), track, constraints, options);
}

export function enumerateDevices(): Promise<MediaDeviceInfo[]> {
  return listDevices(globalScope()) as Promise<unknown> as Promise<MediaDeviceInfo[]>;
}

export function onDeviceChange(listener: (change: Public.DeviceChange) => void): () => void {
  return watchDevices(globalScope(), listener);
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

export function install(): string[] {
  return installIn(globalScope());
}

export function uninstall(): void {
  uninstallIn(globalScope());
}
