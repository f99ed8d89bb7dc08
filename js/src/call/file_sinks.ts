// Where the pieces of a file go.

export interface Sink<Result> {
  write(piece: Uint8Array, offset: number): void | Promise<void>;
  close(): Result | Promise<Result>;
  abort(): void | Promise<void>;
}

// Browsers keep large Blobs on the disk; what is not yet in one is in memory.
const kMergeBytes = 8 << 20;

export function blobSink(type: string): Sink<Blob> {
  let whole: Blob[] = [];
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const merge = () => {
    whole.push(new Blob(pieces));
    pieces = [];
    bytes = 0;
  };
  return {
    write(piece) {
      pieces.push(piece as Uint8Array<ArrayBuffer>);
      bytes += piece.length;
      if (bytes >= kMergeBytes) merge();
    },
    close() {
      merge();
      return new Blob(whole, { type });
    },
    abort() {
      whole = [];
      pieces = [];
    },
  };
}

export function functionSink(
  take: (piece: Uint8Array, offset: number) => void | Promise<void>,
): Sink<void> {
  return { write: take, close() {}, abort() {} };
}

export function streamSink(stream: WritableStream<Uint8Array>): Sink<void> {
  const writer = stream.getWriter();
  return {
    async write(piece) {
      await writer.ready;
      await writer.write(piece);
    },
    close: () => writer.close(),
    abort: () => writer.abort(),
  };
}
