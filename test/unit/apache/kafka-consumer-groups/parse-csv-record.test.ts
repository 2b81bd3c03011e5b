import { expect, test } from 'vitest';
import { parseCsvRecord } from '../../../../src/apache/kafka-consumer-groups/parse-csv-record.js';
import { formatCsv } from '../../../../src/apache/kafka-consumer-groups/format-csv.js';

test.each([
  ['orders,0,42', { topic: 'orders', partition: 0, offset: 42n }],
  ['"a,""b",1, 2 \r', { topic: 'a,"b', partition: 1, offset: 2n }],
  ['orders,3', { topic: 'orders', partition: 3, offset: 0n }],
  ['orders,,', { topic: 'orders', partition: 0, offset: 0n }],
  ['orders,0,9223372036854775807', { topic: 'orders', partition: 0, offset: 9223372036854775807n }],
])('reads %j', (line, expected) => {
  expect(parseCsvRecord(line, 3)).toMatchObject(expected);
});

test('with four columns the group comes first', () => {
  expect(parseCsvRecord('billing,orders,1,5', 4)).toEqual({ group: 'billing', topic: 'orders', partition: 1, offset: 5n });
});

test.each([
  ['', 'No content to map due to end-of-input'],
  ['orders,x,0', 'Cannot deserialize value of type `int` from String "x": not a valid `int` value'],
  ['orders,0,0.5', 'Cannot deserialize value of type `long` from String "0.5": not a valid `long` value'],
  ['orders,99999999999,0', 'Numeric value (99999999999) out of range of int'],
  [
    'orders,0,99999999999999999999',
    'Numeric value (99999999999999999999) out of range of long (-9223372036854775808 - 9223372036854775807)',
  ],
  ['orders,0,0,7', 'Too many entries: expected at most 3 (value #3 (1 chars) "7")'],
])('refuses %j', (line, message) => {
  expect(() => parseCsvRecord(line, 3)).toThrow(message);
});

test('what is exported can be read again', () => {
  const names = ['orders', 'a name with blanks', 'quote"and,comma', 'n'.repeat(25)];
  for (const name of names) expect(parseCsvRecord(formatCsv([name, '1', '2']).trimEnd(), 3).topic).toBe(name);
});

test('a field is quoted when it is long or holds a character before the minus sign', () => {
  expect(formatCsv(['n'.repeat(24), 'a-b', 'a b', 'n'.repeat(25)])).toBe(`${'n'.repeat(24)},a-b,"a b","${'n'.repeat(25)}"\n`);
});
