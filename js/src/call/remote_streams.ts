// The streams of a member, as they come and go.

import type { MemberStream } from '../../koeru.call.js';
import type { StreamKind } from './track_slots.js';

export class RemoteStreams {
  kinds: Record<string, StreamKind> = {};
  private byId = new Map<string, MemberStream>();

  constructor(
    private onstream: (stream: MemberStream) => void,
    private onend: (stream: MemberStream) => void,
  ) {}

  get all(): MemberStream[] {
    return [...this.byId.values()];
  }

  add({ track, streams }: RTCTrackEvent): void {
    const stream = streams[0] || new MediaStream([track]);
    const { id } = stream;
    if (this.byId.has(id)) return;
    const known = { kind: this.kinds[id] || 'camera', stream };
    this.byId.set(id, known);
    stream.addEventListener('removetrack', () => {
      if (stream.getTracks().length === 0) this.remove(id);
    });
    this.onstream(known);
  }

  // The connection is gone, and its streams with it.
  clear(): void {
    [...this.byId.keys()].forEach((id) => this.remove(id));
  }

  private remove(id: string): void {
    const known = this.byId.get(id);
    this.byId.delete(id);
    if (known) this.onend(known);
  }
}
