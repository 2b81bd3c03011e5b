import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseOptions } from '../../../../src/apache/jopt/parse-options.js';
import { configsOptions } from '../../../../src/apache/kafka-configs/options.js';
import { parseChanges } from '../../../../src/apache/kafka-configs/parse-changes.js';

async function added(list: string): Promise<Record<string, string>> {
  const changes = await parseChanges(parseOptions(configsOptions, ['--add-config', list]));
  return Object.fromEntries(changes.added);
}

async function deleted(...lists: string[]): Promise<readonly string[]> {
  const argv = lists.flatMap((list) => ['--delete-config', list]);
  return (await parseChanges(parseOptions(configsOptions, argv))).deleted;
}

describe('lists of configs to add', () => {
  test.each<[string, string, Record<string, string>]>([
    ['brackets hold commas together and are dropped', 'a=[x,y],b=1', { a: 'x,y', b: '1' }],
    ['equals signs in brackets are text', 'a=[x=1,y=2]', { a: 'x=1,y=2' }],
    ['an empty value is allowed', 'a=,b=2', { a: '', b: '2' }],
    ['blanks around the equals sign are dropped', 'a = 1 , b=2', { a: '1', b: '2' }],
    ['commas at the end are dropped', 'a=1,,', { a: '1' }],
    ['of a repeated key the last value counts', 'a=1,a=2', { a: '2' }],
    ['a dollar sign may stand in a key', 'a$b=1', { a$b: '1' }],
  ])('%s', async (_, list, expected) => {
    expect(await added(list)).toEqual(expected);
  });

  test.each(['', 'a', ',a=1', 'a=1=2', 'a=[x,y', 'a=x,y'])('%j is in the wrong format', async (list) => {
    await expect(added(list)).rejects.toThrow('requirement failed: Invalid entity config');
  });

  test('a key with other characters is refused by name', async () => {
    await expect(added('a b=1')).rejects.toThrow('Invalid character found for config key: a b');
  });
});

test('values of a file are taken as they are', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'configs-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'c.properties');
  writeFileSync(file, '# note\na = [x,y]\nb : 2\n');
  const changes = await parseChanges(parseOptions(configsOptions, ['--add-config-file', file]));
  expect(Object.fromEntries(changes.added)).toEqual({ a: '[x,y]', b: '2' });
});

test('keys to delete come from every option, without empty ones', async () => {
  expect(await deleted('a, b', 'c,,')).toEqual(['a', 'b', 'c']);
});

test('commas alone are one key, as jopt-simple leaves them', async () => {
  expect(await deleted(',')).toEqual([',']);
});
