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
export type RecordFormatter = (output: ByteBuffer, record: RecordView) => void;

/**
 * A formatter for JSON lines: one object a record with `topic`, `partition`, `offset`, `timestamp`, `timestampType`, `key`,
 * `value` and `headers`. Bytes that are no UTF-8 text stand in `keyBase64` and `valueBase64` instead; `parseJsonLine` reads
 * every record back byte for byte.
 */
export function createJsonLineFormatter(): RecordFormatter {
  let prefixTopic: string | undefined;
  let prefixPartition = -1;
  let prefix: Uint8Array = new Uint8Array(0);
  return (output, record) => {
    if (record.topic !== prefixTopic || record.partition !== prefixPartition) {
      prefixTopic = record.topic;
      prefixPartition = record.partition;
      prefix = encodePrefix(prefixTopic, prefixPartition);
    }
    output.all(prefix);
    output.decimal(record.offset);
    output.ascii(',"timestamp":');
    if (record.timestampType === 'none') output.ascii('null');
    else output.decimal(record.timestamp);
    output.ascii(timestampMember[record.timestampType]);
    writeBytesMember(output, 'key', record.source, record.keyStart, record.keyEnd);
    output.byte(comma);
    writeBytesMember(output, 'value', record.source, record.valueStart, record.valueEnd);
    if (record.headerCount === 0) return output.ascii(',"headers":[]}\n');
    output.ascii(',"headers":[');
    writeHeaders(output, record);
    output.ascii(']}\n');
  };
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
