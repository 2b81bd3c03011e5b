import { expect, test } from 'vitest';
import { parseOptions } from '../../../../src/apache/jopt/parse-options.js';
import { checkCommand } from '../../../../src/apache/kafka-configs/check-command.js';
import { givenNames, givenTypes } from '../../../../src/apache/kafka-configs/entities.js';
import { configsOptions } from '../../../../src/apache/kafka-configs/options.js';

const parse = (text: string): ReturnType<typeof parseOptions> =>
  parseOptions(
    configsOptions,
    text.split(' ').map((word) => (word === "''" ? '' : word)),
  );

test('names and defaults of the long form count in the order typed', () => {
  const options = parse('--entity-type users --entity-default --entity-type clients --entity-name c');
  expect(givenTypes(options)).toEqual(['users', 'clients']);
  expect(givenNames(options)).toEqual(['', 'c']);
});

test('short forms count in an order of their own, defaults last', () => {
  const options = parse('--user u --client-defaults');
  expect(givenTypes(options)).toEqual(['users', 'clients']);
  expect(givenNames(options)).toEqual(['u', '']);
  expect(givenTypes(parse('--user u --client c'))).toEqual(['clients', 'users']);
});

test.each([
  ['--describe --topic t', 'Either --bootstrap-server or --bootstrap-controller must be specified.'],
  ['--describe --topic t --entity-type topics', 'Duplicate entity type(s) specified: topics'],
  ['--bootstrap-server b --describe', 'At least one entity type must be specified'],
  ['--bootstrap-server b --describe --topic t --broker 1', "Only 'users' and 'clients' entity types may be specified together"],
  ['--bootstrap-server b --describe --topic t --entity-name t', '--entity-{type,name,default} should not be used'],
  ['--bootstrap-server b --bootstrap-controller c --describe --topic t', 'Only one of --bootstrap-server'],
  ['--bootstrap-server b --describe --broker x', 'The entity name for brokers must be a valid integer broker id, but it is: x'],
  ['--bootstrap-server b --describe --broker-logger 4294967296', 'must be a valid integer broker id'],
  [
    '--bootstrap-server b --describe --entity-type groups --entity-default',
    '--entity-default must not be specified with --describe of groups',
  ],
  [
    '--bootstrap-server b --describe --entity-type broker-loggers',
    'An entity name must be specified with --describe of broker-loggers',
  ],
  [
    '--bootstrap-server b --alter --entity-type ips --add-config a=1',
    'An entity-name or default entity must be specified with --alter',
  ],
  ["--bootstrap-server b --alter --topic '' --add-config a=1", 'An entity name must be specified with --alter of topics'],
  ['--bootstrap-server b --alter --topic t', 'At least one of --add-config, --add-config-file, or --delete-config'],
  ['--bootstrap-server b --alter --topic t --add-config a=1 --add-config-file f', 'Only one of --add-config or --add-config-file'],
  [
    '--bootstrap-server b --describe --topic t --delete-config a',
    'Option "[describe]" can\'t be used with option "[delete-config]"',
  ],
])('%s is refused', async (words, message) => {
  await expect(checkCommand(parse(words))).rejects.toThrow(message);
});

test.each([
  '--bootstrap-server b --describe --entity-type topics',
  '--bootstrap-server b --describe --broker +1',
  '--bootstrap-server b --describe --ip 127.0.0.1',
  '--bootstrap-server b --alter --user-defaults --delete-config producer_byte_rate',
  '--bootstrap-server b --describe --topic t --add-config-file ignored',
])('%s is fine', async (words) => {
  await expect(checkCommand(parse(words))).resolves.toBeUndefined();
});
