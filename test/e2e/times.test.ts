import { expect, inject, test } from 'vitest';
import { runKafkit } from './fixture/run-kafkit.js';
import type { ProcessOutcome } from './fixture/run-process.js';
import { createTopic, produceRecords } from './fixture/topics.js';
import { uniqueName } from './fixture/unique-name.js';

const day = 86_400_000;
const recent = Math.floor(Date.now() / day) * day - day;

function kafkit(...args: string[]): Promise<ProcessOutcome> {
  return runKafkit([...args, '-b', inject('bootstrap')]);
}

/** Records of yesterday, one a second, with values 0 to 9. */
async function yesterday(): Promise<string> {
  const topic = await createTopic('times');
  const messages = Array.from({ length: 10 }, (_, n) => ({ value: String(n), timestamp: String(recent + n * 1000) }));
  await produceRecords(topic, messages);
  return topic;
}

const seconds = recent / 1000 + 5;
const iso = (ms: number): string => new Date(ms).toISOString();
const fifth = iso(recent + 5000);

/** The same moment for every command that takes one. */
function commands(topic: string, time: string): readonly (readonly string[])[] {
  return [
    ['groups', 'reset-offsets', uniqueName('times'), '--topic', topic, '--dry-run', '--to-datetime', time],
    ['records', 'delete', topic, '--dry-run', '--before', time],
    ['offsets', 'get', topic, '-o', 'json', '--time', time],
    ['console', 'consume', topic, '--exit-at-end', '--from-time', time],
    ['console', 'consume', topic, '--exit-at-end', '--from-timestamp', time],
    ['console', 'consume', topic, '--until-time', time],
  ];
}

test('seconds without an @ are refused by every command, which offers the @', async () => {
  const topic = await yesterday();
  for (const args of commands(topic, String(seconds))) {
    const { code, stdout, stderr } = await kafkit(...args);
    expect({ code, stdout }, args.join(' ')).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`'${seconds}' looks like seconds`);
    expect(stderr).toContain(`@${seconds} for ${fifth}`);
  }
  const stamped = await runKafkit(['console', 'produce', topic, '--timestamp', String(seconds), '-b', inject('bootstrap')], {
    stdin: 'a\n',
  });
  expect(stamped).toMatchObject({ code: 2 });
});

test.each([`@${seconds}`, `@${seconds - 1}.25`, `${recent + 5000}`, fifth.slice(0, -1), fifth])(
  'every command means the same moment by %s and shows it',
  async (time) => {
    const topic = await yesterday();
    const shown = time.includes('.25') ? iso(recent + 4250) : fifth;
    const outcomes = await Promise.all(commands(topic, time).map((args) => kafkit(...args, '--verbose')));
    for (const { code } of outcomes) expect(code).toBe(0);
    const [reset, cut, found, from, fromOther, until] = outcomes.map(({ stdout }) => stdout);
    expect(reset).toMatch(/ 5 +-? /);
    expect(cut).toMatch(/ 5 +10 /);
    expect(JSON.parse(found ?? '')).toMatchObject({ partitions: [{ offset: 5 }] });
    expect([from, fromOther, until]).toEqual(['5\n6\n7\n8\n9\n', '5\n6\n7\n8\n9\n', '0\n1\n2\n3\n4\n']);
    for (const { stdout, stderr } of time === fifth ? outcomes.slice(0, 2) : outcomes) expect(stdout + stderr).toContain(shown);
    const isZoneless = time === fifth.slice(0, -1);
    for (const { stderr } of outcomes) expect(stderr.includes('names no time zone and is taken as UTC')).toBe(isZoneless);
  },
);

test('a plan by time says which in its document', async () => {
  const topic = await yesterday();
  const reset = await kafkit(
    'groups',
    'reset-offsets',
    uniqueName('times'),
    '--topic',
    topic,
    '--dry-run',
    '--to-datetime',
    `@${seconds}`,
    '-o',
    'json',
  );
  expect(JSON.parse(reset.stdout)).toMatchObject({ dryRun: true, time: fifth });
  const cut = await kafkit('records', 'delete', topic, '--dry-run', '--before', `@${seconds}`, '-o', 'json');
  expect(JSON.parse(cut.stdout)).toMatchObject({ dryRun: true, before: fifth });
});

test('a time to come is pointed out where it is taken', async () => {
  const topic = await yesterday();
  const outcomes = await Promise.all(commands(topic, '2100-01-01T00:00:00Z').map((args) => kafkit(...args)));
  for (const { stderr } of outcomes) expect(stderr).toContain("'2100-01-01T00:00:00Z' lies in the future");
});

