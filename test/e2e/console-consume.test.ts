import { beforeAll, describe, expect, test } from 'vitest';
import { produceTo, readAll, readRecords, runConsole } from './console-run.js';
import { createTopic, produceRecords } from './fixture/topics.js';
import { uniqueName } from './fixture/unique-name.js';

const base = 1_700_000_000_000;
let orders: string;

beforeAll(async () => {
  orders = await createTopic('orders', { partitions: 2 });
  // Offsets 0 to 9 in each partition, a second apart.
  for (const partition of [0, 1]) {
    await produceRecords(
      orders,
      Array.from({ length: 10 }, (_, index) => ({
        partition,
        key: `k${index}`,
        value: `p${partition}-${index}`,
        timestamp: String(base + index * 1000),
      })),
    );
  }
});

function consume(...flags: readonly string[]): ReturnType<typeof runConsole> {
  return runConsole(['consume', orders, ...flags]);
}

async function values(...flags: readonly string[]): Promise<string[]> {
  const { stdout, code, stderr } = await consume('--exit-at-end', '--partition', '1', ...flags);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.split('\n').slice(0, -1);
}

describe('where reading starts', () => {
  test.each([
    [['--from-beginning'], 'p1-0', 10],
    [['--offset', '7'], 'p1-7', 3],
    [['--offset', 'earliest'], 'p1-0', 10],
    [['--offset', 'end-4'], 'p1-6', 4],
    [['--tail', '2'], 'p1-8', 2],
    [['--tail', '200'], 'p1-0', 10],
    [['--from-time', String(base + 4500)], 'p1-5', 5],
    [['--from-timestamp', '2023-11-14T22:13:25Z'], 'p1-5', 5],
    [[], 'p1-0', 10],
  ])('%j', async (flags, first, count) => {
    const printed = await values(...flags);
    expect(printed).toHaveLength(count);
    expect(printed[0]).toBe(first);
  });

  test('at the end, or behind the last record of a time, there is nothing', async () => {
    expect(await values('--offset', 'latest')).toEqual([]);
    const { stdout, code, stderr } = await consume('--exit-at-end', '--from-time', '-1m');
    expect({ stdout, code }).toEqual({ stdout: '', code: 0 });
    expect(stderr).toMatch(/^nothing to read: no record is as new as .*Z\n$/);
    expect(await values('--offset', '10')).toEqual([]);
  });

  test('an offset behind the end is refused where reading would wait for it', async () => {
    const outcome = await consume('--partition', '1', '--offset', '11');
    expect(outcome).toMatchObject({ code: 1, stdout: '' });
    expect(outcome.stderr).toContain(`offset 11 lies behind the end of partition ${orders}-1, which is 10`);
  });

  test('only one start can be given', async () => {
    expect((await consume('--from-beginning', '--offset', '3')).code).toBe(2);
    expect((await consume('--tail', '3', '--from-time', '-1h')).code).toBe(2);
  });
});

test('a batch that unpacks to more than was allowed is told apart from a broken one, with the setting that allows more', async () => {
  const topic = await createTopic();
  await produceTo(topic, `${'x'.repeat(5000)}\n`, '--compression', 'gzip');
  const args = ['consume', topic, '--exit-at-end', '--from-beginning'];
  const outcome = await runConsole(args, { env: { KAFKIT_MAX_UNPACKED_BYTES: '1000' } });
  expect(outcome).toMatchObject({ code: 1, stdout: '' });
  expect(outcome.stderr).toBe(
    `error: batch at offset 0 of partition ${topic}-0: records compressed with gzip unpack to more than 1000 bytes\n` +
      'hint: raise the limit: KAFKIT_MAX_UNPACKED_BYTES=1073741824, or max.unpacked.bytes in the settings file\n',
  );
  expect((await runConsole(args, { env: { KAFKIT_MAX_UNPACKED_BYTES: '10000' } })).stdout).toHaveLength(5001);
});

