import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sharedCluster } from './fixture/shared-cluster.js';
import { failing, produceTo, readAll, readRecords, runConsole, saying } from './console-run.js';
import { createTopic } from './fixture/topics.js';
import { uniqueName } from './fixture/unique-name.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kafkit-console-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('lines', () => {
  test('each line is a record, the last one also without a newline, and the count is said on stderr', async () => {
    const topic = await createTopic();
    const outcome = await produceTo(topic, 'one\n\ntwo\r\nlast');
    expect(outcome).toMatchObject({ code: 0, stdout: '', stderr: saying(`4 records acknowledged in ${topic}\n`) });
    expect((await readRecords(topic)).map(({ key, value }) => [key, value])).toEqual([
      [null, 'one'],
      [null, ''],
      [null, 'two\r'],
      [null, 'last'],
    ]);
  });

  test('--quiet says nothing when all went well', async () => {
    const topic = await createTopic();
    expect(await produceTo(topic, 'one\n', '--quiet')).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });

  test('empty input is no failure', async () => {
    const topic = await createTopic();
    expect(await produceTo(topic, '')).toMatchObject({ code: 0, stderr: saying(`0 records acknowledged in ${topic}\n`) });
  });

  test('any byte but the newline passes as it is', async () => {
    const topic = await createTopic();
    const bytes = Buffer.from(Array.from({ length: 1024 }, (_, index) => index & 0xff)).filter((byte) => byte !== 0x0a);
    await produceTo(topic, bytes);
    const { stdoutBytes } = await runConsole(['consume', topic, '--from-beginning', '--exit-at-end']);
    expect(stdoutBytes.equals(Buffer.concat([bytes, Buffer.from('\n')]))).toBe(true);
  });

  test('lines may end in something else', async () => {
    const topic = await createTopic();
    await produceTo(topic, 'a\r\nb\nc\r\n', '--delimiter', '\\r\\n');
    expect((await readRecords(topic)).map(({ value }) => value)).toEqual(['a', 'b\nc']);
  });

  test('several files are read one after the other', async () => {
    const topic = await createTopic();
    const paths = [await file('a.txt', 'a1\na2'), await file('b.txt', 'b1\n')];
    const outcome = await runConsole(['produce', topic, '--file', paths[0] ?? '', '--file', paths[1] ?? '']);
    expect(outcome).toMatchObject({ code: 0, stderr: saying(`3 records acknowledged in ${topic}\n`) });
    expect(await readAll(topic)).toBe('a1\na2\nb1\n');
  });

  test('a file that is not there fails, after what stands before it is delivered', async () => {
    const topic = await createTopic();
    const path = await file('there.txt', 'a\n');
    const outcome = await runConsole(['produce', topic, '--file', path, '--file', join(folder, 'gone.txt')]);
    expect(outcome.code).toBe(1);
    const error = `cannot read ${join(folder, 'gone.txt')}: there is no such file or folder`;
    expect(outcome.stderr).toEqual(failing(error, `1 record acknowledged in ${topic}`));
  });
});

describe('keys, headers and null', () => {
  test('keys are cut off at the first separator', async () => {
    const topic = await createTopic();
    await produceTo(topic, 'a:1\nb:2:3\n:4\nc:\n', '--parse-key', '--key-separator', ':');
    expect(await readAll(topic, '-f', '[%k=%v]')).toBe('[a=1][b=2:3][=4][c=]');
  });

  test('the separator is a tab unless another is given, and may be written as an escape', async () => {
    const topic = await createTopic();
    await produceTo(topic, 'a\t1\n', '--parse-key');
    await produceTo(topic, 'b\x011\n', '--parse-key', '--key-separator', '\\x01');
    expect(await readAll(topic, '--print', 'key')).toBe('a\nb\n');
  });

  test('a line without the separator stops the run, names the line, and what stood before is delivered', async () => {
    const topic = await createTopic();
    const outcome = await produceTo(topic, 'a:1\nb:2\nbad\nc:3\n', '--parse-key', '--key-separator', ':');
    expect(outcome).toMatchObject({ code: 1, stdout: '' });
    expect(outcome.stderr).toEqual(failing("line 3: no key separator found in 'bad'", `2 records acknowledged in ${topic}`));
    expect(await readAll(topic)).toBe('1\n2\n');
  });

  test('--ignore-errors takes such a line as a value without a key', async () => {
    const topic = await createTopic();
    const outcome = await produceTo(topic, 'a:1\nbad\n', '--parse-key', '--key-separator', ':', '--ignore-errors');
    expect(outcome.code).toBe(0);
    expect((await readRecords(topic)).map(({ key, value }) => [key, value])).toEqual([
      ['a', '1'],
      [null, 'bad'],
    ]);
  });

  test('headers come from the line, and the same ones for all from --header', async () => {
    const topic = await createTopic();
    const flags = ['--parse-headers', '--parse-key', '-H', 'run=7', '-H', 'x=a=b', '--null-marker', 'NIL'];
    await produceTo(topic, 'h:1,h:NIL\tNIL\tNIL\n', ...flags);
    expect(await readRecords(topic)).toMatchObject([
      {
        key: null,
        value: null,
        headers: [
          { key: 'run', value: '7' },
          { key: 'x', value: 'a=b' },
          { key: 'h', value: '1' },
          { key: 'h', value: null },
        ],
      },
    ]);
  });

  test.each([
    [['--key-separator', ':'], '--key-separator does nothing without --parse-key'],
    [['--parse-key', '--key-separator', '\\q'], "'\\q' is no escape sequence"],
    [['--input', 'jsonl', '--parse-key'], '--parse-key does nothing with --input jsonl'],
    [['--header', 'novalue'], "header 'novalue' is not of the form key=value"],
    [['--acks', '1', '--idempotence'], 'acks=all'],
    [['--compression', 'rar'], "argument 'rar' is invalid"],
    [['--partition', '-1'], 'whole number'],
    [['-o', 'csv'], 'no -o csv'],
  ])('%j is a usage error', async (flags, message) => {
    const outcome = await produceTo(uniqueName('never'), 'x\n', ...flags);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toContain(message);
  });
});

