import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toolNames } from '../../../../src/apache/main.js';
import { dropInNames } from '../../../../src/core/drop-in-names.js';
import { installDropIns, type InstallPlan } from '../../../../src/operations/drop-ins/install-drop-ins.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drop-ins-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const bin = "/opt/it's/bin";
const install = (isApproved = true, from = bin) =>
  installDropIns({ folder: join(folder, 'new'), bin: from }, () => Promise.resolve(isApproved));
const changes = ({ files }: InstallPlan): string[] => [...new Set(files.map(({ change }) => change))];

test('the names are those that the front runs, and the package puts none of them beside an installed Kafka', () => {
  const { bin: offered } = JSON.parse(readFileSync('package.json', 'utf8')) as { bin: Record<string, string> };
  expect(dropInNames).toEqual(toolNames);
  expect(offered).toEqual({ kafkit: 'bin/kafkit.js' });
});

test('each name is a program, with and without .sh, that runs ours by its absolute path', async () => {
  const { plan, isWritten } = await install();
  expect(isWritten).toBe(true);
  expect(plan.files).toHaveLength(2 * dropInNames.length);
  const path = join(folder, 'new', 'kafka-topics.sh');
  expect(statSync(path).mode & 0o777).toBe(0o755);
  expect(readFileSync(path, 'utf8')).toContain(`exec '/opt/it'\\''s/bin/kafka-topics' "$@"`);
});

test('a second time changes nothing and asks nothing', async () => {
  await install();
  const { plan, isWritten } = await installDropIns({ folder: join(folder, 'new'), bin }, () => {
    throw new Error('asked');
  });
  expect({ isWritten, changes: changes(plan) }).toEqual({ isWritten: false, changes: ['none'] });
});

test('older files of ours are replaced once that is approved', async () => {
  await install();
  expect(changes((await install(false, '/elsewhere')).plan)).toEqual(['replace']);
  expect(readFileSync(join(folder, 'new', 'kafka-configs'), 'utf8')).not.toContain('/elsewhere');
  expect((await install(true, '/elsewhere')).isWritten).toBe(true);
  expect(readFileSync(join(folder, 'new', 'kafka-configs'), 'utf8')).toContain('/elsewhere/kafka-configs');
});

test('files that are not ours are named, and nothing is written', async () => {
  writeFileSync(join(folder, 'kafka-topics.sh'), '#!/bin/bash\n');
  writeFileSync(join(folder, 'kafka-configs'), '');
  const attempt = installDropIns({ folder, bin }, () => Promise.resolve(true));
  await expect(attempt).rejects.toMatchObject({ code: 'input' });
  await expect(attempt).rejects.toThrow(/kafka-configs is not.*\n.*kafka-topics\.sh is not/);
  expect(() => statSync(join(folder, 'kafka-topics'))).toThrow('ENOENT');
});

test.each([
  ['a file', (): string => 'file'],
  ['a folder in a file', (): string => join('file', 'new', 'deep')],
  ['a place where no folder can be made', (): string => '/proc/kafkit/new'],
])('%s is refused with one line, before anything is planned', async (_, place) => {
  writeFileSync(join(folder, 'file'), 'mine');
  const attempt = installDropIns({ folder: place().startsWith('/') ? place() : join(folder, place()), bin }, () =>
    Promise.resolve(true),
  );
  await expect(attempt).rejects.toMatchObject({
    code: 'io',
    message: expect.stringMatching(/^.*; nothing was written$/) as string,
  });
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('mine');
});

test('a link to nothing and a folder under one of the names are not ours', async () => {
  symlinkSync(join(folder, 'nothing'), join(folder, 'kafka-topics'));
  mkdirSync(join(folder, 'kafka-configs.sh'));
  await expect(installDropIns({ folder, bin }, () => Promise.resolve(true))).rejects.toThrow(
    /kafka-configs\.sh is not.*\n.*kafka-topics is not/,
  );
});

test('where one file cannot be written none is', async () => {
  // A folder under the name that the last file has while it is written.
  mkdirSync(join(folder, 'kafka-verifiable-producer.sh.kafkit-new'));
  const attempt = installDropIns({ folder, bin }, () => Promise.resolve(true));
  await expect(attempt).rejects.toMatchObject({ code: 'io', message: expect.stringContaining('nothing was written') as string });
  expect(existsSync(join(folder, 'kafka-topics'))).toBe(false);
  expect(readdirSync(folder)).toEqual(['kafka-verifiable-producer.sh.kafkit-new']);
});
