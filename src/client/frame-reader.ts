/** A length no response can have; carries the four bytes that stood in its place. */
export class BadFrameLength extends Error {
  readonly head: number;

  constructor(head: number) {
    super(`a frame of ${head} bytes`);
    this.head = head;
  }
}

/**
 * Cuts a byte stream into Kafka's frames (int32 length, then that many bytes; at least a correlation id).
 *
 * A frame that lies within one chunk is a view on it; a longer one is gathered in one buffer of its announced size.
 */
export class FrameReader {
  private readonly limit: number;
  private readonly head = Buffer.alloc(4);
  private headLength = 0;
  private body: Buffer | undefined;
  private bodyLength = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /**
   * Takes the next bytes and hands out every frame that is complete, without its length.
   *
   * @throws BadFrameLength where the stream cannot be Kafka's; nothing after it can be read
   */
  push(chunk: Buffer, onFrame: (frame: Buffer) => void): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.body !== undefined) {
        at += this.fill(this.body, chunk, at, onFrame);
        continue;
      }
      const wanted = 4 - this.headLength;
      const taken = Math.min(wanted, chunk.length - at);
      chunk.copy(this.head, this.headLength, at, at + taken);
      this.headLength += taken;
      at += taken;
      if (taken === wanted) at += this.begin(chunk, at, onFrame);
    }
  }

  private begin(chunk: Buffer, at: number, onFrame: (frame: Buffer) => void): number {
    this.headLength = 0;
    const length = this.head.readInt32BE(0);
    if (length < 4 || length > this.limit) throw new BadFrameLength(this.head.readUInt32BE(0));
    if (length <= chunk.length - at) {
      onFrame(chunk.subarray(at, at + length));
      return length;
    }
    // Not from the shared pool: the frame may live long, and would keep its neighbours alive.
    this.body = Buffer.allocUnsafeSlow(length);
    this.bodyLength = 0;
    return 0;
  }

  private fill(body: Buffer, chunk: Buffer, at: number, onFrame: (frame: Buffer) => void): number {
    const taken = Math.min(body.length - this.bodyLength, chunk.length - at);
    chunk.copy(body, this.bodyLength, at, at + taken);
    this.bodyLength += taken;
    if (this.bodyLength === body.length) {
      this.body = undefined;
      onFrame(body);
    }
    return taken;
  }
}
