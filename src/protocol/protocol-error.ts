/** Bytes that are not what the Kafka protocol says they should be, or a value a protocol version cannot carry. */
export class ProtocolError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ProtocolError';
  }
}
