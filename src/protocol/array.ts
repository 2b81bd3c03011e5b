import { field } from './field.js';
import type { Coding, Field, FieldOptions, IsOptional, NullableOptions, Type } from './field.js';
import { readLength, refuseNull, writeLength } from './lengths.js';
import { ProtocolError } from './protocol-error.js';
import type { Reader } from './reader.js';

function readElements<T, I>(reader: Reader, coding: Coding, count: number, element: Type<T, I>): T[] {
  // Every element takes at least one byte, so a larger count is a lie and must not cost memory or time.
  if (count > reader.remaining) throw new ProtocolError(`an array of ${count} elements in ${reader.remaining} bytes`);
  const elements: T[] = [];
  for (let index = 0; index < count; index++) {
    const start = reader.offset;
    elements.push(element.read(reader, coding));
    if (reader.offset === start) throw new ProtocolError(`an array of ${count} elements without bytes at offset ${start}`);
  }
  return elements;
}

function arrayType<T, I>(element: Type<T, I>, nullableSince?: number): Type<readonly T[] | null, readonly I[] | null> {
  return {
    zero: null,
    shape: { kind: 'array', element: element.shape, nullableSince },
    read(reader, coding) {
      const count = readLength(reader, coding);
      if (count >= 0) return readElements(reader, coding, count, element);
      refuseNull('array', coding, nullableSince);
      return null;
    },
    write(writer, values, coding) {
      if (values === null) refuseNull('array', coding, nullableSince);
      writeLength(writer, values === null ? -1 : values.length, coding);
      for (const value of values ?? []) element.write(writer, value, coding);
    },
  };
}

type ArrayField<T, I, O> = Field<readonly T[], readonly I[], IsOptional<O>>;
type NullableArrayField<T, I, O> = Field<readonly T[] | null, readonly I[] | null, IsOptional<O>>;

/** An array of `element`, for example `array(string())` or `array(struct({...}))`. */
export function array<T, I, O extends FieldOptions<readonly T[]> = object>(element: Field<T, I>, options?: O): ArrayField<T, I, O> {
  // Without nullableSince the type neither gives nor takes null, so only its zero has to change.
  const type = { ...arrayType(element.type), zero: [] } as Type<readonly T[], readonly I[]>;
  return field(type, options) as ArrayField<T, I, O>;
}

/** An array or null; absent from a version means null. */
export function nullableArray<T, I, O extends NullableOptions<readonly T[] | null> = object>(
  element: Field<T, I>,
  options?: O,
): NullableArrayField<T, I, O> {
  return field(arrayType(element.type, options?.nullableSince ?? 0), options) as NullableArrayField<T, I, O>;
}
