// The connection to one member: an RTCPeerConnection, or one after the other when a connection has
// to be made anew. CALL.md describes the messages.

import { ChannelWriter } from './channel_writer.js';
import { Timer, type Clock } from './clock.js';
import { callError, reasonOf } from './errors.js';
import { kFileLabel } from './file_transfer.js';
import { Negotiation, type Negotiated } from './negotiation.js';
import { RelayWatch } from './relay_watch.js';
import { RestartPolicy } from './restart_policy.js';
import { TrackSenders, type SentTracks, type StreamKind } from './track_slots.js';

// The newcomer offers; somebody whose signalling does not keep to that is not waited for longer.
const kFirstOfferMs = 3_000;
// Candidates come in bursts, one for each interface and server: they travel together, or a room of
// eight would send more messages than the server lets through.
const kCandidatesMs = 40;
// After a restart of the server everything is known to be gone, and an ICE restart to be due at once.
// Where it has not come to anything by then (Firefox: one in three), a new connection is quicker.
const kProofMs = 2_500;

export interface PeerSignal extends Negotiated {
  // Which RTCPeerConnection of the pair: the higher one wins.
  g: number;
  // The sender's has never seen a description of ours.
  fresh?: boolean;
  streams?: Record<string, StreamKind>;
}

export interface PeerOptions {
  member: string; // for the words of an error
  isPolite: boolean;
  config: () => RTCConfiguration;
  refresh: () => Promise<RTCConfiguration>;
  tracks: () => SentTracks;
  send: (signal: PeerSignal) => void;
  clock: Clock;
  isFirefox: boolean;
  // What happens.
  onstate(state: RTCPeerConnectionState | 'gave-up'): void;
  onkinds(kinds: Record<string, StreamKind>): void;
  ontrack(event: RTCTrackEvent): void;
  onreplaced(): void;
  // Asks the other side to answer by `pong`, over the connection itself.
  ping(): void;
  oncontrol(text: string): void;
  oncontrolopen(): void;
  ondata(data: string | ArrayBuffer): void;
  onfile(channel: RTCDataChannel): void;
  onnorelay(watch: RelayWatch): void;
  onerror(error: unknown): void;
}

export class Peer {
  connection!: RTCPeerConnection;
  control!: ChannelWriter;
  data!: ChannelWriter;
  watch!: RelayWatch;
  private negotiation!: Negotiation;
  private senders!: TrackSenders;
  private policy: RestartPolicy;
  private generation = 0;
  private queue: Promise<void> = Promise.resolve();
  private isClosed = false;
  private isReplacing = false;
  private proof: Timer;
  private candidates: RTCIceCandidateInit[] = [];
  private candidateTimer: Timer;

  // `isNewcomer`: makes the first offer.
  constructor(
    private options: PeerOptions,
    isNewcomer: boolean,
  ) {
    const restart = () => void this.restart().catch((error) => this.report(error));
    const rebuild = () => void this.rebuild();
    const giveUp = () => options.onstate('gave-up');
    const actions = { restart, rebuild, giveUp };
    this.policy = new RestartPolicy(actions, options.isFirefox, options.clock);
    this.proof = new Timer(options.clock);
    this.candidateTimer = new Timer(options.clock);
    this.make(1, isNewcomer);
  }

  close(): void {
    this.isClosed = true;
    this.policy.close();
    this.proof.clear();
    this.candidateTimer.clear();
    this.connection.close();
    this.options.onreplaced();
  }

  receive(signal: PeerSignal): void {
    this.queue = this.queue.then(() => this.take(signal)).catch((error) => this.report(error));
  }

  sync(): Promise<void> {
    return this.senders.sync(this.options.tracks());
  }

  // The network changed: mend without waiting.
  mend(): void {
    this.policy.now();
  }

  // What was signalled last may be lost, and the relay's allocations with it. One side offers, so
  // that two ICE restarts do not meet; the other makes ready.
  async resync(isOffering: boolean): Promise<void> {
    // Whoever has made the connection anew while nothing could be signalled is the only one to know.
    if (!this.connection.remoteDescription) return this.rebuild();
    await this.negotiation.takeBack().catch((error) => this.report(error));
    if (!isOffering) return void (await this.configure());
    await this.restart();
    if (!this.control.isOpen || this.isClosed) return;
    this.options.ping();
    this.proof.set(kProofMs, () => void this.rebuild());
  }

  // The other side has answered: the connection works.
  pong(): void {
    this.proof.clear();
  }

  openFileChannel(): RTCDataChannel {
    const channel = this.connection.createDataChannel(kFileLabel);
    channel.binaryType = 'arraybuffer';
    return channel;
  }

  private async take(signal: PeerSignal): Promise<void> {
    if (this.isClosed || signal.g < this.generation) return;
    const { description } = signal;
    if (signal.g > this.generation) {
      await this.replace(signal.g, false);
    } else if (description && description.type === 'offer') {
      const isKnown = this.connection.remoteDescription !== null;
      // They have lost their end of this connection, or we have lost ours.
      if (signal.fresh && isKnown) await this.replace(signal.g, false);
      if (!signal.fresh && !isKnown) return this.rebuild();
    }
    // Another one came meanwhile.
    if (this.isClosed || signal.g !== this.generation) return;
    if (signal.streams) this.options.onkinds(signal.streams);
    const { negotiation } = this;
    await negotiation.receive(signal);
  }

