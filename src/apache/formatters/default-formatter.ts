import type { ByteBuffer } from '../../core/record-formats/byte-buffer.js';
import type { RecordFormatter } from '../../core/record-formats/format-json-line.js';
import { writeHeaderPairs } from '../../core/record-formats/format-string.js';
import type { RecordView } from '../../core/record-formats/record-view.js';
import { writeRaw, type BytesWriter } from '../../core/record-formats/terminal-text.js';
import { findDeserializer } from '../deserializers.js';

export type FormatterConfig = ReadonlyMap<string, string>;

/** Tells of a deserializer that cannot be made, by its class. */
export type OnMissing = (className: string) => void;

interface Column {
  (output: ByteBuffer, record: RecordView): void;
  /** Writes values as they are. */
  readonly isRawValue?: boolean;
}

/** Kafka's default formatter: the columns that are switched on, in Kafka's order, with a separator between and a line end behind them. */
export function defaultFormatter(config: FormatterConfig, onMissing: OnMissing): RecordFormatter {
  const text = (key: string, byDefault: string): Uint8Array => new TextEncoder().encode(config.get(key) ?? byDefault);
  const separator = text('key.separator', '\t');
  const lineEnd = text('line.separator', '\n');
  const columns = createColumns(
    config,
    { nullText: text('null.literal', 'null'), headers: text('headers.separator', ',') },
    onMissing,
  );
  const [first, ...others] = columns;
  if (first === undefined) return () => undefined;
  if (others.length === 0) {
    const format = (output: ByteBuffer, record: RecordView): void => {
      first(output, record);
      output.all(lineEnd);
    };
    return first.isRawValue === true ? Object.assign(format, { valueEnding: lineEnd }) : format;
  }
  return (output, record) => {
    first(output, record);
    for (const column of others) {
      output.all(separator);
      column(output, record);
    }
    output.all(lineEnd);
  };
}

interface Texts {
  readonly nullText: Uint8Array;
  readonly headers: Uint8Array;
}

function createColumns(config: FormatterConfig, texts: Texts, onMissing: OnMissing): Column[] {
  const isOn = (name: string, byDefault = false): boolean => {
    const value = config.get(`print.${name}`);
    return value === undefined ? byDefault : value.trim().toLowerCase() === 'true';
  };
  const { nullText } = texts;
  // All three are made, as Java does, even where the column is off: those that cannot be are told of.
  const [writeKey, writeValue, writeHeader] = (['key', 'value', 'headers'] as const).map((name) =>
    deserializer(config, name, onMissing),
  );
  const columns: [boolean, Column][] = [
    [isOn('timestamp'), writeTimestamp],
    [isOn('partition'), labelled('Partition:', (record) => record.partition)],
    [isOn('offset'), labelled('Offset:', (record) => record.offset)],
    // The console consumer hands neither on.
    [isOn('delivery'), (output) => output.ascii('Delivery:NOT_PRESENT')],
    [isOn('epoch'), (output) => output.ascii('Epoch:NOT_PRESENT')],
    [isOn('headers'), headersColumn(texts, writeHeader ?? writeRaw)],
    [isOn('key'), bytesColumn('key', nullText, writeKey ?? writeRaw)],
    [isOn('value', true), bytesColumn('value', nullText, writeValue ?? writeRaw)],
  ];
  return columns.filter(([on]) => on).map(([, column]) => column);
}

function labelled(label: string, of: (record: RecordView) => number | bigint): Column {
  return (output, record) => {
    output.ascii(label);
    output.decimal(of(record));
  };
}

const writeTimestamp: Column = (output, record) => {
  if (record.isTimeless) return output.ascii('NO_TIMESTAMP');
  output.ascii(record.timestampType === 'append' ? 'LogAppendTime:' : 'CreateTime:');
  output.decimal(record.timestamp);
};

/** Null is read by the deserializer as the bytes that stand for it. */
function bytesColumn(part: 'key' | 'value', nullText: Uint8Array, write: BytesWriter): Column {
  if (part === 'key') {
    return (output, { source, keyStart, keyEnd }) => {
      if (keyStart < 0) write(output, nullText, 0, nullText.length);
      else write(output, source, keyStart, keyEnd);
    };
  }
  const column: Column = (output, { source, valueStart, valueEnd }) => {
    if (valueStart < 0) write(output, nullText, 0, nullText.length);
    else write(output, source, valueStart, valueEnd);
  };
  return Object.assign(column, { isRawValue: write === writeRaw });
}

function headersColumn({ nullText, headers }: Texts, write: BytesWriter): Column {
  const texts = { separator: headers, keySeparator: Uint8Array.of(0x3a), nullText, writeValue: write };
  return (output, record) => {
    if (record.headerCount === 0) output.ascii('NO_HEADERS');
    else writeHeaderPairs(output, record, writeRaw, texts);
  };
}

function deserializer(config: FormatterConfig, part: 'key' | 'value' | 'headers', onMissing: OnMissing): BytesWriter | undefined {
  const name = `${part}.deserializer`;
  const className = config.get(name);
  if (className === undefined) return undefined;
  const prefix = `${name}.`;
  const own = [...config]
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, value]) => [key.slice(prefix.length), value] as const);
  const found = findDeserializer(className, new Map(own), part === 'key');
  if (found === undefined) onMissing(className);
  return found;
}
