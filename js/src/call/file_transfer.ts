// What sending and receiving a file have in common: one data channel of its own, JSON messages for
// control, binary ones for the pieces (CALL.md, "Files").

import type { CallError, FileTransfer, Member } from '../../koeru.call.js';
import type { ChannelLike } from './channel_writer.js';
import { EventSource } from './emitter.js';
import { callError } from './errors.js';

export const kFileLabel = 'koeru.file';
// Every pair of browsers takes messages of this size.
export const kPieceBytes = 64 << 10;
// What may be under way without an acknowledgement: all that a receiver ever has to hold.
export const kWindowBytes = 4 << 20;
export const kAckBytes = 256 << 10;

export interface FileHeader {
  type: 'file';
  name: string;
  size: number;
  mime: string;
}

export type FileMessage =
  | FileHeader
  | { type: 'accept' | 'reject' | 'done' | 'cancel' }
  | { type: 'failed'; reason: string }
  | { type: 'ack'; received: number };

export abstract class Transfer<Result>
  extends EventSource<{ progress: number }>
  implements FileTransfer<Result>
{
  readonly done: Promise<Result>;
  bytes = 0;
  protected isOver = false;
  private resolve!: (result: Result) => void;
  private reject!: (error: CallError) => void;

  constructor(
    protected channel: ChannelLike,
    readonly member: Member,
    readonly name: string,
    readonly size: number,
  ) {
    super();
    this.done = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // Whoever does not look at `done` is told by nothing else either.
    this.done.catch(() => {});
    channel.addEventListener('close', () => this.fail('lost'));
    if (/^clos/.test(channel.readyState)) Promise.resolve().then(() => this.fail('lost'));
  }

  cancel(): void {
    this.tell({ type: 'cancel' });
    this.fail('cancelled');
  }

  protected tell(message: FileMessage): void {
    if (this.channel.readyState === 'open') this.channel.send(JSON.stringify(message));
  }

  protected moved(bytes: number): void {
    this.bytes = bytes;
    this.emit('progress', bytes);
  }

  protected succeed(result: Result): void {
    if (this.isOver) return;
    this.isOver = true;
    this.resolve(result);
  }

  protected fail(code: string, reason = ''): void {
    if (this.isOver) return;
    this.isOver = true;
    const member = this.member.name || this.member.id;
    this.reject(callError('FileError', code, { file: this.name, member, reason }));
    this.ended();
    this.channel.close();
  }

  // What has to be let go of.
  protected ended(): void {}
}

export function parseMessage(text: string): FileMessage | null {
  try {
    const message = JSON.parse(text);
    return message && typeof message.type === 'string' ? message : null;
  } catch (error) {
    return null;
  }
}