test.each([
  ['2026-02-30', 'there is no 2026-02-30'],
  ['20261121', 'write 2026-11-21'],
  ['2016-12-31T23:59:60Z', 'leap seconds'],
  ['latest', 'it is a place in the log'],
])('%s is refused by every command, quoted', async (time, hint) => {
  for (const args of commands('no-such-topic', time)) {
    if (time === 'latest' && args[0] === 'offsets') continue;
    const { code, stderr } = await kafkit(...args);
    expect(code, args.join(' ')).toBe(2);
    expect(stderr).toContain(`'${time}'`);
    expect(stderr).toContain(hint);
  }
});

const early = [
  '{"value":"a","timestamp":-5000}',
  '{"value":"b","timestamp":null,"timestampType":null}',
  '{"value":"c","timestamp":-2}',
  '{"value":"d","timestamp":0}',
  '{"value":"e","timestamp":-62135596800001}',
  '{"value":"f","timestamp":1700000000000}',
].join('\n');

test('records of before 1970, and those without a time, are shown, copied and found as what they are', async () => {
  const config = { 'retention.ms': '-1' };
  const [topic, copy] = [await createTopic('early', { config }), await createTopic('early', { config })];
  const produce = (to: string, stdin: string): Promise<ProcessOutcome> =>
    runKafkit(['console', 'produce', to, '--input', 'jsonl', '-b', inject('bootstrap')], { stdin });
  expect(await produce(topic, `${early}\n`)).toMatchObject({ code: 0 });
  const read = ['--from-beginning', '--exit-at-end'];
  const lines = (await kafkit('console', 'consume', topic, ...read, '-o', 'jsonl')).stdout;
  const times = lines
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { timestamp: number | null }).timestamp); // our own lines
  expect(times).toEqual([-5000, null, -2, 0, -62_135_596_800_001, 1_700_000_000_000]);
  expect(await produce(copy, lines)).toMatchObject({ code: 0 });
  expect((await kafkit('console', 'consume', copy, ...read, '-o', 'jsonl')).stdout.replaceAll(copy, topic)).toBe(lines);
  const printed = '-5000 a\n-1 b\n-2 c\n0 d\n-62135596800001 e\n1700000000000 f\n';
  expect((await kafkit('console', 'consume', topic, ...read, '-f', '%T %s\\n')).stdout).toBe(printed);
  expect((await kafkit('console', 'consume', topic, ...read, '--print', 'timestamp,value', '--separator', ' ')).stdout).toBe(
    printed,
  );
  expect((await kafkit('console', 'consume', topic, '--from-time', '1969-12-31T23:59:56Z', '--exit-at-end')).stdout).toBe(
    'c\nd\ne\nf\n',
  );
  const found = await kafkit('offsets', 'get', topic, '--time', '@-4', '-o', 'table');
  expect(found.stdout).toMatch(/ 2 +1969-12-31T23:59:59\.998Z/);
  const plan = await kafkit('records', 'delete', topic, '--before', '1969-12-31T23:59:59.998Z', '--dry-run', '-o', 'json');
  expect(JSON.parse(plan.stdout)).toMatchObject({ partitions: [{ cut: 2, firstTimestamp: -5000, lastTimestamp: null }] });
});

test('a group is moved to a mirror by times of before 1970, and a record without a time has no age', async () => {
  const config = { 'retention.ms': '-1' };
  const topic = await createTopic('early', { config });
  const stdin = `${early}\n`;
  await runKafkit(['console', 'produce', topic, '--input', 'jsonl', '-b', inject('bootstrap')], { stdin });
  const group = uniqueName('early');
  const reset = (offset: number): Promise<ProcessOutcome> =>
    kafkit('groups', 'reset-offsets', group, '--topic', topic, '--to-offset', String(offset), '--yes');
  await reset(2);
  const exported = await kafkit('groups', 'export', group, '--with-timestamps');
  expect(JSON.parse(exported.stdout)).toMatchObject({ partitions: [{ offset: 2, timestamp: -2 }] });
  await reset(1);
  expect((await kafkit('groups', 'export', group, '--with-timestamps')).stderr).toContain('the next record has no timestamp');
  const lag = JSON.parse((await kafkit('lag', 'describe', group, '--time', '-o', 'json')).stdout) as {
    groups: { partitions: { ageMs?: number | null }[] }[];
  }; // the shape under test
  expect(lag.groups[0]?.partitions[0]?.ageMs ?? null).toBeNull();
});
