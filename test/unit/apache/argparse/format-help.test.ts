import { expect, test } from 'vitest';
import { ArgumentError } from '../../../../src/apache/argparse/argument-error.js';
import type { ParserSpec } from '../../../../src/apache/argparse/argument-spec.js';
import { formatArgumentError } from '../../../../src/apache/argparse/format-error.js';
import { formatHelp, formatUsage } from '../../../../src/apache/argparse/format-help.js';
import { breakLine, formatWidth, wrapText } from '../../../../src/apache/argparse/wrap-text.js';
import { producerParser } from '../../../../src/apache/kafka-verifiable-producer/parser.js';

const small: ParserSpec = {
  prog: 'tool',
  description: 'Does it.',
  arguments: [{ flags: ['--topic'], required: true, help: 'Where to.', default: 'there' }],
};

test('usage breaks between options, under the name of the tool', () => {
  expect(formatUsage(producerParser, 75).split('\n').slice(0, 3)).toEqual([
    'usage: verifiable-producer [-h] --topic TOPIC [--max-messages MAX-MESSAGES]',
    '                           [--throughput THROUGHPUT] [--acks ACKS]',
    '                           [--producer.config CONFIG-FILE]',
  ]);
});

test('help has usage, description and every option with its default', () => {
  expect(formatHelp(small, 75)).toBe(
    [
      'usage: tool [-h] --topic TOPIC',
      '',
      'Does it.',
      '',
      'optional arguments:',
      '  -h, --help             show this help message and exit',
      '  --topic TOPIC          Where to. (default: there)',
      '',
    ].join('\n'),
  );
});

test('full lines are stretched to the width, the rest of the blanks in the middle', () => {
  const text = "verifiable-producer: error: argument --acks: invalid choice: '2' (choose from {0,1,-1})\n";
  expect(wrapText(text, { width: 75 })).toBe(
    "verifiable-producer: error: argument  --acks:  invalid  choice: '2' (choose\nfrom {0,1,-1})\n",
  );
});

// As java.text.BreakIterator cuts these.
test.each([
  ['argument |--|max-|messages: |could |not |convert |\'x\' |to |Integer |(For |input |string: |"x")'],
  ['/no/such/file.|properties'],
  ['(choose |from |{0,1,|-1})'],
  ["unrecognized |arguments: |'--|bogus'"],
  ['Invalid |value |-1.5'],
])('lines may break at the bars of %s', (pieces) => {
  expect(breakLine(pieces.replaceAll('|', ''))).toEqual(pieces.split('|'));
});

test('the terminal gives the width, less a margin', () => {
  expect(formatWidth({})).toBe(75);
  expect(formatWidth({ COLUMNS: '100' })).toBe(95);
  expect(formatWidth({ COLUMNS: 'wide' })).toBe(75);
});

test('an unknown option is shown with those that it is near to', () => {
  const error = new ArgumentError("unrecognized arguments: '--topci'", { unrecognized: '--topci' });
  expect(formatArgumentError(small, error, 75)).toBe(
    "usage: tool [-h] --topic TOPIC\ntool: error: unrecognized arguments: '--topci'\n\nDid you mean:\n\t--topic\n",
  );
});

test('an unknown option that is near to none is shown alone', () => {
  const error = new ArgumentError("unrecognized arguments: '--bogus-thing'", { unrecognized: '--bogus-thing' });
  expect(formatArgumentError(small, error, 75)).not.toContain('Did you mean');
});
