import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePropertiesFile, passByteOrderMark } from '../../../src/config/properties-file.js';

function parse(text: string, encoding: BufferEncoding = 'latin1'): Record<string, string> {
  return Object.fromEntries(parsePropertiesFile(Buffer.from(text, encoding)).values);
}

test.each([
  ['blanks around the separator go, blanks at the end of a value stay', 'a = b  \n', { a: 'b  ' }],
  ['a colon or a blank separates too', 'a:b\nc d\n', { a: 'b', c: 'd' }],
  ['a value may hold separators', 'a=b=c:d\n', { a: 'b=c:d' }],
  ['a line that ends in a backslash goes on, without the next indentation', 'a=b \\\n   c\n', { a: 'b c' }],
  ['# and ! begin comments', '# x\n! y\n  # z\na=1\n', { a: '1' }],
  ['\\uXXXX is a letter', 'a=caf\\u00e9\n', { a: 'café' }],
  ['letters above ASCII are read as ISO-8859-1', 'a=caf\u00e9\n', { a: 'café' }],
  ['an escaped separator belongs to the key', 'a\\=b=c\n', { 'a=b': 'c' }],
  ['a key without a value is empty', 'a\nb=\n', { a: '', b: '' }],
  ['the last of two values counts', 'a=1\na=2\n', { a: '2' }],
  ['lines may end as on Windows', 'a=1\r\nb=2\r\n', { a: '1', b: '2' }],
  ['a backslash before another letter is dropped, as in Java', 'a=C:\\dir\\\\x\n', { a: 'C:dir\\x' }],
])('%s', (_, text, expected) => {
  expect(parse(text)).toEqual(expected);
});

test('UTF-8 letters are warned of, since Kafka reads them otherwise', () => {
  expect(parsePropertiesFile(Buffer.from('a=café\n', 'utf8')).warnings).toHaveLength(1);
  expect(parsePropertiesFile(Buffer.from('a=caf\u00e9\n', 'latin1')).warnings).toHaveLength(0);
  expect(parsePropertiesFile(Buffer.from('a=b\n')).warnings).toHaveLength(0);
});

test('a byte order mark is passed over with a warning; Java takes it for a part of the first key', () => {
  const marked = Buffer.from('\ufeffa=b\n');
  const { bytes, warnings } = passByteOrderMark(marked);
  expect([...parsePropertiesFile(bytes).values]).toEqual([['a', 'b']]);
  expect(warnings).toEqual(['begins with a byte order mark, with which Kafka does not find the first key']);
  expect(passByteOrderMark(Buffer.from('a=b\n')).warnings).toEqual([]);
  expect([...parsePropertiesFile(marked).values.keys()]).toEqual(['ï»¿a']);
});

test('no bytes make it throw', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(parsePropertiesFile(bytes).values).toBeInstanceOf(Map);
    }),
  );
});