describe('where and when', () => {
  test('--partition sends everything there; a partition that does not exist is an error', async () => {
    const topic = await createTopic('topic', { partitions: 3 });
    await produceTo(topic, 'a\nb\n', '--partition', '2');
    expect(await readAll(topic, '--print', 'partition,value')).toBe('2\ta\n2\tb\n');
    const outcome = await produceTo(topic, 'a\n', '--partition', '3');
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toMatch(/error: line 1: .*partition 3/);
  });

  test.each([
    ['1700000000000', 1_700_000_000_000],
    ['2026-01-02T03:04:05Z', Date.parse('2026-01-02T03:04:05Z')],
  ])('--timestamp %s stamps every record', async (time, expected) => {
    const topic = await createTopic();
    await produceTo(topic, 'a\nb\n', '--timestamp', time);
    expect((await readRecords(topic)).map(({ timestamp }) => timestamp)).toEqual([expected, expected]);
  });

  test('round-robin goes from partition to partition', async () => {
    const topic = await createTopic('topic', { partitions: 3 });
    await produceTo(topic, 'a\nb\nc\nd\ne\nf\n', '--partitioner', 'round-robin');
    const partitions = (await readRecords(topic)).map(({ partition }) => partition);
    expect([0, 1, 2].map((partition) => partitions.filter((each) => each === partition).length)).toEqual([2, 2, 2]);
  });

  test('a topic that does not exist is an error, and is not created', async () => {
    const topic = uniqueName('missing');
    const outcome = await produceTo(topic, 'a\n');
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain(`cannot produce to topic '${topic}'`);
    expect((await runConsole(['consume', topic, '--from-beginning'])).code).toBe(1);
  });

  test('--create-topic creates it, also where brokers create none by themselves', async () => {
    const topic = uniqueName('created');
    expect((await produceTo(topic, 'a\n', '--create-topic')).code).toBe(0);
    expect(await readAll(topic)).toBe('a\n');
  });
});

