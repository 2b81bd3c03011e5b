import { Produce } from '../../protocol/messages/produce.js';
import { Writer } from '../../protocol/writer.js';
import { byTopic } from '../by-topic.js';

/** One batch of a Produce request; a request has at most one for each partition. */
export interface ProducePart {
  readonly topic: string;
  readonly partition: number;
  /** A finished record batch. */
  readonly bytes: Uint8Array;
}

export interface ProduceEnvelope {
  readonly version: number;
  readonly clientId: string;
  readonly acks: -1 | 0 | 1;
  /** How long the broker may wait for its replicas. */
  readonly timeoutMs: number;
  readonly transactionalId: string | null;
}

/**
 * A Produce request (versions 8 to 11) as the buffers to write one after the other: its declared form, but with the batches
 * where they are instead of copied into one frame.
 */
export function encodeProduce(envelope: ProduceEnvelope, correlationId: number, parts: readonly ProducePart[]): Uint8Array[] {
  const encoder = new ProduceEncoder(envelope.version >= (Produce.flexibleFrom ?? Infinity));
  encoder.header(envelope, correlationId);
  const topics = byTopic(parts);
  encoder.count(topics.size);
  for (const [topic, batches] of topics) {
    encoder.string(topic);
    encoder.count(batches.length);
    for (const { partition, bytes } of batches) {
      encoder.writer.int32(partition);
      encoder.batch(bytes);
      encoder.noTags();
    }
    encoder.noTags();
  }
  encoder.noTags();
  return encoder.finish();
}

class ProduceEncoder {
  writer = new Writer(128);
  private readonly flexible: boolean;
  private readonly buffers: Uint8Array[] = [];
  private size = 0;

  constructor(flexible: boolean) {
    this.flexible = flexible;
  }

  header({ version, clientId, transactionalId, acks, timeoutMs }: ProduceEnvelope, correlationId: number): void {
    const { writer } = this;
    writer.int32(0); // the frame's size, known at the end
    writer.int16(Produce.apiKey);
    writer.int16(version);
    writer.int32(correlationId);
    const client = Buffer.from(clientId, 'utf8');
    writer.int16(client.length);
    writer.bytes(client);
    this.noTags();
    this.string(transactionalId);
    writer.int16(acks);
    writer.int32(timeoutMs);
  }

  count(items: number): void {
    if (this.flexible) this.writer.uvarint(items + 1);
    else this.writer.int32(items);
  }

  string(value: string | null): void {
    const bytes = value === null ? undefined : Buffer.from(value, 'utf8');
    const length = bytes?.length ?? -1;
    if (this.flexible) this.writer.uvarint(length + 1);
    else this.writer.int16(length);
    if (bytes !== undefined) this.writer.bytes(bytes);
  }

  batch(bytes: Uint8Array): void {
    this.count(bytes.length); // the length of bytes is coded as that of an array
    this.take();
    this.buffers.push(bytes);
    this.size += bytes.length;
  }

  noTags(): void {
    if (this.flexible) this.writer.uvarint(0);
  }

  finish(): Uint8Array[] {
    this.take();
    const head = this.buffers[0] as Buffer; // the header is always there, and came from a Writer
    head.writeInt32BE(this.size - 4);
    return this.buffers;
  }

  private take(): void {
    const piece = this.writer.finish();
    if (piece.length === 0) return;
    this.buffers.push(piece);
    this.size += piece.length;
    this.writer = new Writer(64);
  }
}
