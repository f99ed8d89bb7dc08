// Sends a file in pieces cut from it one at a time: what is in memory is bounded by the window,
// whatever the size of the file.

import type { FileSource, Member } from '../../koeru.call.js';
import { ChannelWriter, type ChannelLike } from './channel_writer.js';
import { reasonOf } from './errors.js';
import { kPieceBytes, kWindowBytes, parseMessage, Transfer } from './file_transfer.js';

export class FileSender extends Transfer<void> {
  private sent = 0;
  private writer: ChannelWriter;
  private wake: () => void = () => {};

  constructor(
    channel: ChannelLike,
    member: Member,
    private source: FileSource,
    name: string,
  ) {
    super(channel, member, name, source.size);
    this.writer = new ChannelWriter(channel, () => new Error('closed'));
    channel.addEventListener('message', ({ data }) => this.receive(data));
    const header = { type: 'file', name, size: source.size, mime: source.type || '' } as const;
    if (channel.readyState === 'open') this.tell(header);
    else channel.addEventListener('open', () => this.tell(header));
  }

  protected override ended(): void {
    this.wake();
  }

  private receive(data: unknown): void {
    const message = typeof data === 'string' ? parseMessage(data) : null;
    switch (message && message.type) {
      case 'accept':
        return void this.run();
      case 'reject':
        return this.fail('rejected');
      case 'cancel':
        return this.fail('cancelled');
      case 'failed':
        return this.fail('sink', (message as { reason: string }).reason);
      case 'ack':
        return this.acknowledge((message as { received: number }).received);
      case 'done':
        return this.finish();
      default:
        return this.fail('protocol', 'an unknown message about a file');
    }
  }

  private acknowledge(received: number): void {
    if (!(received >= this.bytes && received <= this.sent)) {
      return this.fail('protocol', 'an acknowledgement of what was not sent');
    }
    this.moved(received);
    this.wake();
  }

  private finish(): void {
    if (this.sent !== this.size) return this.fail('protocol', 'done before the end');
    if (this.bytes !== this.size) this.moved(this.size);
    this.succeed();
    this.channel.close();
  }

  private async run(): Promise<void> {
    while (!this.isOver && this.sent < this.size) {
      if (this.sent - this.bytes >= kWindowBytes) {
        await new Promise<void>((resolve) => (this.wake = resolve));
        continue;
      }
      const end = Math.min(this.size, this.sent + kPieceBytes);
      let piece: ArrayBuffer;
      try {
        piece = await this.source.slice(this.sent, end).arrayBuffer();
        if (piece.byteLength !== end - this.sent) throw new Error('it became shorter');
      } catch (error) {
        this.tell({ type: 'cancel' });
        return this.fail('source', reasonOf(error));
      }
      if (this.isOver) return;
      this.sent = end;
      // A channel that closes ends the transfer by its `close` event.
      await this.writer.send(piece).catch(() => {});
    }
  }
}
