import { expect, test } from 'vitest';
import { checkConsumerConfig, durationOf } from '../../../../src/apache/java/consumer-config.js';
import { parseOptions } from '../../../../src/apache/jopt/parse-options.js';
import { consumerOptions } from '../../../../src/apache/kafka-console-consumer/consumer-options.js';
import { readConsumerCommand, type ConsumerCommand } from '../../../../src/apache/kafka-console-consumer/read-consumer-command.js';
import type { ToolRun } from '../../../../src/apache/tool.js';

interface Read {
  readonly command: ConsumerCommand | undefined;
  readonly out: string;
  readonly err: string;
}

async function read(...words: string[]): Promise<Read> {
  const said = { out: '', err: '' };
  const run: ToolRun = {
    argv: words,
    env: {},
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    interrupts: {
      signal: new AbortController().signal,
      hurry: new AbortController().signal,
      exitCode: undefined,
      stop: () => undefined,
    },
  };
  const command = await readConsumerCommand(run, parseOptions(consumerOptions, words));
  return { command, ...said };
}

const topic = ['--bootstrap-server', 'b:1', '--topic', 't'];

test('without a group one is made up, and nothing is committed for it', async () => {
  const { command } = await read(...topic);
  expect(command?.values.get('group.id')).toMatch(/^console-consumer-\d{1,5}$/);
  expect(command?.values.get('enable.auto.commit')).toBe('false');
  expect((await read(...topic, '--group', 'g')).command?.values.has('enable.auto.commit')).toBe(false);
});

test('where to start depends on offset and flag', async () => {
  const offset = async (...words: string[]): Promise<unknown> =>
    (await read(...topic, '--partition', '0', ...words)).command?.offset;
  expect(await offset()).toBe('latest');
  expect(await offset('--from-beginning')).toBe('earliest');
  expect(await offset('--offset', 'EARLIEST')).toBe('earliest');
  expect(await offset('--offset', '9223372036854775807')).toBe(9223372036854775807n);
});

test('a configured isolation level wins over the default of the option only', async () => {
  const level = async (...words: string[]): Promise<unknown> =>
    (await read(...topic, '--command-property', 'isolation.level=read_committed', ...words)).command?.values.get('isolation.level');
  expect(await level()).toBe('read_committed');
  expect(await level('--isolation-level', 'read_uncommitted')).toBe('read_uncommitted');
});

test('a reset policy against the flag ends the run without a table', async () => {
  const { command, err } = await read(...topic, '--from-beginning', '--command-property', 'auto.offset.reset=none');
  expect(command).toBeUndefined();
  expect(err).toBe("Can't simultaneously specify --from-beginning and 'auto.offset.reset=none', please remove one option\n");
});

test('old names are told of on stdout in the order of Kafka', async () => {
  const { out } = await read(...topic, '--property', 'print.key=true', '--consumer-property', 'a=b');
  expect(out.split('\n').map((line) => line.split(' ')[1])).toEqual(['--consumer-property', '--property', undefined]);
});

test.each([
  [['--topic', 't', '--include', 'x'], 'Exactly one of the following arguments is required: [topic], [include]'],
  [['--topic', 't'], 'Missing required argument "[bootstrap-server]"'],
  [[...topic, '--offset', '3'], 'The partition is required when offset is specified.'],
  [[...topic, '--partition', '0', '--offset', '-5'], "The provided offset value '-5' is incorrect."],
  [[...topic, '--partition', '0', '--command-property', 'group.id=g'], 'Options group and partition cannot be specified together.'],
  [[...topic, '--group', 'a', '--command-property', 'group.id=b'], "do not match. Detected group ids: 'a', 'b'"],
  [[...topic, '--formatter', 'no.Such'], 'no.Such'],
  [[...topic, '--partition', 'x'], "Cannot parse argument 'x' of option partition"],
])('%j is refused', async (words, text) => {
  await expect(read(...words)).rejects.toThrow(text);
});

test.each([
  [{ 'group.protocol': 'consumer', 'session.timeout.ms': '1' }, 'session.timeout.ms cannot be set when group.protocol=CONSUMER'],
  [{ 'auto.offset.reset': 'LATEST' }, 'The value must be either'],
  [{ 'isolation.level': 'x' }, 'String must be one of: read_committed, read_uncommitted'],
  [{ 'group.id': ' ' }, 'Failed to construct kafka consumer'],
  [{ 'session.timeout.ms': '1000' }, 'Failed to construct kafka consumer'],
])('a consumer with %o cannot be built', (config, text) => {
  expect(() => checkConsumerConfig(new Map(Object.entries(config)))).toThrow(text);
});

test('durations of a reset policy are read as Java reads them', () => {
  expect(durationOf('by_duration:P1DT1H30M1.5S')).toBe(91_801_500);
  expect(durationOf('by_duration:P')).toBeUndefined();
  expect(durationOf('latest')).toBeUndefined();
});
