import { describe, expect, test } from 'vitest';
import { array, nullableArray } from '../../../src/protocol/array.js';
import type { Coding, Type } from '../../../src/protocol/field.js';
import { bytes, int16, int32, int64, nullableString, string, uuid } from '../../../src/protocol/primitives.js';
import { ProtocolError } from '../../../src/protocol/protocol-error.js';
import { Reader } from '../../../src/protocol/reader.js';
import { nullableStruct, struct } from '../../../src/protocol/struct.js';
import { Writer } from '../../../src/protocol/writer.js';

const classic = (version = 0): Coding => ({ version, flexible: false });
const flexible = (version = 0): Coding => ({ version, flexible: true });

function encode<I>({ type }: { type: Type<unknown, I> }, value: I, coding: Coding): string {
  const writer = new Writer(1);
  type.write(writer, value, coding);
  return writer.finish().toString('hex');
}

function decode<T>({ type }: { type: Type<T, never> }, hex: string, coding: Coding): T {
  return type.read(new Reader(Buffer.from(hex, 'hex')), coding);
}

describe('lengths', () => {
  test.each([
    ['a string has an int16 before it', string(), 'ab', classic(), '00026162'],
    ['a compact string has its length plus one before it', string(), 'ab', flexible(), '036162'],
    ['a null string is -1', nullableString(), null, classic(), 'ffff'],
    ['a compact null string is 0', nullableString(), null, flexible(), '00'],
    ['bytes have an int32 before them', bytes(), Buffer.from([9]), classic(), '0000000109'],
    ['an array has an int32 before it', array(int16()), [1], classic(), '000000010001'],
    ['a compact array has its length plus one before it', array(int16()), [1], flexible(), '020001'],
    ['a compact null array is 0', nullableArray(int16()), null, flexible(), '00'],
    ['a nullable struct has one byte before it', nullableStruct({ a: int16() }), { a: 5 }, classic(), '010005'],
    ['a null struct is that byte alone', nullableStruct({ a: int16() }), null, classic(), 'ff'],
    ['an int64 has eight bytes', int64(), -2n, classic(), 'fffffffffffffffe'],
  ])('%s', (_title, declared, value, coding, hex) => {
    expect(encode(declared as { type: Type<unknown, unknown> }, value, coding)).toBe(hex);
    expect(decode(declared as { type: Type<unknown, never> }, hex, coding)).toEqual(value);
  });
});

describe('versions', () => {
  const body = struct({
    name: string(),
    age: int16({ since: 1, default: -1 }),
    note: nullableString({ since: 2, default: null, ignorable: true }),
    old: int16({ until: 0, default: 0 }),
  });

  test('a field is written only by the versions that carry it', () => {
    expect(encode(body, { name: 'a', old: 7 }, classic(0))).toBe('0001610007');
    expect(encode(body, { name: 'a', age: 3, note: 'b' }, classic(2))).toBe('0001610003000162');
  });

  test('a field that the version lacks is decoded as its default', () => {
    expect(decode(body, '0001610007', classic(0))).toEqual({ name: 'a', age: -1, note: null, old: 7 });
  });

  test('a value that the version cannot carry is refused by name', () => {
    expect(() => encode(body, { name: 'a', age: 3 }, classic(0))).toThrow("version 0 cannot carry field 'age'");
  });

  test('an ignorable value that the version cannot carry is dropped', () => {
    expect(encode(body, { name: 'a', note: 'b' }, classic(1))).toBe('000161ffff');
  });

  test('null is refused by versions in which it is no value, in both directions', () => {
    const declared = nullableString({ nullableSince: 2 });
    expect(() => encode(declared, null, classic(1))).toThrow('version 1 cannot carry a null string (needs 2)');
    expect(() => decode(declared, 'ffff', classic(1))).toThrow(ProtocolError);
    expect(decode(declared, 'ffff', classic(2))).toBeNull();
  });

  test('null where it never is a value is refused', () => {
    expect(() => decode(string(), 'ffff', classic())).toThrow('string must not be null');
    expect(() => decode(array(int16()), '00', flexible())).toThrow('array must not be null');
  });
});

