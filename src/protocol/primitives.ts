import { field } from './field.js';
import type { Declare, DeclareNullable, NullableOptions, Type } from './field.js';
import { readLength, readStringLength, refuseNull, writeLength, writeStringLength } from './lengths.js';
import { ProtocolError } from './protocol-error.js';
import type { Reader } from './reader.js';
import type { Writer } from './writer.js';

function fixed<T>(name: string, zero: T, read: (reader: Reader) => T, write: (writer: Writer, value: T) => void): Declare<T> {
  const type: Type<T> = { zero, read, write, shape: { kind: 'primitive', name } };
  // The overloads of Declare differ only in what they tell the type checker.
  return ((options) => field(type, options)) as Declare<T>;
}

/** A signed integer of 8 bits. */
export const int8 = fixed<number>(
  'int8',
  0,
  (reader) => reader.int8(),
  (writer, value) => writer.int8(value),
);

/** A signed integer of 16 bits. */
export const int16 = fixed<number>(
  'int16',
  0,
  (reader) => reader.int16(),
  (writer, value) => writer.int16(value),
);

/** An unsigned integer of 16 bits. */
export const uint16 = fixed<number>(
  'uint16',
  0,
  (reader) => reader.uint16(),
  (writer, value) => writer.uint16(value),
);

/** A signed integer of 32 bits. */
export const int32 = fixed<number>(
  'int32',
  0,
  (reader) => reader.int32(),
  (writer, value) => writer.int32(value),
);

/** An unsigned integer of 32 bits. */
export const uint32 = fixed<number>(
  'uint32',
  0,
  (reader) => reader.uint32(),
  (writer, value) => writer.uint32(value),
);

/** A signed integer of 64 bits, as a bigint. */
export const int64 = fixed<bigint>(
  'int64',
  0n,
  (reader) => reader.int64(),
  (writer, value) => writer.int64(value),
);

/** A double of 64 bits. */
export const float64 = fixed<number>(
  'float64',
  0,
  (reader) => reader.float64(),
  (writer, value) => writer.float64(value),
);

/** One byte; anything but zero is true. */
export const boolean = fixed<boolean>(
  'bool',
  false,
  (reader) => reader.boolean(),
  (writer, value) => writer.boolean(value),
);

/** The uuid of 16 zero bytes, which Kafka uses for "none". */
export const zeroUuid = 'AAAAAAAAAAAAAAAAAAAAAA';

/** A uuid in Kafka's usual text form: 22 characters of URL-safe base64. */
export const uuid = fixed<string>(
  'uuid',
  zeroUuid,
  (reader) => reader.bytes(16).toString('base64url'),
  (writer, value) => {
    const raw = Buffer.from(value, 'base64url');
    if (raw.length !== 16 || raw.toString('base64url') !== value) throw new ProtocolError(`'${value}' is not a uuid of 16 bytes`);
    writer.bytes(raw);
  },
);

function stringType(nullableSince?: number): Type<string | null> {
  return {
    zero: null,
    shape: { kind: 'string', nullableSince },
    read(reader, coding) {
      const length = readStringLength(reader, coding);
      if (length >= 0) return reader.utf8(length);
      refuseNull('string', coding, nullableSince);
      return null;
    },
    write(writer, value, coding) {
      if (value === null) {
        refuseNull('string', coding, nullableSince);
        return writeStringLength(writer, -1, coding);
      }
      const raw = Buffer.from(value, 'utf8');
      writeStringLength(writer, raw.length, coding);
      writer.bytes(raw);
    },
  };
}

function bytesType(nullableSince?: number): Type<Buffer | null, Uint8Array | null> {
  return {
    zero: null,
    shape: { kind: 'bytes', nullableSince },
    read(reader, coding) {
      const length = readLength(reader, coding);
      if (length >= 0) return reader.bytes(length);
      refuseNull('bytes', coding, nullableSince);
      return null;
    },
    write(writer, value, coding) {
      if (value === null) refuseNull('bytes', coding, nullableSince);
      writeLength(writer, value === null ? -1 : value.length, coding);
      if (value !== null) writer.bytes(value);
    },
  };
}

// Without nullableSince these types neither give nor take null, so only their zero has to change.
const plainString = { ...stringType(), zero: '' } as Type<string>;
const plainBytes = { ...bytesType(), zero: Buffer.alloc(0) } as Type<Buffer, Uint8Array>;

/** UTF-8 text of at most 32767 bytes. */
export const string = ((options) => field(plainString, options)) as Declare<string>;

/** Text or null; absent from a version means null. */
export const nullableString = ((options?: NullableOptions<string | null>) =>
  field(stringType(options?.nullableSince ?? 0), options)) as DeclareNullable<string | null>;

/** Bytes; decoding gives a view on the frame. */
export const bytes = ((options) => field(plainBytes, options)) as Declare<Buffer, Uint8Array>;

/** Bytes or null; also Kafka's `records` type, whose length is coded the same way. */
export const nullableBytes = ((options?: NullableOptions<Buffer | null>) =>
  field(bytesType(options?.nullableSince ?? 0), options)) as DeclareNullable<Buffer | null, Uint8Array | null>;
