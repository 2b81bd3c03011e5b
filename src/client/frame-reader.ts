/** A length no response can have; carries the four bytes that stood in its place. */
export class BadFrameLength extends Error {
  readonly head: number;

  constructor(head: number) {
    super(`a frame of ${head} bytes`);
    this.head = head;
  }
}

/** Memory for the frame of so many bytes that comes next; `undefined` for memory of its own. */
export type FramePlace = (length: number) => Buffer | undefined;

// Small frames come whole in it; of a large one, little is copied from it before the rest goes where it belongs.
const spaceBytes = 16 * 1024;

/**
 * Cuts a byte stream into Kafka's frames (int32 length, then that many bytes; at least a correlation id), each in memory of its
 * own. Whoever reads a socket into {@link space} spares the copying of what a large frame is made of.
 */
export class FrameReader {
  private readonly limit: number;
  private readonly place: FramePlace;
  private readonly head = Buffer.alloc(4);
  private headLength = 0;
  private body: Buffer | undefined;
  private bodyLength = 0;
  private shared: Buffer | undefined;

  constructor(limit: number, place: FramePlace = () => undefined) {
    this.limit = limit;
    this.place = place;
  }

  /** Where to put what comes next, to be handed to {@link received}: the rest of the frame that has begun, if there is one. */
  space(): Buffer {
    if (this.body !== undefined) return this.body.subarray(this.bodyLength);
    this.shared ??= Buffer.allocUnsafeSlow(spaceBytes);
    return this.shared;
  }

  /**
   * Takes the first `count` bytes of `space`, and hands out every frame that is complete, without its length.
   *
   * @throws BadFrameLength where the stream cannot be Kafka's; nothing after it can be read
   */
  received(space: Uint8Array, count: number, onFrame: (frame: Buffer) => void): void {
    const { body } = this;
    const isInPlace = body?.buffer === space.buffer && body.byteOffset + this.bodyLength === space.byteOffset;
    if (body === undefined || !isInPlace) return this.push(space.subarray(0, count), onFrame);
    this.bodyLength += count;
    this.endBody(body, onFrame);
  }

  /** Takes the next bytes, from any memory, which is free again afterwards; otherwise as {@link received}. */
  push(chunk: Uint8Array, onFrame: (frame: Buffer) => void): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.body !== undefined) {
        at += this.fill(this.body, chunk, at, onFrame);
        continue;
      }
      const taken = Math.min(4 - this.headLength, chunk.length - at);
      this.head.set(chunk.subarray(at, at + taken), this.headLength);
      this.headLength += taken;
      at += taken;
      if (this.headLength === 4) this.begin();
    }
  }

  private begin(): void {
    this.headLength = 0;
    const length = this.head.readInt32BE(0);
    if (length < 4 || length > this.limit) throw new BadFrameLength(this.head.readUInt32BE(0));
    // Not from the shared pool: the frame may live long, and would keep its neighbours alive.
    this.body = this.place(length) ?? Buffer.allocUnsafeSlow(length);
    this.bodyLength = 0;
  }

  private fill(body: Buffer, chunk: Uint8Array, at: number, onFrame: (frame: Buffer) => void): number {
    const taken = Math.min(body.length - this.bodyLength, chunk.length - at);
    body.set(chunk.subarray(at, at + taken), this.bodyLength);
    this.bodyLength += taken;
    this.endBody(body, onFrame);
    return taken;
  }

  private endBody(body: Buffer, onFrame: (frame: Buffer) => void): void {
    if (this.bodyLength < body.length) return;
    this.body = undefined;
    onFrame(body);
  }
}
