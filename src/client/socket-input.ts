import type { Socket } from 'node:net';

/** Where the bytes of a socket go: the socket writes them straight into the reader's memory. */
export interface InputReader {
  /** Memory for what comes next, at least one byte; used for one read. */
  space(): Uint8Array;
  /** `count` bytes have come, at the beginning of `space`, which is what {@link space} gave last, or somebody else's before. */
  received(space: Uint8Array, count: number): void;
}

// Enough for the answers to small requests; what a large answer is read into comes from its reader.
const firstBytes = 4096;

/**
 * What a socket receives, for its `onread` option: no stream stands in between, whose chunks would have to be allocated and copied.
 * Until a reader takes over, bytes become `data` events for whoever listens to those, and are kept when nobody does.
 */
export class SocketInput {
  private readonly first = Buffer.allocUnsafeSlow(firstBytes);
  private socket: Socket | undefined;
  private reader: InputReader | undefined;
  private readonly early: Buffer[] = [];

  /** The option that a socket is created with. */
  readonly onread = {
    buffer: (): Uint8Array => this.reader?.space() ?? this.first,
    callback: (count: number, space: Uint8Array): boolean => {
      if (this.reader !== undefined) this.reader.received(space, count);
      else this.handOut(Buffer.from(space.subarray(0, count)));
      return true;
    },
  };

  /** The socket that was created so. */
  belongsTo(socket: Socket): void {
    this.socket = socket;
  }

  /** Everything goes to the reader from now on, what nobody has taken so far before all. */
  attach(reader: InputReader): void {
    this.reader = reader;
    for (const bytes of this.early.splice(0)) queueMicrotask(() => reader.received(bytes, bytes.length));
  }

  private handOut(bytes: Buffer): void {
    if (this.socket?.emit('data', bytes) !== true) this.early.push(bytes);
  }
}
