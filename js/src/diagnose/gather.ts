// Asks one server, or several, for addresses, by an RTCPeerConnection that calls nobody.

import type { GatheredAddress, ServerError } from '../../koeru.diagnose.js';
import { readCandidate } from './address.js';
import { explainIceError } from './ice_error.js';

// The part of RTCPeerConnection that is used, for fakes.
export interface Gathering extends EventTarget {
  readonly iceGatheringState: RTCIceGatheringState;
  createDataChannel(label: string): unknown;
  createOffer(): Promise<RTCSessionDescriptionInit>;
  setLocalDescription(description: RTCSessionDescriptionInit): Promise<void>;
  close(): void;
}

export interface Gathered {
  addresses: GatheredAddress[];
  errors: ServerError[];
  firstMs: number | null; // to the first address that a server gave
  doneMs: number | null; // null: not done in time
}

export interface GatherContext {
  make(config: RTCConfiguration): Gathering;
  now(): number;
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(timer: any): void;
}

// Never rejects for what a server does. A configuration that the browser refuses is the caller's.
export async function gather(
  context: GatherContext,
  config: RTCConfiguration,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Gathered> {
  const connection = context.make(config);
  const begin = context.now();
  const found: Gathered = { addresses: [], errors: [], firstMs: null, doneMs: null };
  try {
    const done = new Promise<void>((resolve) => {
      const timer = context.setTimeout(resolve, timeoutMs);
      const end = () => {
        context.clearTimeout(timer);
        resolve();
      };
      if (signal) signal.addEventListener('abort', end, { once: true });
      connection.addEventListener('icegatheringstatechange', () => {
        if (connection.iceGatheringState !== 'complete') return;
        found.doneMs = Math.round(context.now() - begin);
        end();
      });
    });
    connection.addEventListener('icecandidate', (event) => {
      const { candidate } = event as RTCPeerConnectionIceEvent;
      const address = candidate && candidate.candidate ? readCandidate(candidate) : null;
      if (!address) return;
      found.addresses.push(address);
      if (address.type !== 'host') found.firstMs ??= Math.round(context.now() - begin);
    });
    connection.addEventListener('icecandidateerror', (event) => {
      const { errorCode, errorText } = event as RTCPeerConnectionIceErrorEvent;
      const known = found.errors.some(({ code, text }) => code === errorCode && text === errorText);
      if (!known) found.errors.push(explainIceError(errorCode, errorText));
    });
    connection.createDataChannel('koeru');
    await connection.setLocalDescription(await connection.createOffer());
    await done;
  } finally {
    connection.close();
  }
  return found;
}