describe('delivery', () => {
  test.each([
    ['--acks', '1'],
    ['--no-idempotence'],
    ['--sync'],
    ['--linger', '0'],
    ['--linger', '50ms'],
    ['--batch-size', '100'],
    ['--compression', 'gzip'],
    ['--compression', 'snappy'],
    ['--compression', 'lz4'],
    ['--compression', 'zstd'],
  ])('%s %s delivers the same records', async (...flags) => {
    const topic = await createTopic();
    const lines = Array.from({ length: 200 }, (_, index) => `line ${index} ${'x'.repeat(index)}`);
    const outcome = await produceTo(topic, lines.join('\n'), ...flags);
    expect(outcome).toMatchObject({ code: 0, stderr: saying(`200 records acknowledged in ${topic}\n`) });
    expect(await readAll(topic)).toBe(`${lines.join('\n')}\n`);
  });

  test('with acks 0 nothing is claimed to be acknowledged', async () => {
    const topic = await createTopic();
    const outcome = await produceTo(topic, 'a\nb\n', '--acks', '0');
    expect(outcome.code).toBe(0);
    expect(outcome.stderr).toEqual(saying(`2 records sent to ${topic}; with acks 0 nobody acknowledges them\n`));
    expect(await readAll(topic)).toBe('a\nb\n');
  });

  test('-o json reports on stdout', async () => {
    const topic = await createTopic();
    const { stdout, code } = await produceTo(topic, 'a\nb\n', '-o', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      cluster: sharedCluster(),
      topic,
      lines: 2,
      acknowledged: 2,
      sentWithoutAcknowledgement: 0,
      failed: 0,
      failures: [],
      failuresNotListed: 0,
      transaction: null,
      problem: null,
    });
  });

  test('a line larger than a request is named with the limit, and the lines before it are delivered', async () => {
    const topic = await createTopic();
    const outcome = await produceTo(topic, `before\n${'x'.repeat(5_000_000)}\nafter\n`);
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toMatch(/^error: line 2: .*1048576.*\ncluster .*\n1 record acknowledged .*\n$/);
    expect(await readAll(topic)).toBe('before\n');
  });

  test('a line without end does not fill the memory', async () => {
    const topic = await createTopic();
    const outcome = await produceTo(topic, Buffer.alloc(30_000_000, 'x'));
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain('line 1: the line is longer than');
  });

  test('a record larger than the topic takes is named, and what stood before it is delivered', async () => {
    const topic = await createTopic('topic', { config: { 'max.message.bytes': '2000' } });
    const outcome = await produceTo(topic, `ok\n${'x'.repeat(3000)}\nmore\n`);
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toMatch(/^error: line 2: .*max\.message\.bytes.*\ncluster .*\n1 record acknowledged .*\n$/);
    expect(await readAll(topic)).toBe('ok\n');
  });

  test('records that the broker refuses are reported with count and place, and reading stops', async () => {
    const topic = await createTopic('topic', { config: { 'cleanup.policy': 'compact' } });
    const outcome = await produceTo(topic, 'no key\nnor here\n', '-o', 'json');
    expect(outcome.code).toBe(1);
    expect(JSON.parse(outcome.stdout)).toMatchObject({
      acknowledged: 0,
      failed: 2,
      failures: [{ partition: 0, first: { line: 1 }, last: { line: 2 }, count: 2, error: 'INVALID_RECORD' }],
      problem: expect.stringMatching(/^2 records were not acknowledged/) as string,
    });
    expect(outcome.stderr).toContain(`2 records not acknowledged\n  ${topic}-0: 2 records, line 1 to line 2: `);
  });

  test('a transaction is committed as a whole', async () => {
    const topic = await createTopic();
    const outcome = await produceTo(topic, 'a\nb\n', '--transactional-id', uniqueName('transaction'));
    expect(outcome).toMatchObject({ code: 0, stderr: saying(`2 records acknowledged in ${topic}\n`) });
    expect(await readAll(topic, '--isolation-level', 'read_committed')).toBe('a\nb\n');
  });

  test('a transaction with a line that is no record is aborted as a whole', async () => {
    const topic = await createTopic();
    const id = uniqueName('transaction');
    const outcome = await produceTo(topic, 'a:1\nbad\n', '--parse-key', '--key-separator', ':', '--transactional-id', id);
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toEqual(
      failing("line 2: no key separator found in 'bad'", `nothing written to ${topic}: the transaction was aborted`),
    );
    expect(await readAll(topic, '--isolation-level', 'read_committed')).toBe('');
    expect(await readAll(topic, '--isolation-level', 'read_uncommitted')).toMatch(/^(1\n)?$/);
  });
});

test('what consume prints as JSON lines comes back byte for byte, times and headers included', async () => {
  const [from, to] = [await createTopic('topic', { partitions: 3 }), await createTopic('topic', { partitions: 3 })];
  const odd = Buffer.concat([Buffer.from('k:'), Buffer.of(0xff, 0x00, 0x1b), Buffer.from('"\\\té\n')]);
  await produceTo(
    from,
    Buffer.concat([odd, Buffer.from('k2:\n:v\nNIL:NIL\n')]),
    '--parse-key',
    '--key-separator',
    ':',
    '--null-marker',
    'NIL',
    '-H',
    'h=1',
    '--timestamp',
    '-2h',
  );
  const jsonl = await readAll(from, '-o', 'jsonl');
  expect((await produceTo(to, jsonl, '--input', 'jsonl', '--use-partitions')).code).toBe(0);
  expect((await readAll(to, '-o', 'jsonl')).replaceAll(to, from)).toBe(jsonl);
});

test('a bad JSON line is named, and what stood before it is delivered', async () => {
  const topic = await createTopic();
  const outcome = await produceTo(topic, '{"value":"a"}\n\n{"valu":"b"}\n', '--input', 'jsonl');
  expect(outcome.code).toBe(1);
  expect(outcome.stderr).toContain("error: line 3: byte 9: unknown member 'valu'");
  expect(await readAll(topic)).toBe('a\n');
});
