import type { RecordHeader } from '../../../../src/core/record-formats/record-range.js';
import type { RecordView } from '../../../../src/core/record-formats/record-view.js';

export interface SimpleRecord {
  topic?: string;
  partition?: number;
  offset?: number | bigint;
  timestamp?: number | bigint;
  timestampType?: RecordView['timestampType'];
  key?: Uint8Array | string | null;
  value?: Uint8Array | string | null;
  headers?: readonly { key: string | Uint8Array; value: RecordHeader['value'] }[];
}

/** A record view over a buffer built for it, with bytes around every part, so that a formatter reading past a range is seen. */
export function recordView(record: SimpleRecord = {}): RecordView {
  const bytes: number[] = [0xee];
  const put = (part: Uint8Array | string | null | undefined): [number, number] => {
    if (part === null || part === undefined) return [-1, -1];
    const start = bytes.length;
    bytes.push(...Buffer.from(part));
    bytes.push(0xee);
    return [start, bytes.length - 1];
  };
  const [keyStart, keyEnd] = put(record.key);
  const [valueStart, valueEnd] = put(record.value);
  const headersStart = bytes.length;
  const varint = (value: number): void => {
    let rest = ((value << 1) ^ (value >> 31)) >>> 0;
    for (; rest >= 0x80; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
    bytes.push(rest);
  };
  for (const { key, value } of record.headers ?? []) {
    const keyBytes = Buffer.from(key);
    varint(keyBytes.length);
    bytes.push(...keyBytes);
    varint(value === null ? -1 : value.length);
    bytes.push(...(value ?? []));
  }
  return {
    topic: record.topic ?? 'orders',
    partition: record.partition ?? 0,
    source: Uint8Array.from(bytes),
    keyStart,
    keyEnd,
    valueStart,
    valueEnd,
    headersStart,
    headerCount: record.headers?.length ?? 0,
    offset: record.offset ?? 0,
    timestamp: record.timestamp ?? 1_700_000_000_000,
    timestampType: record.timestampType ?? 'create',
    isTimeless: false,
  };
}
