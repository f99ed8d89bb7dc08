// What we send: one stream of camera and microphone, one of the screen.

import type { Kind } from '../../koeru.call.js';
import { callError, reasonOf } from './errors.js';
import { slotsOf, type SentTracks } from './track_slots.js';

export type OpenDevices = (constraints: MediaStreamConstraints) => Promise<MediaStream>;

export class LocalMedia {
  screen: MediaStream | null = null;
  muted: Record<Kind, boolean> = { audio: false, video: false };

  constructor(
    public stream: MediaStream | null,
    private openDevices: OpenDevices,
    // What is sent changed.
    private onchange: () => Promise<void>,
  ) {}

  tracks(): SentTracks {
    return new Map([...slotsOf('camera', this.stream), ...slotsOf('screen', this.screen)]);
  }

  async setStream(stream: MediaStream | null): Promise<void> {
    this.stream = stream;
    this.applyMute();
    await this.onchange();
  }

  mute(kind: Kind, muted: boolean): void {
    this.muted = { ...this.muted, [kind]: muted };
    this.applyMute();
  }

  async switchDevice(kind: Kind, deviceId: string): Promise<MediaStreamTrack> {
    const opened = await mediaErrors(() =>
      this.openDevices({ [kind]: { deviceId: { exact: deviceId } } }),
    );
    const track = tracksOf(opened, kind)[0] as MediaStreamTrack;
    const stream = this.stream || new MediaStream();
    const old = tracksOf(stream, kind);
    stream.addTrack(track);
    // Only now: when the new one cannot be had, the old one goes on.
    old.forEach((other) => {
      stream.removeTrack(other);
      other.stop();
    });
    await this.setStream(stream);
    return track;
  }

  async shareScreen(given?: MediaStream): Promise<MediaStream> {
    const screen = given || (await mediaErrors(askForScreen));
    this.stopScreen();
    this.screen = screen;
    const end = () => {
      if (this.screen === screen) this.stopScreen();
    };
    screen.getVideoTracks().forEach((track) => track.addEventListener('ended', end));
    await this.onchange();
    return screen;
  }

  stopScreen(): void {
    if (!this.screen) return;
    this.screen.getTracks().forEach((track) => track.stop());
    this.screen = null;
    void this.onchange();
  }

  private applyMute(): void {
    for (const kind of ['audio', 'video'] as const) {
      for (const track of this.stream ? tracksOf(this.stream, kind) : []) {
        track.enabled = !this.muted[kind];
      }
    }
  }
}

function tracksOf(stream: MediaStream, kind: Kind): MediaStreamTrack[] {
  return kind === 'audio' ? stream.getAudioTracks() : stream.getVideoTracks();
}

function askForScreen(): Promise<MediaStream> {
  return navigator.mediaDevices.getDisplayMedia({ video: true, audio: true });
}

async function mediaErrors(open: () => Promise<MediaStream>): Promise<MediaStream> {
  try {
    return await open();
  } catch (error) {
    const { name } = error as Error;
    throw callError('MediaError', name, { reason: reasonOf(error) }, error);
  }
}
