// What is around a call: the page's devices and permissions, and the way to its server.

import type { DeviceFacts, ReachFacts } from '../../koeru.diagnose.js';

export async function lookAtDevices(): Promise<DeviceFacts> {
  const facts: DeviceFacts = {
    cameras: 0,
    microphones: 0,
    camera: 'unknown',
    microphone: 'unknown',
  };
  const { mediaDevices, permissions } = navigator as Partial<Navigator>;
  if (mediaDevices && mediaDevices.enumerateDevices) {
    const devices = await mediaDevices.enumerateDevices().catch(() => []);
    facts.cameras = devices.filter(({ kind }) => kind === 'videoinput').length;
    facts.microphones = devices.filter(({ kind }) => kind === 'audioinput').length;
  }
  for (const name of ['camera', 'microphone'] as const) {
    if (!permissions) continue;
    // Firefox knows these names since 131 only, and throws before.
    const status = await Promise.resolve()
      .then(() => permissions.query({ name: name as PermissionName }))
      .catch(() => null);
    if (status) facts[name] = status.state;
  }
  return facts;
}

const kReachMs = 8_000;

// `base`: the server's page.
export async function reach(base: URL, signal?: AbortSignal): Promise<ReachFacts> {
  const facts: ReachFacts = { https: false, webSocket: false, error: '' };
  try {
    // Whatever it answers, it answers.
    await withLimit(
      fetch(new URL('/ice-servers', base), { cache: 'no-store', mode: 'no-cors' }),
      signal,
    );
    facts.https = true;
    await withLimit(openWebSocket(new URL('/signal', base)), signal);
    facts.webSocket = true;
  } catch (error) {
    facts.error = error instanceof Error ? error.message : String(error);
  }
  return facts;
}

function openWebSocket(address: URL): Promise<void> {
  address.protocol = address.protocol === 'http:' ? 'ws:' : 'wss:';
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address, 'koeru.signal.v1');
    socket.onopen = () => {
      socket.close();
      resolve();
    };
    socket.onerror = () => reject(new Error(`no WebSocket to ${address.host}`));
  });
}

function withLimit<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer in time')), kReachMs);
    if (signal) signal.addEventListener('abort', () => reject(new Error('ended')), { once: true });
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
