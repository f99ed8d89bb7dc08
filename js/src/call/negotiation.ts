// Offers and answers of one RTCPeerConnection: "perfect negotiation" (W3C WebRTC section 10.7).
// Either side may offer at any time; when both do at once, the polite one gives way.

import { withDtlsRole } from './dtls_role.js';

// What travels, beside what peer.ts adds to it (CALL.md).
export interface Negotiated {
  description?: RTCSessionDescriptionInit;
  candidates?: RTCIceCandidateInit[];
}

// The part of RTCPeerConnection that is used, for fakes.
export interface Negotiable {
  readonly signalingState: RTCSignalingState;
  readonly localDescription: RTCSessionDescription | null;
  readonly currentLocalDescription: RTCSessionDescription | null;
  readonly currentRemoteDescription: RTCSessionDescription | null;
  setLocalDescription(description?: RTCLocalSessionDescriptionInit): Promise<void>;
  setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void>;
  addIceCandidate(candidate: RTCIceCandidateInit): Promise<void>;
  restartIce(): void;
}

export class Negotiation {
  private isMakingOffer = false;
  private isIgnoringOffer = false;
  private isRestartDue = false;
  // What comes is taken one after the other.
  private queue: Promise<void> = Promise.resolve();

  // `isPolite`: exactly one side of a pair must be.
  constructor(
    private connection: Negotiable,
    private isPolite: boolean,
    private send: (message: Negotiated) => void,
  ) {}

  // For `negotiationneeded`.
  async offer(): Promise<void> {
    try {
      this.isMakingOffer = true;
      await this.connection.setLocalDescription();
      this.sendDescription();
    } finally {
      this.isMakingOffer = false;
    }
  }

  receive(message: Negotiated): Promise<void> {
    return this.then(() => this.take(message));
  }

  restart(): Promise<void> {
    return this.then(async () => {
      const { signalingState } = this.connection;
      if (signalingState === 'closed') return;
      // An offer that waits for its answer may be of the network before, and Firefox does not follow
      // it up by itself.
      this.isRestartDue = signalingState === 'have-local-offer';
      this.connection.restartIce();
    });
  }

  // What was sent last may not have arrived: an offer that waits for its answer is taken back. What
  // it was about makes the browser ask for another one.
  takeBack(): Promise<void> {
    return this.then(async () => {
      if (this.connection.signalingState !== 'have-local-offer') return;
      await this.connection.setLocalDescription({ type: 'rollback' });
    });
  }

  private then(step: () => Promise<void>): Promise<void> {
    const result = this.queue.then(step);
    this.queue = result.catch(() => {});
    return result;
  }

  private sendDescription(): void {
    const { localDescription, currentLocalDescription, currentRemoteDescription } = this.connection;
    if (!localDescription) return;
    const { type } = localDescription;
    const sdp =
      type === 'offer'
        ? withDtlsRole(localDescription.sdp, currentLocalDescription, currentRemoteDescription)
        : localDescription.sdp;
    this.send({ description: { type, sdp } });
  }

  private async take({ description, candidates }: Negotiated): Promise<void> {
    const { connection } = this;
    if (connection.signalingState === 'closed') return;
    if (description) {
      const isReady = !this.isMakingOffer && connection.signalingState === 'stable';
      this.isIgnoringOffer = description.type === 'offer' && !isReady && !this.isPolite;
      if (this.isIgnoringOffer) return;
      // An answer to an offer that was taken back.
      if (description.type === 'answer' && connection.signalingState !== 'have-local-offer') return;
      await connection.setRemoteDescription(description);
      if (description.type !== 'offer') return this.answered();
      await connection.setLocalDescription();
      this.sendDescription();
    }
    for (const candidate of candidates || []) await this.add(candidate);
  }

  private answered(): void {
    if (this.isRestartDue) this.connection.restartIce();
    this.isRestartDue = false;
  }

  private async add(candidate: RTCIceCandidateInit): Promise<void> {
    try {
      await this.connection.addIceCandidate(candidate);
    } catch (error) {
      // Candidates of an offer that was ignored, or of ICE before a restart, belong to nothing.
      if (!this.isIgnoringOffer && !isOutdated(error)) throw error;
    }
  }
}

// Of another ICE generation (OperationError), or before any description (InvalidStateError).
function isOutdated(error: unknown): boolean {
  return /^(OperationError|InvalidStateError)$/.test((error as Error).name);
}