describe('where reading stops', () => {
  test('at the end as it was at the start, in every partition', async () => {
    const { stdout, code } = await consume('--from-beginning', '--exit-at-end');
    expect(code).toBe(0);
    expect(
      stdout
        .split('\n')
        .filter((line) => line !== '')
        .sort(),
    ).toEqual([0, 1].flatMap((partition) => Array.from({ length: 10 }, (_, index) => `p${partition}-${index}`)));
  });

  test('before an offset or a time', async () => {
    expect((await consume('--partition', '1', '--until-offset', '3')).stdout).toBe('p1-0\np1-1\np1-2\n');
    expect((await consume('--partition', '1', '--until-time', String(base + 1500))).stdout).toBe('p1-0\np1-1\n');
  });

  test('after a number of records', async () => {
    const { stdout, code } = await consume('--partition', '1', '--offset', '2', '--max-messages', '3');
    expect({ stdout, code }).toEqual({ stdout: 'p1-2\np1-3\np1-4\n', code: 0 });
    expect((await consume('--from-beginning', '--max-messages', '0')).stdout).toBe('');
  });

  test('when nothing comes for a while, which is no failure', async () => {
    const { stdout, code } = await consume('--partition', '1', '--offset', '9', '--idle-timeout', '700ms');
    expect({ stdout, code }).toEqual({ stdout: 'p1-9\n', code: 0 });
  });

  test('an empty topic ends at once', async () => {
    const topic = await createTopic();
    expect(await runConsole(['consume', topic, '--from-beginning', '--exit-at-end'])).toMatchObject({
      code: 0,
      stdout: '',
      stderr: '',
    });
  });
});

describe('what is printed', () => {
  test('columns in the order asked for', async () => {
    const flags = ['--print', 'partition,offset,timestamp,key,headers,value', '--separator', '|'];
    expect(await values('--tail', '1', ...flags)).toEqual([`1|9|${base + 9000}|k9||p1-9`]);
  });

  test('a format in the manner of kcat', async () => {
    const { stdout } = await consume(
      '--partition',
      '1',
      '--tail',
      '1',
      '--exit-at-end',
      '-f',
      '%t:%p:%o:%k:%v:%s:%T:%K:%S:%h:%%\\n',
    );
    expect(stdout).toBe(`${orders}:1:9:k9:p1-9:p1-9:${base + 9000}:2:4::%\n`);
  });

  test('JSON lines with every part of a record', async () => {
    expect(await readRecords(orders, '--partition', '1', '--max-messages', '1')).toEqual([
      {
        topic: orders,
        partition: 1,
        offset: 0,
        timestamp: base,
        timestampType: 'CreateTime',
        key: 'k0',
        value: 'p1-0',
        headers: [],
      },
    ]);
  });

  test('log-append time is told from create time', async () => {
    const topic = await createTopic('topic', { config: { 'message.timestamp.type': 'LogAppendTime' } });
    await produceTo(topic, 'a\n', '--timestamp', '1000');
    const [record] = await readRecords(topic);
    expect(record?.timestampType).toBe('LogAppendTime');
    expect(record?.timestamp).toBeGreaterThan(base);
  });

  test('control characters pass through a pipe as they are', async () => {
    const topic = await createTopic();
    await produceTo(topic, '\u001b[31mred\u0007\n');
    expect(await readAll(topic)).toBe('\u001b[31mred\u0007\n');
  });

  test('null prints as null, or as what --null-text says', async () => {
    const topic = await createTopic();
    await produceRecords(topic, [{ key: null, value: null }]);
    expect(await readAll(topic, '--print', 'key,value')).toBe('null\tnull\n');
    expect(await readAll(topic, '--print', 'key,value', '--null-text', 'NIL')).toBe('NIL\tNIL\n');
    expect(await readAll(topic, '-f', '[%k][%v][%S]')).toBe('[][][-1]');
  });

  test.each([
    [['-f', '%q'], "'%q' is no token"],
    [['-f', 'x\\e'], "'\\e' is no escape sequence"],
    [['--print', 'valeu'], "'valeu' is no column"],
    [['-o', 'csv'], 'no -o csv'],
    [['-o', 'jsonl', '--print', 'key'], '--print does nothing with -o jsonl'],
    [['--offset', 'soon'], "'soon' is no offset"],
    [['--from-time', 'soon'], "'soon' is no time"],
    [['--partition', '0,x'], "'x' is no partition"],
    [['--idle-timeout', '5'], 'has no unit'],
  ])('%j is a usage error', async (flags, message) => {
    const outcome = await consume(...flags);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toContain(message);
  });
});

describe('what is not there', () => {
  test('a topic', async () => {
    const topic = uniqueName('missing');
    const outcome = await runConsole(['consume', topic, '--from-beginning', '--exit-at-end']);
    expect(outcome).toMatchObject({ code: 1, stdout: '' });
    expect(outcome.stderr).toContain(`cannot read topic '${topic}'`);
  });

  test('a partition', async () => {
    const outcome = await consume('--partition', '0,5', '--from-beginning');
    expect(outcome).toMatchObject({ code: 1, stdout: '' });
    expect(outcome.stderr).toContain(`topic '${orders}' has no partition 5`);
  });

  test('no topic at all is a usage error', async () => {
    expect((await runConsole(['consume'])).code).toBe(2);
    expect((await runConsole(['consume', orders, '--topic', 'other'])).code).toBe(2);
  });
});
