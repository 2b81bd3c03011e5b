import { writeJavaText } from '../core/record-formats/java-utf8.js';
import type { BytesWriter } from '../core/record-formats/terminal-text.js';
import { formatDouble } from './java/double.js';
import { formatFloat } from './java/float.js';
import { JavaError } from './java/java-error.js';

/** The settings that a deserializer is given, without the prefix that names it. */
export type DeserializerConfig = ReadonlyMap<string, string>;

const kafka = 'org.apache.kafka.common.serialization.';

/** Kafka's deserializers by class name: each writes what Java's `toString` makes of the object that it reads. */
const deserializers: Readonly<Record<string, (config: DeserializerConfig, isKey: boolean) => BytesWriter>> = {
  StringDeserializer: (config, isKey) => stringWriter(config, isKey),
  ByteArrayDeserializer: () => asText(() => `[B@${Math.floor(Math.random() * 0x7fffffff).toString(16)}`),
  ByteBufferDeserializer: () => asText((bytes) => `java.nio.HeapByteBuffer[pos=0 lim=${bytes.length} cap=${bytes.length}]`),
  BytesDeserializer: () => asText(formatBytes),
  ShortDeserializer: () => sized(2, 'ShortDeserializer', (view) => String(view.getInt16(0))),
  IntegerDeserializer: () => sized(4, 'IntegerDeserializer', (view) => String(view.getInt32(0))),
  LongDeserializer: () => sized(8, 'LongDeserializer', (view) => String(view.getBigInt64(0))),
  FloatDeserializer: () => sized(4, 'Deserializer', (view) => formatFloat(view.getFloat32(0))),
  DoubleDeserializer: () => sized(8, 'Deserializer', (view) => formatDouble(view.getFloat64(0))),
  BooleanDeserializer: () => sized(1, 'BooleanDeserializer', (view) => formatBoolean(view.getUint8(0))),
  UUIDDeserializer: () => asText(formatUuid),
  VoidDeserializer: () => () => {
    throw new JavaError('java.lang.IllegalArgumentException', 'Data should be null for a VoidDeserializer.');
  },
};

/** What writes the bytes that a Java class would read; undefined for a class that is not Kafka's own. */
export function findDeserializer(className: string, config: DeserializerConfig, isKey: boolean): BytesWriter | undefined {
  if (!className.startsWith(kafka)) return undefined;
  const name = className.slice(kafka.length);
  return Object.hasOwn(deserializers, name) ? deserializers[name]?.(config, isKey) : undefined;
}

/** A failure of a deserializer. */
function serializationException(text: string): JavaError {
  return new JavaError('org.apache.kafka.common.errors.SerializationException', text);
}

function asText(format: (bytes: Uint8Array) => string): BytesWriter {
  const encoder = new TextEncoder();
  return (output, source, start, end) => output.all(encoder.encode(format(source.subarray(start, end))));
}

function sized(size: number, name: string, format: (view: DataView) => string): BytesWriter {
  return asText((bytes) => {
    if (bytes.length !== size) throw serializationException(`Size of data received by ${name} is not ${size}`);
    return format(new DataView(bytes.buffer, bytes.byteOffset, size));
  });
}

function formatBoolean(byte: number): string {
  if (byte > 1) throw serializationException(`Unexpected byte received by BooleanDeserializer: ${(byte << 24) >> 24}`);
  return String(byte === 1);
}

/** Printable ASCII as it is, everything else as `\xNN`. */
function formatBytes(bytes: Uint8Array): string {
  const hex = (byte: number): string => `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return Array.from(bytes, (byte) => (byte >= 0x20 && byte <= 0x7e && byte !== 0x5c ? String.fromCharCode(byte) : hex(byte))).join(
    '',
  );
}

/** As Java's `UUID.fromString` and `toString`: groups may be shorter, and lose what they have too much in front. */
function formatUuid(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  const groups = text.split('-');
  const lengths = [8, 4, 4, 4, 12];
  if (text.length > 36 || groups.length !== 5 || groups.some((group) => !/^[0-9a-fA-F]{1,16}$/.test(group))) {
    throw serializationException('Error parsing data into UUID');
  }
  return groups
    .map((group, index) =>
      group
        .toLowerCase()
        .padStart(lengths[index] ?? 0, '0')
        .slice(-(lengths[index] ?? 0)),
    ) // five of both
    .join('-');
}

function stringWriter(config: DeserializerConfig, isKey: boolean): BytesWriter {
  const encoding = config.get(`${isKey ? 'key' : 'value'}.deserializer.encoding`) ?? config.get('deserializer.encoding');
  if (encoding === undefined || /^utf-?8$/i.test(encoding)) return writeJavaText;
  if (/^(?:iso-?8859-1|latin1)$/i.test(encoding)) return asText((bytes) => Buffer.from(bytes).toString('latin1'));
  const decoder = decoderOf(encoding);
  return asText((bytes) => {
    if (decoder === undefined) {
      throw serializationException(`Error when deserializing byte[] to string due to unsupported encoding ${encoding}`);
    }
    return decoder.decode(bytes);
  });
}

function decoderOf(encoding: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    // Java reads UTF-16 without a mark as big endian.
    return new TextDecoder(/^utf-?16$/i.test(encoding) ? 'utf-16be' : encoding);
  } catch {
    return undefined;
  }
}
