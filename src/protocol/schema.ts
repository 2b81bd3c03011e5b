import { ProtocolError } from './protocol-error.js';
import { Reader } from './reader.js';
import { Writer } from './writer.js';

/** How one message is coded: its version, and whether that version uses compact lengths and tagged fields (KIP-482). */
export interface Coding {
  readonly version: number;
  readonly flexible: boolean;
}

/** Reads and writes one protocol type. `T` is what decoding gives, `I` what encoding takes. */
export interface Type<T, I = T> {
  read(reader: Reader, coding: Coding): T;
  write(writer: Writer, value: I, coding: Coding): void;
  /** The value Kafka assumes where a version does not carry the field. */
  readonly zero: T;
}

export interface FieldOptions<T> {
  /** First message version that carries the field. */
  since?: number;
  /** Last message version that carries the field. */
  until?: number;
  /** Value where the version does not carry the field, and where the caller leaves it out. */
  default?: T;
  /** May be dropped silently when the version cannot carry it; otherwise a value other than the default is an error. */
  ignorable?: boolean;
  /** Tag number, for a field that lives in the tagged section (KIP-482). */
  tag?: number;
}

/** A type together with where it appears. `Optional` is true when an encoder may leave the field out. */
export interface Field<T, I = T, Optional extends boolean = boolean> {
  readonly type: Type<T, I>;
  readonly since: number;
  readonly until: number;
  readonly default: T;
  readonly ignorable: boolean;
  readonly tag: number | undefined;
  /** Carries the type parameter only; always undefined. */
  readonly optional?: Optional;
}

// The declared types of all fields are irrelevant where only the keys matter.
type AnyField = Field<any, any, boolean>; // eslint-disable-line @typescript-eslint/no-explicit-any -- variance: a field is both read and written
export type Fields = Readonly<Record<string, AnyField>>;

type OptionalKeys<F extends Fields> = { [K in keyof F]: F[K] extends Field<infer _T, infer _I, true> ? K : never }[keyof F];

/** What decoding a struct gives: every field, absent ones with their default. */
export type Decoded<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T, infer _I, infer _O> ? T : never };

type InputOf<F> = F extends Field<infer _T, infer I, infer _O> ? I : never;

/** What encoding a struct takes: fields with a default may be left out. */
export type Encodable<F extends Fields> = { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: InputOf<F[K]> } & {
  readonly [K in OptionalKeys<F>]?: InputOf<F[K]> | undefined;
};

type Declare<T, I = T> = {
  (): Field<T, I, false>;
  <O extends FieldOptions<T>>(options: O): Field<T, I, O extends { default: unknown } ? true : false>;
};

function field<T, I>(type: Type<T, I>, options: FieldOptions<T> = {}): Field<T, I> {
  return {
    type,
    since: options.since ?? 0,
    until: options.until ?? Infinity,
    default: options.default === undefined ? type.zero : options.default,
    ignorable: options.ignorable ?? false,
    tag: options.tag,
  };
}

function declare<T, I = T>(type: Type<T, I>): Declare<T, I> {
  return ((options?: FieldOptions<T>) => field(type, options)) as Declare<T, I>;
}

function primitive<T>(zero: T, read: (reader: Reader) => T, write: (writer: Writer, value: T) => void): Type<T> {
  return { zero, read, write };
}

export const int8 = declare(
  primitive(
    0,
    (r) => r.int8(),
    (w, v) => w.int8(v),
  ),
);
export const int16 = declare(
  primitive(
    0,
    (r) => r.int16(),
    (w, v) => w.int16(v),
  ),
);
export const uint16 = declare(
  primitive(
    0,
    (r) => r.uint16(),
    (w, v) => w.uint16(v),
  ),
);
export const int32 = declare(
  primitive(
    0,
    (r) => r.int32(),
    (w, v) => w.int32(v),
  ),
);
export const uint32 = declare(
  primitive(
    0,
    (r) => r.uint32(),
    (w, v) => w.uint32(v),
  ),
);
export const int64 = declare(
  primitive(
    0n,
    (r) => r.int64(),
    (w, v) => w.int64(v),
  ),
);
export const float64 = declare(
  primitive(
    0,
    (r) => r.float64(),
    (w, v) => w.float64(v),
  ),
);
export const boolean = declare(
  primitive<boolean>(
    false,
    (r) => r.boolean(),
    (w, v) => w.boolean(v),
  ),
);

/** A Kafka uuid in its usual text form: 22 characters of URL-safe base64. The zero uuid is `AAAAAAAAAAAAAAAAAAAAAA`. */
export const zeroUuid = 'AAAAAAAAAAAAAAAAAAAAAA';

export const uuid = declare(
  primitive(
    zeroUuid,
    (r) => r.bytes(16).toString('base64url'),
    (w, v) => {
      const bytes = Buffer.from(v, 'base64url');
      if (bytes.length !== 16) throw new ProtocolError(`'${v}' is not a uuid of 16 bytes`);
      w.bytes(bytes);
    },
  ),
);

