import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findJava, majorVersion, parseJavaVersion } from '../../../src/sandbox/find-java.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kafkit-java-'));
});

afterEach(() => rm(folder, { recursive: true }));

/** A `java` that only knows its version; returns its home. */
async function fakeJava(name: string, version: string): Promise<string> {
  const bin = join(folder, name, 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, 'java'), `#!/bin/sh\necho 'openjdk version "${version}" 2025-04-15' >&2\n`);
  await chmod(join(bin, 'java'), 0o755);
  return join(folder, name);
}

test.each([
  ['openjdk version "17.0.15" 2025-04-15', '17.0.15', 17],
  ['java version "1.8.0_442"', '1.8.0_442', 8],
  ['openjdk version "21" 2023-09-19', '21', 21],
  ['openjdk version "25-ea" 2025-09-16', '25-ea', 25],
])('the version in %s is %s', (text, version, major) => {
  expect(parseJavaVersion(text)).toBe(version);
  expect(majorVersion(version)).toBe(major);
});

test('the Java of JAVA_HOME comes before the one on the PATH', async () => {
  const home = await fakeJava('home', '21.0.1');
  const other = await fakeJava('other', '17.0.2');
  const found = await findJava({ JAVA_HOME: home, PATH: join(other, 'bin') });
  expect(found).toEqual({ kind: 'found', java: { path: join(home, 'bin', 'java'), version: '21.0.1' } });
});

test('a Java that is too old is passed over for a newer one on the PATH', async () => {
  const home = await fakeJava('home', '11.0.2');
  const other = await fakeJava('other', '17.0.2');
  expect(await findJava({ JAVA_HOME: home, PATH: join(other, 'bin') })).toMatchObject({ java: { version: '17.0.2' } });
});

test('where every Java is too old, the reason says which there are', async () => {
  const home = await fakeJava('home', '11.0.2');
  const path = join(home, 'bin', 'java');
  const found = await findJava({ JAVA_HOME: home, PATH: '' });
  expect(found).toEqual({ kind: 'missing', reason: `Java 17 or newer (${path} is version 11.0.2)` });
});

test('no Java at all is said so', async () => {
  expect(await findJava({ PATH: folder })).toEqual({
    kind: 'missing',
    reason: 'Java 17 or newer (none was found in JAVA_HOME or on the PATH)',
  });
});