describe('tagged fields', () => {
  const body = struct({
    plain: int16(),
    late: int32({ tag: 5 }),
    leader: struct({ id: int32({ default: -1 }), epoch: int32({ default: -1 }) }, { tag: 1 }),
    names: array(string(), { tag: 2, since: 1 }),
  });

  test('are written in the order of their tags, after the plain fields', () => {
    expect(encode(body, { plain: 1, late: 2, names: ['a'] }, flexible(1))).toBe('0001' + '02' + '0203020261' + '050400000002');
  });

  test('with their default are not written, structs included', () => {
    expect(encode(body, { plain: 1, leader: { id: -1, epoch: -1 }, late: 0, names: [] }, flexible(1))).toBe('000100');
  });

  test('that are absent are decoded as their default', () => {
    expect(decode(body, '000100', flexible(1))).toEqual({ plain: 1, late: 0, leader: { id: -1, epoch: -1 }, names: [] });
  });

  test('that are not known are skipped', () => {
    expect(decode(body, '0001' + '02' + '0902ffff' + '050400000002', flexible(1))).toMatchObject({ plain: 1, late: 2 });
  });

  test('of a later version are skipped', () => {
    expect(decode(body, '0001' + '01' + '0203020261', flexible(0))).toMatchObject({ plain: 1, names: [] });
  });

  test('with a value are refused by classic versions', () => {
    expect(() => encode(body, { plain: 1, late: 2 }, classic(1))).toThrow("version 1 cannot carry field 'late'");
  });

  test('with bytes left over in their section are an error', () => {
    expect(() => decode(body, '0001' + '01' + '05050000000200', flexible(1))).toThrow("1 bytes too many in tagged field 'late'");
  });

  test('cannot read beyond their section', () => {
    expect(() => decode(body, '0001' + '01' + '050200000002', flexible(1))).toThrow(ProtocolError);
  });
});

describe('hostile bytes', () => {
  const empty = array(struct({ since3: int16({ since: 3 }) }));
  const nested = array(struct({ inner: array(struct({ later: int16({ since: 3 }) })) }));

  test('an array longer than the bytes that are left is refused before anything is reserved', () => {
    expect(() => decode(array(int16()), '7fffffff', classic())).toThrow('an array of 2147483647 elements in 0 bytes');
    expect(() => decode(array(int16()), 'ffffffff0f', flexible())).toThrow('an array of 4294967294 elements in 0 bytes');
  });

  test('elements that take no bytes are refused, so that a short frame cannot claim a long array', () => {
    expect(() => decode(empty, '00000004' + '00'.repeat(4), classic())).toThrow('an array of 4 elements without bytes at offset 4');
    expect(() => decode(nested, '00000001' + '000003e8' + '00'.repeat(1000), classic())).toThrow('without bytes');
  });

  test.each([
    ['a varint that never ends', 'ffffffffffff'],
    ['a varint beyond 32 bits', 'ffffffff7f'],
  ])('%s is refused', (_title, hex) => {
    expect(() => decode(string(), hex, flexible())).toThrow('varint longer than 32 bits');
  });

  test('a length beyond the end is refused', () => {
    expect(() => decode(string(), '7fff61', classic())).toThrow('needed 32767 bytes at offset 2, found 1');
    expect(() => decode(bytes(), '7fffffff61', classic())).toThrow(ProtocolError);
  });
});

describe('values no version can carry', () => {
  test('a string of more than 32767 bytes is refused', () => {
    expect(() => encode(string(), 'é'.repeat(16384), flexible())).toThrow(
      'a string of 32768 bytes is longer than the protocol allows',
    );
  });

  test.each(['', 'short', 'AAAAAAAAAAAAAAAAAAAAAB', 'AAAAAAAAAAAAAAAAAAAA+A'])('%j is no uuid', (text) => {
    expect(() => encode(uuid(), text, classic())).toThrow('is not a uuid of 16 bytes');
  });
});
