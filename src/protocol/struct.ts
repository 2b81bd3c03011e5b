import { field, isPresent } from './field.js';
import type { AnyField, Coding, Field, FieldOptions, Fields, IsOptional, NullableOptions, Shape, Type } from './field.js';
import { refuseNull } from './lengths.js';
import { ProtocolError } from './protocol-error.js';
import { Reader } from './reader.js';
import { Writer } from './writer.js';

type OptionalKeys<F extends Fields> = { [K in keyof F]: F[K] extends Field<infer _T, infer _I, true> ? K : never }[keyof F];
type OutputOf<F> = F extends Field<infer T, infer _I, infer _O> ? T : never;
type InputOf<F> = F extends Field<infer _T, infer I, infer _O> ? I : never;

/** What decoding a struct gives: every field, absent ones with their default. */
export type Decoded<F extends Fields> = { readonly [K in keyof F]: OutputOf<F[K]> };

/** What encoding a struct takes: fields with a default may be left out. */
export type Encodable<F extends Fields> = { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: InputOf<F[K]> } & {
  readonly [K in OptionalKeys<F>]?: InputOf<F[K]> | undefined;
};

interface TaggedField {
  readonly name: string;
  readonly declared: AnyField;
  readonly tag: number;
}

class StructType<F extends Fields> implements Type<Decoded<F>, Encodable<F>> {
  private readonly plain: readonly (readonly [string, AnyField])[];
  private readonly tagged: readonly TaggedField[];
  readonly zero: Decoded<F>;
  readonly shape: Shape;

  constructor(fields: F) {
    const entries = Object.entries(fields);
    this.plain = entries.filter(([, declared]) => declared.tag === undefined);
    this.tagged = entries
      .flatMap(([name, declared]) => (declared.tag === undefined ? [] : [{ name, declared, tag: declared.tag }]))
      .sort((left, right) => left.tag - right.tag);
    this.shape = { kind: 'struct', fields, nullableSince: undefined };
    // Object.entries forgets the keys that Decoded is made of.
    this.zero = Object.fromEntries(entries.map(([name, declared]) => [name, declared.default as unknown])) as Decoded<F>;
  }

  read(reader: Reader, coding: Coding): Decoded<F> {
    const value: Record<string, unknown> = {};
    for (const [name, declared] of this.plain) {
      value[name] = isPresent(declared, coding.version) ? declared.type.read(reader, coding) : declared.default;
    }
    for (const { name, declared } of this.tagged) value[name] = declared.default;
    if (coding.flexible) this.readTagged(reader, coding, value);
    return value as Decoded<F>; // every declared field was set above
  }

  private readTagged(reader: Reader, coding: Coding, value: Record<string, unknown>): void {
    for (let count = reader.uvarint(); count > 0; count--) {
      const tag = reader.uvarint();
      const size = reader.uvarint();
      const start = reader.skip(size);
      const known = this.tagged.find((candidate) => candidate.tag === tag);
      if (known === undefined || !isPresent(known.declared, coding.version)) continue;
      const section = new Reader(reader.buffer, start, start + size);
      value[known.name] = known.declared.type.read(section, coding);
      if (section.remaining > 0) throw new ProtocolError(`${section.remaining} bytes too many in tagged field '${known.name}'`);
    }
  }

  write(writer: Writer, value: Encodable<F>, coding: Coding): void {
    const values = value as Readonly<Record<string, unknown>>; // read by declared name below
    for (const [name, declared] of this.plain) {
      const given = values[name] === undefined ? (declared.default as unknown) : values[name];
      if (isPresent(declared, coding.version)) declared.type.write(writer, given, coding);
      else refuseUnlessDefault(name, declared, given, coding);
    }
    const sections = this.taggedSections(values, coding);
    if (!coding.flexible) return;
    writer.uvarint(sections.length);
    for (const { tag, section } of sections) {
      writer.uvarint(tag);
      writer.uvarint(section.length);
      writer.bytes(section);
    }
  }

  private taggedSections(values: Readonly<Record<string, unknown>>, coding: Coding): { tag: number; section: Buffer }[] {
    const sections: { tag: number; section: Buffer }[] = [];
    for (const { name, declared, tag } of this.tagged) {
      const given = values[name] === undefined ? (declared.default as unknown) : values[name];
      if (!coding.flexible || !isPresent(declared, coding.version)) refuseUnlessDefault(name, declared, given, coding);
      else if (!isSame(given, declared.default)) {
        const section = new Writer(64);
        declared.type.write(section, given, coding);
        sections.push({ tag, section: section.finish() });
      }
    }
    return sections;
  }
}

function refuseUnlessDefault(name: string, declared: AnyField, given: unknown, { version }: Coding): void {
  if (declared.ignorable || isSame(given, declared.default)) return;
  throw new ProtocolError(`version ${version} cannot carry field '${name}'`);
}

function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (left instanceof Uint8Array && right instanceof Uint8Array) return Buffer.compare(left, right) === 0;
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  // Both are plain objects or arrays here; a missing member reads as undefined.
  return [...names].every((name) => isSame((left as Record<string, unknown>)[name], (right as Record<string, unknown>)[name]));
}

/** A struct; the message body itself is one. */
export function struct<F extends Fields, O extends FieldOptions<Decoded<F>> = object>(
  fields: F,
  options?: O,
): Field<Decoded<F>, Encodable<F>, IsOptional<O>> {
  return field(new StructType(fields), options) as Field<Decoded<F>, Encodable<F>, IsOptional<O>>; // field() knows no IsOptional
}

/** A struct that may be null: one byte before it, -1 for null and 1 otherwise (KIP-893). */
export function nullableStruct<F extends Fields, O extends NullableOptions<Decoded<F> | null> = object>(
  fields: F,
  options?: O,
): Field<Decoded<F> | null, Encodable<F> | null, IsOptional<O>> {
  const inner = new StructType(fields);
  const nullableSince = options?.nullableSince ?? 0;
  const type: Type<Decoded<F> | null, Encodable<F> | null> = {
    zero: null,
    shape: { kind: 'struct', fields, nullableSince },
    read(reader, coding) {
      if (reader.int8() >= 0) return inner.read(reader, coding);
      refuseNull('struct', coding, nullableSince);
      return null;
    },
    write(writer, value, coding) {
      if (value === null) refuseNull('struct', coding, nullableSince);
      writer.int8(value === null ? -1 : 1);
      if (value !== null) inner.write(writer, value, coding);
    },
  };
  return field(type, options) as Field<Decoded<F> | null, Encodable<F> | null, IsOptional<O>>; // field() knows no IsOptional
}
