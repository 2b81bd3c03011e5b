import type { Coding } from './field.js';
import { ProtocolError } from './protocol-error.js';
import type { Reader } from './reader.js';
import type { Writer } from './writer.js';

const maxStringBytes = 0x7fff;

/** Length of a string, negative for null: compact (length + 1) or int16. */
export function readStringLength(reader: Reader, { flexible }: Coding): number {
  return flexible ? reader.uvarint() - 1 : reader.int16();
}

/** Writes what {@link readStringLength} reads. */
export function writeStringLength(writer: Writer, length: number, { flexible }: Coding): void {
  if (length > maxStringBytes) {
    throw new ProtocolError(`a string of ${length} bytes is longer than the protocol allows (${maxStringBytes})`);
  }
  if (flexible) writer.uvarint(length + 1);
  else writer.int16(length);
}

/** Length of bytes or of an array, negative for null: compact (length + 1) or int32. */
export function readLength(reader: Reader, { flexible }: Coding): number {
  return flexible ? reader.uvarint() - 1 : reader.int32();
}

/** Writes what {@link readLength} reads. */
export function writeLength(writer: Writer, length: number, { flexible }: Coding): void {
  if (flexible) writer.uvarint(length + 1);
  else writer.int32(length);
}

/** Refuses null where it is not a value: always, or before version `nullableSince`. */
export function refuseNull(what: string, { version }: Coding, nullableSince: number | undefined): void {
  if (nullableSince === undefined) throw new ProtocolError(`${what} must not be null`);
  if (version < nullableSince) throw new ProtocolError(`version ${version} cannot carry a null ${what} (needs ${nullableSince})`);
}
