import { forEachHeader } from './header-reader.js';
import { writeBytesMember, writeJsonText } from './json-string.js';
import { ByteBuffer } from './byte-buffer.js';
import type { RecordView, TimestampType } from './record-view.js';

const comma = 0x2c;

const timestampMember: Readonly<Record<TimestampType, string>> = {
  create: ',"timestampType":"CreateTime",',
  append: ',"timestampType":"LogAppendTime",',
  none: ',"timestampType":null,',
};

/** Appends one record to `output`; formatters keep nothing of the record. */
export interface RecordFormatter {
  (output: ByteBuffer, record: RecordView): void;
  /** What stands behind the value, where a record that has a value prints as just that: such records may be printed in bulk. */
  readonly valueEnding?: Uint8Array;
}

/**
 * A formatter for JSON lines: one object a record with `topic`, `partition`, `offset`, `timestamp`, `timestampType`, `key`,
 * `value` and `headers`. Bytes that are no UTF-8 text stand in `keyBase64` and `valueBase64` instead; `parseJsonLine` reads
 * every record back byte for byte.
 */
export function createJsonLineFormatter(): RecordFormatter {
  const prefix = new Prefix();
  const times = new Times();
  return (output, record) => {
    output.all(prefix.of(record));
    output.decimal(record.offset);
    output.all(times.of(record));
    writeBytesMember(output, 'key', record.source, record.keyStart, record.keyEnd);
    output.byte(comma);
    writeBytesMember(output, 'value', record.source, record.valueStart, record.valueEnd);
    if (record.headerCount === 0) return output.all(noHeaders);
    output.ascii(',"headers":[');
    writeHeaders(output, record);
    output.ascii(']}\n');
  };
}

const noHeaders = new TextEncoder().encode(',"headers":[]}\n');

/** What stands in front of the offset; the same for all records of a partition. */
class Prefix {
  private topic: string | undefined;
  private partition = -1;
  private bytes: Uint8Array = new Uint8Array(0);

  of({ topic, partition }: RecordView): Uint8Array {
    if (topic !== this.topic || partition !== this.partition) {
      this.topic = topic;
      this.partition = partition;
      this.bytes = encodePrefix(topic, partition);
    }
    return this.bytes;
  }
}

/** What stands between offset and key; records written together often have one time. */
class Times {
  private timestamp: number | bigint | undefined;
  private type: TimestampType | undefined;
  private readonly buffer = new ByteBuffer(128);

  of({ timestamp, timestampType }: RecordView): Uint8Array {
    if (timestamp === this.timestamp && timestampType === this.type) return this.bytes;
    this.timestamp = timestamp;
    this.type = timestampType;
    const { buffer } = this;
    buffer.length = 0;
    buffer.ascii(',"timestamp":');
    if (timestampType === 'none') buffer.ascii('null');
    else buffer.decimal(timestamp);
    buffer.ascii(timestampMember[timestampType]);
    return (this.bytes = buffer.view());
  }

  private bytes: Uint8Array = new Uint8Array(0);
}

function encodePrefix(topic: string, partition: number): Uint8Array {
  const buffer = new ByteBuffer();
  buffer.ascii('{"topic":');
  writeJsonText(buffer, topic);
  buffer.ascii(`,"partition":${partition},"offset":`);
  return buffer.bytes.slice(0, buffer.length);
}

function writeHeaders(output: ByteBuffer, { source, headersStart, headerCount }: RecordView): void {
  let isFirst = true;
  forEachHeader(source, headersStart, headerCount, (keyStart, keyEnd, valueStart, valueEnd) => {
    output.ascii(isFirst ? '{' : ',{');
    isFirst = false;
    writeBytesMember(output, 'key', source, keyStart, keyEnd);
    output.byte(comma);
    writeBytesMember(output, 'value', source, valueStart, valueEnd);
    output.byte(0x7d);
  });
}
