// The machine on which the fake browsers run: two cameras, a microphone, and streams of two ages.

export const machine = {
  maxWidth: 1280,
  // MediaStreamTrack.getSources
  sources: [
    { id: 'mic', kind: 'audio', label: 'Microphone', facing: '' },
    { id: 'front', kind: 'video', label: 'camera 1, facing front', facing: 'user' },
    { id: 'back', kind: 'video', label: 'camera 0, facing back', facing: 'environment' },
  ],
  devices: [
    { deviceId: 'mic', groupId: 'g', kind: 'audioinput', label: 'Microphone' },
    { deviceId: 'front', groupId: 'g', kind: 'videoinput', label: 'camera 1, facing front' },
    { deviceId: 'back', groupId: 'g', kind: 'videoinput', label: 'camera 0, facing back' },
  ],
};

function kinds(constraints) {
  return ['audio', 'video'].filter((kind) => constraints[kind]);
}

// Until Chrome 45 and Firefox 34: tracks cannot stop, the stream can.
export function oldStream(constraints) {
  const tracks = kinds(constraints).map((kind) => ({ kind, enabled: true, readyState: 'live' }));
  return {
    stopped: 0,
    getAudioTracks: () => tracks.filter(({ kind }) => kind === 'audio'),
    getVideoTracks: () => tracks.filter(({ kind }) => kind === 'video'),
    stop() {
      ++this.stopped;
      for (const track of tracks) track.readyState = 'ended';
    },
  };
}

// Constraints that are only wishes come out as the machine can do them.
export function modernTracks(constraints) {
  const tracks = kinds(constraints).map((kind) => ({
    kind,
    enabled: true,
    readyState: 'live',
    getSettings: () => ({
      width: machine.maxWidth,
      height: 720,
      frameRate: 30,
      facingMode: 'user',
    }),
    stop() {
      this.readyState = 'ended';
    },
  }));
  return {
    getTracks: () => tracks,
    getAudioTracks: () => tracks.filter(({ kind }) => kind === 'audio'),
    getVideoTracks: () => tracks.filter(({ kind }) => kind === 'video'),
  };
}
