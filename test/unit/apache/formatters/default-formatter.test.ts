import { expect, test } from 'vitest';
import { defaultFormatter } from '../../../../src/apache/formatters/default-formatter.js';
import { formatRecord } from './formatter-records.js';

const kafka = 'org.apache.kafka.common.serialization.';

function print(config: Record<string, string>, key: Uint8Array | null, value: Uint8Array | null): string {
  return formatRecord(
    defaultFormatter(new Map(Object.entries(config)), () => undefined),
    key,
    value,
  );
}

test('the columns stand in the order of Kafka, whatever the order of the settings', () => {
  const all = Object.fromEntries(
    ['value', 'key', 'headers', 'epoch', 'delivery', 'offset', 'partition', 'timestamp'].map((name) => [`print.${name}`, ' TRUE ']),
  );
  expect(print({ ...all, 'key.separator': '|' }, Buffer.from('k'), Buffer.from('v'))).toBe(
    'CreateTime:1700000000000|Partition:3|Offset:42|Delivery:NOT_PRESENT|Epoch:NOT_PRESENT|NO_HEADERS|k|v\n',
  );
});

test('a time of before 1970, and one that was not set, are told apart from a record of the format without times', () => {
  const format = defaultFormatter(new Map([['print.timestamp', 'true']]), () => undefined);
  const value = Buffer.from('v');
  expect(formatRecord(format, null, value, { timestamp: -5 })).toBe('CreateTime:-5\tv\n');
  expect(formatRecord(format, null, value, { timestamp: -1, timestampType: 'none' })).toBe('CreateTime:-1\tv\n');
  expect(formatRecord(format, null, value, { timestamp: -1, timestampType: 'none', isTimeless: true })).toBe('NO_TIMESTAMP\tv\n');
});

test('null prints the literal, also through a deserializer', () => {
  expect(print({ 'print.key': 'true', 'null.literal': 'nil' }, null, null)).toBe('nil\tnil\n');
  expect(print({ 'value.deserializer': `${kafka}IntegerDeserializer` }, null, null)).toBe('1853189228\n');
});

test('with every column off nothing is printed, not even a line end', () => {
  expect(print({ 'print.value': 'false' }, null, Buffer.from('v'))).toBe('');
});

test('a class that cannot be had is told of and the bytes are printed', () => {
  const missing: string[] = [];
  const format = defaultFormatter(new Map([['value.deserializer', 'com.example.Mine']]), (name) => missing.push(name));
  expect([formatRecord(format, null, Buffer.from('v')), missing]).toEqual(['v\n', ['com.example.Mine']]);
});

test.each([
  ['ShortDeserializer', 'ff85', '-123'],
  ['LongDeserializer', '7fffffffffffffff', '9223372036854775807'],
  ['DoubleDeserializer', '0000000000000001', '4.9E-324'],
  ['DoubleDeserializer', '4014000000000000', '5.0'],
  ['FloatDeserializer', '01020304', '2.3879393E-38'],
  ['FloatDeserializer', '4b800000', '1.6777216E7'],
  ['FloatDeserializer', '00000001', '1.4E-45'],
  ['FloatDeserializer', '3dcccccd', '0.1'],
  ['BooleanDeserializer', '01', 'true'],
  ['BytesDeserializer', '6162635c0ac3a9', 'abc\\x5C\\x0A\\xC3\\xA9'],
  ['ByteBufferDeserializer', '0102', 'java.nio.HeapByteBuffer[pos=0 lim=2 cap=2]'],
  ['UUIDDeserializer', '312d322d332d342d35', '00000001-0002-0003-0004-000000000005'],
  ['UUIDDeserializer', '3132333435363738392d312d312d312d31', '23456789-0001-0001-0001-000000000001'],
  ['StringDeserializer', 'c328', '\ufffd('],
])('%s prints %s as Java does', (name, hex, text) => {
  expect(print({ 'value.deserializer': kafka + name }, null, Buffer.from(hex, 'hex'))).toBe(`${text}\n`);
});

test.each([
  ['LongDeserializer', 'Size of data received by LongDeserializer is not 8'],
  ['DoubleDeserializer', 'Size of data received by Deserializer is not 8'],
  ['UUIDDeserializer', 'Error parsing data into UUID'],
  ['VoidDeserializer', 'Data should be null for a VoidDeserializer.'],
])('%s refuses what it cannot read', (name, text) => {
  expect(() => print({ 'value.deserializer': kafka + name }, null, Buffer.from('abc'))).toThrow(text);
});

test('settings behind the prefix of a deserializer are its own', () => {
  const config = { 'value.deserializer': `${kafka}StringDeserializer`, 'value.deserializer.deserializer.encoding': 'ISO-8859-1' };
  expect(print(config, null, Uint8Array.of(0xe9))).toBe('é\n');
});
