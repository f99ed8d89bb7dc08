// What is sent, by slots: at most one track of the camera's picture, its sound, the screen's picture
// and its sound. A track that takes another's slot replaces it without a negotiation.

export type Slot = 'camera audio' | 'camera video' | 'screen audio' | 'screen video';
export type StreamKind = 'camera' | 'screen';

export interface SentTrack {
  track: MediaStreamTrack;
  stream: MediaStream;
}
export type SentTracks = Map<Slot, SentTrack>;

export function slotsOf(kind: StreamKind, stream: MediaStream | null): [Slot, SentTrack][] {
  const slots: [Slot, SentTrack][] = [];
  for (const media of ['audio', 'video'] as const) {
    const track = stream && (media === 'audio' ? stream.getAudioTracks() : stream.getVideoTracks())[0];
    if (stream && track) slots.push([`${kind} ${media}` as Slot, { track, stream }]);
  }
  return slots;
}

export class TrackSenders {
  private senders = new Map<Slot, { sender: RTCRtpSender; streamId: string }>();

  constructor(private connection: RTCPeerConnection) {}

  // Makes the connection send this, and nothing else.
  async sync(wanted: SentTracks): Promise<void> {
    const replacements: Promise<void>[] = [];
    this.senders.forEach(({ sender }, slot) => {
      const next = wanted.get(slot);
      if (!next) {
        this.connection.removeTrack(sender);
        this.senders.delete(slot);
      } else if (sender.track !== next.track) {
        replacements.push(sender.replaceTrack(next.track));
      }
    });
    wanted.forEach(({ track, stream }, slot) => {
      if (this.senders.has(slot)) return;
      const sender = this.connection.addTrack(track, stream);
      this.senders.set(slot, { sender, streamId: stream.id });
    });
    await Promise.all(replacements);
  }

  // Told along with each description: which of the streams in it is the screen.
  kinds(): Record<string, StreamKind> {
    const kinds: Record<string, StreamKind> = {};
    this.senders.forEach(({ streamId }, slot) => {
      kinds[streamId] = slot.startsWith('screen') ? 'screen' : 'camera';
    });
    return kinds;
  }
}
