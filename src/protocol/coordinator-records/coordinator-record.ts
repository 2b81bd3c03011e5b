import type { Field, Fields } from '../field.js';
import { ProtocolError } from '../protocol-error.js';
import { Reader } from '../reader.js';

/** One kind of record in a coordinator's topic: the number in front of its key says which it is. */
export interface RecordKind {
  readonly type: number;
  readonly key: Field<unknown>;
  readonly value: Field<unknown>;
  readonly maxVersion: number;
  /** First version of the value with compact lengths and tagged fields (KIP-482). */
  readonly flexibleFrom: number | undefined;
}

/** Declares a kind; its fields come from Kafka's schemas of coordinator records. */
export function recordKind(
  type: number,
  key: Field<unknown, never>,
  value: Field<unknown, never>,
  { maxVersion = 0, flexibleFrom }: { maxVersion?: number; flexibleFrom?: number },
): RecordKind {
  // Records are read only, whatever writing them would take.
  return { type, key: key, value: value, maxVersion, flexibleFrom };
}

/** A record as it was written. */
export interface CoordinatorRecord {
  readonly kind: RecordKind;
  readonly key: unknown;
  /** `undefined` for a tombstone. */
  readonly value: { readonly version: number; readonly data: unknown } | undefined;
}

/**
 * Reads a record of one of these kinds; `undefined` for another one. Bytes behind the value are left alone, as Kafka does.
 *
 * @throws ProtocolError where the bytes end early or the value has a version that is not known
 */
export function readCoordinatorRecord(
  kinds: readonly RecordKind[],
  key: Buffer,
  value: Buffer | undefined,
): CoordinatorRecord | undefined {
  const type = readVersion(key, 'key');
  const kind = kinds.find((each) => each.type === type);
  if (kind === undefined) return undefined;
  const keyData = readData(kind.key, key, { version: 0, flexible: false }, 'key');
  if (value === undefined) return { kind, key: keyData, value: undefined };
  const version = readVersion(value, 'value');
  if (version < 0 || version > kind.maxVersion) {
    throw new ProtocolError(`Found an unknown record version ${version} for ${type} type.`);
  }
  const flexible = kind.flexibleFrom !== undefined && version >= kind.flexibleFrom;
  return { kind, key: keyData, value: { version, data: readData(kind.value, value, { version, flexible }, 'value') } };
}

function readVersion(bytes: Buffer, what: string): number {
  if (bytes.length < 2) throw new ProtocolError(`Could not read version from ${what}'s buffer.`);
  return bytes.readInt16BE(0);
}

function readData(
  declared: Field<unknown>,
  bytes: Buffer,
  coding: { readonly version: number; readonly flexible: boolean },
  what: string,
): unknown {
  try {
    return declared.type.read(new Reader(bytes, 2), coding);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    const text = `Could not read record with version ${coding.version} from ${what}'s buffer due to: ${error.message}.`;
    throw new ProtocolError(text);
  }
}

/** The fields of a struct. */
export function fieldsOf({ type }: Field<unknown>): Fields {
  if (type.shape.kind !== 'struct') throw new Error('a coordinator record is a struct');
  return type.shape.fields;
}
