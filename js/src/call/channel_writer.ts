// Sends over a data channel no faster than it takes it, message after message.

// The part of RTCDataChannel that is used, for fakes.
export interface ChannelLike {
  readonly readyState: RTCDataChannelState;
  readonly bufferedAmount: number;
  bufferedAmountLowThreshold: number;
  binaryType: BinaryType;
  send(data: any): void;
  close(): void;
  addEventListener(name: string, handler: (event: any) => void): void;
  removeEventListener(name: string, handler: (event: any) => void): void;
}

// Enough for a fast line while the page does something else, little enough to be given up.
const kHighBytes = 1 << 20;
const kLowBytes = 256 << 10;

export class ChannelWriter {
  private queue: Promise<void> = Promise.resolve();

  // `closed` makes the error of a channel that is closed.
  constructor(
    readonly channel: ChannelLike,
    private closed: () => Error,
  ) {
    channel.bufferedAmountLowThreshold = kLowBytes;
  }

  get isOpen(): boolean {
    return this.channel.readyState === 'open';
  }

  // Resolves when there is room for the next one.
  send(data: unknown): Promise<void> {
    const result = this.queue.then(async () => {
      if (this.channel.readyState === 'connecting') await this.when('open');
      if (!this.isOpen) throw this.closed();
      this.channel.send(data);
      await this.drained();
    });
    this.queue = result.catch(() => {});
    return result;
  }

  private async drained(): Promise<void> {
    if (this.channel.bufferedAmount < kHighBytes) return;
    await this.when('bufferedamountlow');
    if (!this.isOpen) throw this.closed();
  }

  // That event, or the channel's end.
  private when(name: string): Promise<void> {
    const { channel } = this;
    return new Promise((resolve) => {
      const end = () => {
        channel.removeEventListener(name, end);
        channel.removeEventListener('close', end);
        resolve();
      };
      channel.addEventListener(name, end);
      channel.addEventListener('close', end);
    });
  }
}
