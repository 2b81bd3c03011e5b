import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
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

test('the names are those that the front runs, and those that the package offers', () => {
  const { bin: offered } = JSON.parse(readFileSync('package.json', 'utf8')) as { bin: Record<string, string> };
  const expected = dropInNames.flatMap((name) => [name, `${name}.sh`].map((word) => [word, `bin/${name}`]));
  expect(dropInNames).toEqual(toolNames);
  expect({ ...offered, kafkit: undefined }).toEqual({ ...Object.fromEntries(expected), kafkit: undefined });
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
