// Receives a file into a sink, and acknowledges what the sink has taken: so the sender never gets
// more than a window ahead of a slow disk.

import type { FileOffer, FileSink, FileTransfer, Member } from '../../koeru.call.js';
import type { ChannelLike } from './channel_writer.js';
import { reasonOf } from './errors.js';
import {
  kAckBytes,
  kPieceBytes,
  kWindowBytes,
  parseMessage,
  Transfer,
  type FileHeader,
} from './file_transfer.js';
import { blobSink, functionSink, streamSink, type Sink } from './file_sinks.js';

class FileReceiver<Result> extends Transfer<Result> {
  private arrived = 0;
  private acknowledged = 0;
  private queue: Promise<void> = Promise.resolve();

  constructor(
    channel: ChannelLike,
    member: Member,
    header: FileHeader,
    private sink: Sink<Result>,
  ) {
    super(channel, member, header.name, header.size);
  }

  start(): void {
    this.tell({ type: 'accept' });
    if (this.size === 0) this.queue = this.queue.then(() => this.finish());
  }

  receive(data: unknown): void {
    if (this.isOver) return;
    if (typeof data !== 'string') return this.take(new Uint8Array(data as ArrayBuffer));
    const message = parseMessage(data);
    this.fail(message && message.type === 'cancel' ? 'cancelled' : 'protocol', 'an unknown message');
  }

  protected override ended(): void {
    this.queue = this.queue.then(() => this.sink.abort()).catch(() => {});
  }

  private take(piece: Uint8Array): void {
    const offset = this.arrived;
    this.arrived += piece.length;
    if (this.arrived > this.size) return this.fail('protocol', 'more bytes than were announced');
    // A sender that does not wait for the sink would fill our memory.
    if (this.arrived - this.acknowledged > kWindowBytes + kPieceBytes) {
      return this.fail('protocol', 'more than 4 MiB without an acknowledgement');
    }
    this.queue = this.queue.then(async () => {
      if (this.isOver) return;
      try {
        await this.sink.write(piece, offset);
      } catch (error) {
        return this.refuse(error);
      }
      if (this.isOver) return;
      this.moved(offset + piece.length);
      if (this.bytes - this.acknowledged >= kAckBytes || this.bytes === this.size) {
        this.acknowledged = this.bytes;
        this.tell({ type: 'ack', received: this.bytes });
      }
      if (this.bytes === this.size) await this.finish();
    });
  }

  private async finish(): Promise<void> {
    if (this.isOver) return;
    try {
      const result = await this.sink.close();
      this.tell({ type: 'done' });
      this.succeed(result);
    } catch (error) {
      this.refuse(error);
    }
  }

  private refuse(error: unknown): void {
    this.tell({ type: 'failed', reason: reasonOf(error) });
    this.fail('sink', reasonOf(error));
  }
}

// Waits for the header on a channel that a member opened, then hands over the offer.
export function receiveFile(
  channel: ChannelLike,
  member: Member,
  onoffer: (offer: FileOffer) => void,
): void {
  channel.binaryType = 'arraybuffer';
  let receiver: FileReceiver<any> | null = null;
  let header: FileHeader | null = null;
  channel.addEventListener('message', ({ data }) => {
    if (receiver) return receiver.receive(data);
    const message = typeof data === 'string' ? parseMessage(data) : null;
    if (header || !isHeader(message)) return channel.close();
    header = message;
    onoffer(offerOf(message));
  });

  function offerOf({ name, size, mime }: FileHeader): FileOffer {
    return {
      name,
      size,
      type: mime,
      member,
      accept: ((sink?: FileSink): FileTransfer<any> => {
        if (receiver) return receiver;
        receiver = new FileReceiver<any>(channel, member, header as FileHeader, sinkOf(sink, mime));
        receiver.start();
        return receiver;
      }) as FileOffer['accept'],
      reject(): void {
        if (channel.readyState === 'open') channel.send('{"type":"reject"}');
      },
    };
  }
}

function isHeader(message: any): message is FileHeader {
  return (
    message &&
    message.type === 'file' &&
    typeof message.name === 'string' &&
    Number.isSafeInteger(message.size) &&
    message.size >= 0
  );
}

function sinkOf(sink: FileSink | undefined, mime: string): Sink<Blob | void> {
  if (!sink) return blobSink(mime);
  return typeof sink === 'function' ? functionSink(sink) : streamSink(sink);
}
