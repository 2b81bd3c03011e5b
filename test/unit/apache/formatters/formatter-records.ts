import { ByteBuffer } from '../../../../src/core/record-formats/byte-buffer.js';
import type { RecordView } from '../../../../src/core/record-formats/record-view.js';
import type { RecordFormatter } from '../../../../src/core/record-formats/format-json-line.js';

/** What a formatter makes of a record with this key and value. */
export function formatRecord(
  format: RecordFormatter,
  key: Uint8Array | null,
  value: Uint8Array | null,
  other: Partial<RecordView> = {},
): string {
  const source = Buffer.concat([key ?? Buffer.alloc(0), value ?? Buffer.alloc(0)]);
  const keyEnd = key?.length ?? 0;
  const output = new ByteBuffer();
  format(output, {
    topic: 'orders',
    partition: 3,
    source,
    keyStart: key === null ? -1 : 0,
    keyEnd: key === null ? -1 : keyEnd,
    valueStart: value === null ? -1 : keyEnd,
    valueEnd: value === null ? -1 : source.length,
    headerCount: 0,
    headersStart: 0,
    offset: 42,
    timestamp: 1_700_000_000_000,
    timestampType: 'create',
    isTimeless: false,
    ...other,
  });
  return Buffer.from(output.view()).toString();
}
