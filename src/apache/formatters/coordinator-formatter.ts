import type { RecordFormatter } from '../../core/record-formats/format-json-line.js';
import type { RecordView } from '../../core/record-formats/record-view.js';
import { readCoordinatorRecord, type RecordKind } from '../../protocol/coordinator-records/coordinator-record.js';
import { ProtocolError } from '../../protocol/protocol-error.js';
import { JavaError } from '../java/java-error.js';
import { coordinatorJson } from './coordinator-json.js';

/**
 * A formatter for records of coordinators: one JSON object each, with nothing between two of them, for the kinds given; nothing
 * for others.
 */
export function coordinatorFormatter(kinds: readonly RecordKind[]): RecordFormatter {
  const encoder = new TextEncoder();
  return (output, record) => {
    const json = record.keyStart < 0 ? undefined : format(kinds, record);
    if (json !== undefined) output.all(encoder.encode(json));
  };
}

function format(kinds: readonly RecordKind[], record: RecordView): string | undefined {
  try {
    const found = readCoordinatorRecord(
      kinds,
      bytesOf(record.source, record.keyStart, record.keyEnd),
      record.valueStart < 0 ? undefined : bytesOf(record.source, record.valueStart, record.valueEnd),
    );
    if (found === undefined) return undefined;
    const { kind, key, value } = found;
    const keyJson = `{"type":${kind.type},"data":${coordinatorJson(key, kind.key.type.shape, 0)}}`;
    if (value === undefined) return `{"key":${keyJson},"value":null}`;
    const data = coordinatorJson(value.data, kind.value.type.shape, value.version);
    return `{"key":${keyJson},"value":{"version":${value.version},"data":${data}}}`;
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    throw new JavaError(
      'java.lang.RuntimeException',
      `Could not read record at offset ${record.offset} due to: ${error.message}`,
      new JavaError('java.lang.RuntimeException', error.message),
    );
  }
}

function bytesOf(source: Uint8Array, start: number, end: number): Buffer {
  return Buffer.from(source.buffer, source.byteOffset + start, end - start);
}
