// Signalling over koeru-relay's WebSocket: comes back by itself, and loses nothing by it.

import type { CallError, SignallingHandlers, SignallingTransport } from '../../koeru.call.js';
import { backoff, Timer, type Clock } from './clock.js';
import { callError } from './errors.js';
import { Refusals } from './refusals.js';
import { SignallingSession } from './signalling_session.js';

const kBeatMs = 10_000; // a message at least this often, so that a dead connection is noticed
const kAnswerMs = 8_000;
const kCheckMs = 3_000;
const kOpenMs = 8_000;
const kLongestWaitMs = 8_000;
const kFirstAttempts = 3;
const kComingBack = 4000; // SIGNALLING.md: close codes
const kSendAgainMs = 2_000;

export interface SocketLike {
  onopen: (() => void) | null;
  onmessage: ((event: { data: any }) => void) | null;
  onclose: (() => void) | null;
  send(text: string): void;
  close(code?: number): void;
}

export interface WebSocketOptions {
  url: string;
  session: SignallingSession;
  connect: (url: string) => SocketLike;
  clock: Clock;
  random: () => number;
  // What the server answers to a plain request for `url`: a status, 0 when the page may not know it,
  // null when nobody answers. A WebSocket that is refused says nothing.
  ask: () => Promise<number | null>;
}

export class WebSocketTransport implements SignallingTransport {
  private handlers!: SignallingHandlers;
  private socket: SocketLike | null = null;
  private isIn = false; // the server takes signals
  private wasIn = false; // once at least
  private isChecking = false;
  private isOpened = false; // the present socket
  private isStopped = false;
  private refusals = new Refusals();
  private attempts = 0;
  private retry: Timer;
  private beat: Timer;
  private again: Timer;

  constructor(private options: WebSocketOptions) {
    this.retry = new Timer(options.clock);
    this.beat = new Timer(options.clock);
    this.again = new Timer(options.clock);
  }

  open(handlers: SignallingHandlers): void {
    this.handlers = handlers;
    this.connect();
  }

  send(to: string, data: object): void {
    const text = this.options.session.signal(to, data);
    if (this.isIn) this.write(text);
  }

  close(): void {
    if (this.isIn) this.write('{"type":"leave"}');
    this.drop(1000);
    this.stop();
  }

  // An answer is asked for now. Without it there is a new connection soon, and nothing is lost by it.
  check(): void {
    if (!this.isIn || this.isChecking) return;
    this.write(this.options.session.ack());
    this.expect(kCheckMs);
    this.isChecking = true;
  }

  // The network changed: do not wait for the old connection to be found dead.
  reconnect(): void {
    if (!this.wasIn || this.isStopped) return;
    this.attempts = 0;
    this.isIn = false;
    this.drop(kComingBack);
    this.connect();
  }

  private connect(): void {
    this.retry.clear();
    const { session, connect, url } = this.options;
    const socket = (this.socket = connect(url));
    this.expect(kOpenMs);
    this.isOpened = false;
    socket.onopen = () => {
      this.isOpened = true;
      this.refusals.opened();
      socket.send(this.wasIn ? session.resume() : session.join());
    };
    socket.onmessage = ({ data }) => this.receive(JSON.parse(data));
    socket.onclose = () => this.lost();
  }

  private write(text: string): void {
    this.socket?.send(text);
    if (this.options.session.owesAck) this.socket?.send(this.options.session.ack());
  }

  // Something must come within that time, or the connection is dead.
  private expect(ms: number): void {
    this.beat.set(ms, () => {
      this.drop(kComingBack);
      this.lost();
    });
  }

  private receive(message: any): void {
    const { session } = this.options;
    session.count(message.type);
    if (this.isIn) this.rest();
    this.dispatch(message);
    if (this.isIn && session.owesAck) this.write(session.ack());
  }

  private rest(): void {
    this.isChecking = false;
    this.beat.set(kBeatMs, () => {
      this.write(this.options.session.ack());
      this.expect(kAnswerMs);
    });
  }

  private dispatch(message: any): void {
    const { session } = this.options;
    switch (message.type) {
      case 'joined':
        session.restart();
        this.entered();
        return this.handlers.joined(message);
      case 'resumed':
        session.acknowledged(message.received);
        this.entered();
        return session.pending().forEach((text) => this.write(text));
      case 'ack':
        return session.acknowledged(message.received);
      case 'member-joined':
        return this.handlers.memberJoined(message);
      case 'member-left':
        return this.handlers.memberLeft(message.id, message.lost === true);
      case 'signal':
        return this.handlers.signal(message.from, message.data);
      case 'error':
        return this.refused(message);
    }
  }

  private entered(): void {
    this.isIn = this.wasIn = true;
    this.attempts = 0;
    this.refusals.entered();
    this.rest();
    this.handlers.state('open');
  }

  private refused({ code, message, fatal }: { code: string; message: string; fatal: boolean }) {
    const { session } = this.options;
    // Somebody who has just left is no error.
    if (code === 'unknown-member') return;
    if (code === 'not-resumable') return this.socket?.send(session.join());
    if (code === 'too-fast' && this.isIn && !fatal) {
      return this.again.set(kSendAgainMs, () => session.pending().forEach((t) => this.write(t)));
    }
    const error = callError('SignallingError', code, { message });
    if (!this.wasIn) return this.fail(error);
    if ((this.isIn || fatal) && code !== 'replaced') return this.handlers.error(error, false);
    // On the way back.
    const { isFinal, isNews } = this.refusals.byCode(code);
    if (isFinal) return this.fail(error);
    if (isNews) this.handlers.error(error, false);
    this.drop(kComingBack);
    this.lost();
  }

  private lost(): void {
    const wasOpen = this.isIn;
    this.isChecking = false;
    this.isIn = false;
    this.socket = null;
    this.beat.clear();
    this.again.clear();
    if (wasOpen) {
      this.handlers.state('reconnecting');
      this.handlers.error(callError('SignallingError', 'server-lost'), false);
    }
    if (!this.isOpened && this.refusals.unopened()) return void this.askWhy();
    if (!this.wasIn && ++this.attempts >= kFirstAttempts) return this.giveUp(null);
    this.wait();
  }

  private async askWhy(): Promise<void> {
    const { socket } = this;
    const status = await this.options.ask();
    // `reconnect` or `close` meanwhile.
    if (this.isStopped || this.socket !== socket || this.retry.isSet) return;
    if (!this.wasIn || this.refusals.byStatus(status)) return this.giveUp(status);
    this.wait();
  }

  private wait(): void {
    const wait = backoff(this.wasIn ? this.attempts++ : 0, kLongestWaitMs, this.options.random());
    this.retry.set(wait, () => this.connect());
  }

  private giveUp(status: number | null): void {
    const { url } = this.options;
    if (status === null) return this.fail(callError('SignallingError', 'no-server', { url }));
    const reason = `HTTP ${status || '?'}`; // another site's page may not know
    this.fail(callError('SignallingError', 'refused', { url, status, reason }));
  }

  private fail(error: CallError): void {
    this.drop(1000);
    this.stop();
    this.handlers.error(error, true);
  }

  private drop(code: number): void {
    const { socket } = this;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close(code);
  }

  private stop(): void {
    this.isStopped = true;
    this.retry.clear();
    this.beat.clear();
    this.again.clear();
  }
}
