import fc, { type Arbitrary } from 'fast-check';
import { isPresent, type AnyField, type Coding, type Fields, type Shape } from '../../../src/protocol/field.js';

/** Any value that a field can carry at a version; a field that the version lacks has its default. */
export function arbitraryValue(declared: AnyField, coding: Coding): Arbitrary<unknown> {
  const isCarried = isPresent(declared, coding.version) && (declared.tag === undefined || coding.flexible);
  if (!isCarried) return fc.constant(declared.default as unknown);
  const value = arbitraryOf(declared.type.shape, coding);
  // A tagged field with its default is not written at all, so both cases must be frequent.
  return declared.tag === undefined ? value : fc.oneof(value, fc.constant(declared.default as unknown));
}

function arbitraryOf(shape: Shape, coding: Coding): Arbitrary<unknown> {
  if (shape.kind === 'primitive') return arbitraryPrimitive(shape.name);
  const value = arbitraryPresent(shape, coding);
  const isNullable = shape.nullableSince !== undefined && coding.version >= shape.nullableSince;
  return isNullable ? fc.option(value, { nil: null, freq: 3 }) : value;
}

function arbitraryPresent(shape: Exclude<Shape, { kind: 'primitive' }>, coding: Coding): Arbitrary<unknown> {
  switch (shape.kind) {
    case 'string':
      return fc.string({ unit: 'binary', maxLength: 12 });
    case 'bytes':
      return fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
    case 'array':
      return fc.array(arbitraryOf(shape.element, coding), { maxLength: 3 });
    case 'struct':
      return arbitraryStruct(shape.fields, coding);
  }
}

function arbitraryStruct(fields: Fields, coding: Coding): Arbitrary<unknown> {
  const values = Object.entries(fields).map(([name, declared]) => [name, arbitraryValue(declared, coding)] as const);
  return fc.record(Object.fromEntries(values), { noNullPrototype: true });
}

function arbitraryPrimitive(name: string): Arbitrary<unknown> {
  const bits = Number(/\d+$/.exec(name)?.[0]);
  switch (name) {
    case 'bool':
      return fc.boolean();
    case 'uuid':
      return fc.uint8Array({ minLength: 16, maxLength: 16 }).map((array) => Buffer.from(array).toString('base64url'));
    case 'int64':
      return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    case 'float64':
      return fc.double();
    default:
      return name.startsWith('u')
        ? fc.integer({ min: 0, max: 2 ** bits - 1 })
        : fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 });
  }
}
