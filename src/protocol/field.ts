import type { Reader } from './reader.js';
import type { Writer } from './writer.js';

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
  /** What the type is in Kafka's own words, for comparing declarations with Kafka's schemas. */
  readonly shape: Shape;
}

/** A type's structure as data. */
export type Shape =
  | { readonly kind: 'primitive'; readonly name: string }
  | { readonly kind: 'array'; readonly element: Shape; readonly nullableSince: number | undefined }
  | { readonly kind: 'struct'; readonly fields: Fields; readonly nullableSince: number | undefined }
  | { readonly kind: 'string'; readonly nullableSince: number | undefined }
  | { readonly kind: 'bytes'; readonly nullableSince: number | undefined };

/** Where a field appears and what stands in for it elsewhere. */
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

/** Options of a type that may be null. */
export interface NullableOptions<T> extends FieldOptions<T> {
  /** First message version in which null is a value; every version when absent. */
  nullableSince?: number;
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

/** A field of any type; the types matter only where a struct is read or written. */
export type AnyField = Field<any, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- variance: a field is both read and written

/** The fields of a struct by name, in wire order. */
export type Fields = Readonly<Record<string, AnyField>>;

/** Whether an encoder may leave out a field declared with options `O`: one with a default, or one in the tagged section. */
export type IsOptional<O> = O extends { default: unknown } | { tag: number } ? true : false;

/** Declares a field of a type, with or without options. */
export interface Declare<T, I = T> {
  (): Field<T, I, false>;
  <O extends FieldOptions<T>>(options: O): Field<T, I, IsOptional<O>>;
}

/** Declares a field of a type that may be null. */
export interface DeclareNullable<T, I = T> {
  (): Field<T, I, false>;
  <O extends NullableOptions<T>>(options: O): Field<T, I, IsOptional<O>>;
}

/** A field of `type` with Kafka's defaults for what the options leave out. */
export function field<T, I>(type: Type<T, I>, options: FieldOptions<T> = {}): Field<T, I> {
  return {
    type,
    since: options.since ?? 0,
    until: options.until ?? Infinity,
    default: options.default === undefined ? type.zero : options.default,
    ignorable: options.ignorable ?? false,
    tag: options.tag,
  };
}

/** Whether messages of `version` carry the field. */
export function isPresent(declared: AnyField, version: number): boolean {
  return version >= declared.since && version <= declared.until;
}
