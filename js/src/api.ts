// The public face: everything that koeru.d.ts promises, put together.

import type { JoinOptions, Room } from '../koeru.call.js';
import type { DiagnoseOptions, Report } from '../koeru.diagnose.js';
import type { Inspection, InspectInput, InspectOptions } from '../koeru.inspect.js';
import { joinBy } from './call.js';
import * as candidate from './candidate.js';
import { loadCompanion } from './companion.js';
import { engine, load } from './loader.js';
import {
  applyConstraints,
  attach,
  detach,
  enumerateDevices,
  getDisplayMedia,
  getUserMedia,
  install,
  onDeviceChange,
  onTrackChange,
  stop,
  stopAll,
  uninstall,
} from './media/media.js';
import { platform } from './platform.js';
import { ready } from './ready.js';
import * as sdp from './sdp/sdp.js';
import * as stun from './stun.js';
import * as uri from './uri.js';

export {
  applyConstraints,
  attach,
  candidate,
  detach,
  engine,
  enumerateDevices,
  getDisplayMedia,
  getUserMedia,
  install,
  load,
  onDeviceChange,
  onTrackChange,
  ready,
  sdp,
  stop,
  stopAll,
  stun,
  uninstall,
  uri,
};

declare const KOERU_VERSION: string; // set by build.mjs from package.json
export const version: string = typeof KOERU_VERSION === 'string' ? KOERU_VERSION : 'not built';

export function join(url: string, room: string, options?: JoinOptions): Promise<Room> {
  return joinBy(getUserMedia, url, room, options || {});
}

export function diagnose(options?: DiagnoseOptions): Promise<Report> {
  return loadCompanion<typeof import('../koeru.diagnose.js')>(
    'koeru.diagnose.js',
    'koeruDiagnoseJs',
    'explainIceError',
  ).then(function (companion) {
    return companion.diagnose(options);
  });
}

type InspectModule = typeof import('./inspect/entry_inspect_module.js');

export function inspect(input: InspectInput, options?: InspectOptions): Promise<Inspection> {
  return loadCompanion<InspectModule>('koeru.inspect.js', 'koeruInspectJs', 'rfcUrl').then(
    function (companion) {
      // koeru.inspect.wasm lies beside this script and comes in by the same ways.
      return companion.inspect(input, options, platform);
    },
  );
}
