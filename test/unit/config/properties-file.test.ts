import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MalformedEscape, parsePropertiesFile, passByteOrderMark } from '../../../src/config/properties-file.js';

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
  ['a continued line may end in any way, also within an escape', 'a=1\\\r\n 2\\\r 3\\\n \\u00\\\n41\n', { a: '123A' }],
  ['a key may go on in the next line', 'a\\\r\n  b=1\n', { ab: '1' }],
  ['an empty line ends what a backslash goes on', 'a=1\\\n\nb=2\n', { a: '1', b: '2' }],
  ['a comment goes on over no line, and a line that goes on is no comment', '# x\\\na=1\\\n#2\n', { a: '1#2' }],
  ['after a line that is a backslash alone there may be a comment', '\\\n# x\na=1\n', { a: '1' }],
  ['two backslashes at the end of a line are one, and it ends there', 'a=1\\\\\nb=2\n', { a: '1\\', b: '2' }],
  ['escapes count in keys as well', '\\u0061\\tb=1\n', { 'a\tb': '1' }],
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

test.each([
  ['too few digits', 'a=1\nb=2\\u12\n', 2],
  ['a letter that is no digit', '# x\n\na=\\u12G4\n', 3],
  ['in a key', '\\u00=41\n', 1],
  ['in a value that began lines before', 'a=1\\\n2\\\n\\uX\n', 1],
])('a \\u that is no letter makes the file unreadable, as in Java: %s', (_, text, line) => {
  const read = (): unknown => parsePropertiesFile(Buffer.from(text));
  expect(read).toThrow(MalformedEscape);
  expect(read).toThrow(`line ${line} has a \\u without four hexadecimal digits after it`);
});

test('in comments, and behind a backslash that is escaped, \\u is text', () => {
  expect(parse('# \\u12\na=C:\\\\users\n')).toEqual({ a: 'C:\\users' });
});

test('no bytes make it throw anything else', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      try {
        expect(parsePropertiesFile(bytes).values).toBeInstanceOf(Map);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedEscape);
      }
    }),
  );
});
