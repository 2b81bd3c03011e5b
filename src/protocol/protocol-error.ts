/** Bytes that are not what the Kafka protocol says they should be, or a value a protocol version cannot carry. */
export class ProtocolError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ProtocolError';
  }
}

/** Compressed records that are whole, as far as is known, but larger than this program was told to make room for. */
export class UnpackedTooLargeError extends ProtocolError {
  constructor(codec: string, limit: number, options?: ErrorOptions) {
    super(`records compressed with ${codec} unpack to more than ${limit} bytes`, options);
    this.name = 'UnpackedTooLargeError';
  }
}