/** Length of a string: compact (length + 1, 0 is null) or int16 (-1 is null). */
function readStringLength(reader: Reader, flexible: boolean): number {
  return flexible ? reader.uvarint() - 1 : reader.int16();
}

function writeStringLength(writer: Writer, length: number, flexible: boolean): void {
  if (length > 0x7fff) throw new ProtocolError(`a string of ${length} bytes is longer than the protocol allows (32767)`);
  if (flexible) writer.uvarint(length + 1);
  else writer.int16(length);
}

function readLength(reader: Reader, flexible: boolean): number {
  return flexible ? reader.uvarint() - 1 : reader.int32();
}

function writeLength(writer: Writer, length: number, flexible: boolean): void {
  if (flexible) writer.uvarint(length + 1);
  else writer.int32(length);
}

function requireValue<T>(value: T | null, what: string): T {
  if (value === null) throw new ProtocolError(`${what} must not be null`);
  return value;
}

const nullableStringType: Type<string | null> = {
  zero: null,
  read(reader, { flexible }) {
    const length = readStringLength(reader, flexible);
    return length < 0 ? null : reader.utf8(length);
  },
  write(writer, value, { flexible }) {
    if (value === null) return writeStringLength(writer, -1, flexible);
    const bytes = Buffer.from(value, 'utf8');
    writeStringLength(writer, bytes.length, flexible);
    writer.bytes(bytes);
  },
};

const nullableBytesType: Type<Buffer | null, Uint8Array | null> = {
  zero: null,
  read(reader, { flexible }) {
    const length = readLength(reader, flexible);
    return length < 0 ? null : reader.bytes(length);
  },
  write(writer, value, { flexible }) {
    writeLength(writer, value === null ? -1 : value.length, flexible);
    if (value !== null) writer.bytes(value);
  },
};

export const string = declare<string>({
  zero: '',
  read: (reader, coding) => requireValue(nullableStringType.read(reader, coding), 'a string'),
  write: (writer, value, coding) => nullableStringType.write(writer, value, coding),
});
export const nullableString = declare<string | null>(nullableStringType);

export const bytes = declare<Buffer, Uint8Array>({
  zero: Buffer.alloc(0),
  read: (reader, coding) => requireValue(nullableBytesType.read(reader, coding), 'bytes'),
  write: (writer, value, coding) => nullableBytesType.write(writer, value, coding),
});
/** Nullable bytes; also Kafka's `records` type, whose length is coded the same way. */
export const nullableBytes = declare<Buffer | null, Uint8Array | null>(nullableBytesType);

function readElements<T, I>(reader: Reader, coding: Coding, element: Type<T, I>): T[] | null {
  const count = readLength(reader, coding.flexible);
  if (count < 0) return null;
  // Every element takes at least one byte, so a larger count is a lie and must not reserve memory.
  if (count > reader.remaining) throw new ProtocolError(`an array of ${count} elements in ${reader.remaining} bytes`);
  const elements: T[] = [];
  for (let index = 0; index < count; index++) elements.push(element.read(reader, coding));
  return elements;
}

function writeElements<T, I>(writer: Writer, values: readonly I[] | null, coding: Coding, element: Type<T, I>): void {
  writeLength(writer, values === null ? -1 : values.length, coding.flexible);
  for (const value of values ?? []) element.write(writer, value, coding);
}

type ArrayField<T, I, O> = Field<readonly T[], readonly I[], O extends { default: unknown } ? true : false>;
type NullableArrayField<T, I, O> = Field<readonly T[] | null, readonly I[] | null, O extends { default: unknown } ? true : false>;

/** An array of `element`, for example `array(string())` or `array(struct({...}))`. */
export function array<T, I, O extends FieldOptions<readonly T[]> = Record<never, never>>(
  element: Field<T, I>,
  options?: O,
): ArrayField<T, I, O> {
  const type: Type<readonly T[], readonly I[]> = {
    zero: [],
    read: (reader, coding) => requireValue(readElements(reader, coding, element.type), 'an array'),
    write: (writer, value, coding) => writeElements(writer, value, coding, element.type),
  };
  return field(type, options) as ArrayField<T, I, O>;
}

export function nullableArray<
  T,
  I,
  O extends FieldOptions<readonly T[] | null> & { nullableSince?: number } = Record<never, never>,
>(element: Field<T, I>, options?: O): NullableArrayField<T, I, O> {
  const nullableSince = options?.nullableSince ?? 0;
  const type: Type<readonly T[] | null, readonly I[] | null> = {
    zero: null,
    read: (reader, coding) => readElements(reader, coding, element.type),
    write(writer, value, coding) {
      if (value === null && coding.version < nullableSince) {
        throw new ProtocolError(`version ${coding.version} cannot carry a null array (needs ${nullableSince})`);
      }
      writeElements(writer, value, coding, element.type);
    },
  };
  return field(type, options) as NullableArrayField<T, I, O>;
}