  private rebuild(): Promise<void> {
    return this.replace(this.generation + 1, true);
  }

  // With fresh credentials: those of before a restart of the server are worth nothing.
  private async replace(generation: number, isNewcomer: boolean): Promise<void> {
    const { connection } = this;
    this.isReplacing = true;
    await this.options.refresh();
    if (this.isClosed || connection !== this.connection) return;
    this.make(generation, isNewcomer);
  }

  private make(generation: number, isNewcomer: boolean): void {
    const { options } = this;
    if (this.generation) {
      this.connection.close();
      options.onreplaced();
    }
    this.generation = generation;
    this.isReplacing = false;
    this.candidates = [];
    this.proof.clear();
    const connection = (this.connection = new RTCPeerConnection(options.config()));
    this.negotiation = new Negotiation(connection, options.isPolite, (message) =>
      this.send(message),
    );
    this.watch = new RelayWatch(connection);
    this.senders = new TrackSenders(connection);
    this.openChannels(connection);
    this.listen(connection, isNewcomer);
    if (isNewcomer && options.tracks().size === 0) {
      // So that the answer can bring the other side's tracks at once.
      connection.addTransceiver('audio', { direction: 'recvonly' });
      connection.addTransceiver('video', { direction: 'recvonly' });
    }
    this.sync().catch((error) => this.report(error));
  }

  private trickle(candidate: RTCIceCandidateInit): void {
    this.candidates.push(candidate);
    if (!this.candidateTimer.isSet) {
      this.candidateTimer.set(kCandidatesMs, () => this.sendCandidates());
    }
  }

  private sendCandidates(): void {
    const candidates = this.candidates;
    this.candidates = [];
    if (candidates.length) this.send({ candidates });
  }

  private send(message: Negotiated): void {
    // Those that wait belong to the description before.
    if (message.description) this.sendCandidates();
    const signal: PeerSignal = { g: this.generation, ...message };
    if (message.description) {
      signal.streams = this.senders.kinds();
      if (message.description.type === 'offer' && !this.connection.remoteDescription) {
        signal.fresh = true;
      }
    }
    this.options.send(signal);
  }

  // Both sides make these two with the same ids, so no message is needed to open them.
  private openChannels(connection: RTCPeerConnection): void {
    const closed = () => callError('PeerError', 'closed', { member: this.options.member });
    const open = (label: string, id: number) => {
      const channel = connection.createDataChannel(label, { negotiated: true, id });
      channel.binaryType = 'arraybuffer';
      return channel;
    };
    const control = open('koeru.control', 0);
    const data = open('koeru.data', 1);
    this.control = new ChannelWriter(control, closed);
    this.data = new ChannelWriter(data, closed);
    // What a connection before this one had received was counted when it was closed: no more of it.
    const isPresent = () => connection === this.connection && !this.isClosed;
    control.onopen = () => isPresent() && this.options.oncontrolopen();
    control.onmessage = ({ data: text }) => isPresent() && this.options.oncontrol(String(text));
    data.onmessage = (event) => isPresent() && this.options.ondata(event.data);
  }

  private listen(connection: RTCPeerConnection, isNewcomer: boolean): void {
    const { options, negotiation, watch } = this;
    const offer = () => negotiation.offer().catch((error) => this.report(error));
    connection.onnegotiationneeded = () => {
      if (isNewcomer || connection.remoteDescription) return void offer();
      this.options.clock.setTimeout(() => {
        if (connection.signalingState === 'stable' && !connection.remoteDescription) void offer();
      }, kFirstOfferMs);
    };
    connection.onicecandidate = ({ candidate }) => {
      if (candidate && connection === this.connection) this.trickle(candidate.toJSON());
    };
    connection.ontrack = (event) => options.ontrack(event);
    connection.ondatachannel = ({ channel }) => {
      if (channel.label === kFileLabel) options.onfile(channel);
      else channel.close();
    };
    connection.onconnectionstatechange = () => {
      const state = connection.connectionState;
      this.policy.follow(state);
      options.onstate(state);
    };
    watch.ondone = () => {
      if (!watch.gotRelay && !this.isReplacing) options.onnorelay(watch);
    };
  }

  private async restart(): Promise<void> {
    const { negotiation } = this;
    if (await this.configure()) await negotiation.restart();
  }

  // With fresh credentials. False: the connection is not there any more.
  private async configure(): Promise<boolean> {
    const { connection } = this;
    const config = await this.options.refresh();
    if (this.isClosed || connection !== this.connection) return false;
    connection.setConfiguration(config);
    return true;
  }

  // A connection that was closed meanwhile says so in many ways; nobody wants to hear them.
  private report(error: unknown): void {
    if (this.isClosed || this.connection.signalingState === 'closed') return;
    const facts = { reason: reasonOf(error), member: this.options.member };
    this.options.onerror(callError('PeerError', 'negotiation', facts, error));
  }
}