function isDefault(value: unknown, fallback: unknown): boolean {
  if (value === fallback) return true;
  if (Array.isArray(value) && Array.isArray(fallback)) return value.length === 0 && fallback.length === 0;
  return value instanceof Uint8Array && fallback instanceof Uint8Array && value.length === 0 && fallback.length === 0;
}

function isPresent(declared: AnyField, version: number): boolean {
  return version >= declared.since && version <= declared.until;
}

class StructType<F extends Fields> implements Type<Decoded<F>, Encodable<F>> {
  private readonly plain: (readonly [string, AnyField])[];
  private readonly tagged: (readonly [string, AnyField])[];
  private readonly byTag: ReadonlyMap<number, readonly [string, AnyField]>;
  readonly zero: Decoded<F>;

  constructor(fields: F) {
    const entries = Object.entries(fields);
    this.plain = entries.filter(([, declared]) => declared.tag === undefined);
    this.tagged = entries
      .filter(([, declared]) => declared.tag !== undefined)
      .sort(([, left], [, right]) => (left.tag as number) - (right.tag as number)); // filtered to tagged just above
    this.byTag = new Map(this.tagged.map((entry) => [entry[1].tag as number, entry] as const));
    this.zero = Object.fromEntries(entries.map(([name, declared]) => [name, declared.default as unknown])) as Decoded<F>;
  }

  read(reader: Reader, coding: Coding): Decoded<F> {
    const value: Record<string, unknown> = {};
    for (const [name, declared] of this.plain) {
      value[name] = isPresent(declared, coding.version) ? declared.type.read(reader, coding) : declared.default;
    }
    for (const [name, declared] of this.tagged) value[name] = declared.default;
    if (coding.flexible) this.readTagged(reader, coding, value);
    return value as Decoded<F>;
  }

  private readTagged(reader: Reader, coding: Coding, value: Record<string, unknown>): void {
    for (let count = reader.uvarint(); count > 0; count--) {
      const tag = reader.uvarint();
      const size = reader.uvarint();
      const start = reader.skip(size);
      const known = this.byTag.get(tag);
      if (known === undefined || !isPresent(known[1], coding.version)) continue;
      value[known[0]] = known[1].type.read(new Reader(reader.buffer, start, start + size), coding);
    }
  }

  write(writer: Writer, value: Encodable<F>, coding: Coding): void {
    const values = value as Readonly<Record<string, unknown>>;
    for (const [name, declared] of this.plain) {
      const given = values[name] === undefined ? (declared.default as unknown) : values[name];
      if (isPresent(declared, coding.version)) declared.type.write(writer, given, coding);
      else refuseUnlessDefault(name, declared, given, coding);
    }
    const present: { tag: number; bytes: Buffer }[] = [];
    for (const [name, declared] of this.tagged) {
      const given = values[name] === undefined ? (declared.default as unknown) : values[name];
      if (!coding.flexible || !isPresent(declared, coding.version)) refuseUnlessDefault(name, declared, given, coding);
      else if (!isDefault(given, declared.default)) {
        const section = new Writer(64);
        declared.type.write(section, given, coding);
        present.push({ tag: declared.tag as number, bytes: section.finish() }); // only tagged fields are listed here
      }
    }
    if (!coding.flexible) return;
    writer.uvarint(present.length);
    for (const { tag, bytes: section } of present) {
      writer.uvarint(tag);
      writer.uvarint(section.length);
      writer.bytes(section);
    }
  }
}

function refuseUnlessDefault(name: string, declared: AnyField, given: unknown, { version }: Coding): void {
  if (declared.ignorable || isDefault(given, declared.default)) return;
  throw new ProtocolError(`version ${version} cannot carry field '${name}'`);
}

/** A struct; the message body itself is one. */
export function struct<F extends Fields, O extends FieldOptions<Decoded<F>> = Record<never, never>>(
  fields: F,
  options?: O,
): Field<Decoded<F>, Encodable<F>, O extends { default: unknown } ? true : false> {
  return field(new StructType(fields), options) as Field<Decoded<F>, Encodable<F>, O extends { default: unknown } ? true : false>;
}

/** A struct that may be null: one byte before it, -1 for null and 1 otherwise (KIP-893). */
export function nullableStruct<F extends Fields, O extends FieldOptions<Decoded<F> | null> = Record<never, never>>(
  fields: F,
  options?: O,
): Field<Decoded<F> | null, Encodable<F> | null, O extends { default: unknown } ? true : false> {
  const inner = new StructType(fields);
  const type: Type<Decoded<F> | null, Encodable<F> | null> = {
    zero: null,
    read: (reader, coding) => (reader.int8() < 0 ? null : inner.read(reader, coding)),
    write(writer, value, coding) {
      writer.int8(value === null ? -1 : 1);
      if (value !== null) inner.write(writer, value, coding);
    },
  };
  return field(type, options) as Field<Decoded<F> | null, Encodable<F> | null, O extends { default: unknown } ? true : false>;
}
