import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readOffsetFile } from '../../../src/config/offset-file.js';
import { checkNewOffsetFile, writeOffsetFile } from '../../../src/config/write-offset-file.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kafkit-offsets-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function read(content: string | Uint8Array, allowHighWatermark = false) {
  const path = join(folder, 'offsets');
  await writeFile(path, content);
  return readOffsetFile(path, { allowHighWatermark });
}

async function problemsOf(content: string | Uint8Array): Promise<string[]> {
  const error = await read(content).then(
    () => new Error('read without an error'),
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ code: 'config' });
  return (error as Error).message.replaceAll(join(folder, 'offsets'), 'FILE').split('\n');
}

describe('reading', () => {
  test('JSON offsets are exact past 2^53', async () => {
    const file = await read('\ufeff {"partitions":[{"topic":"orders","partition":3,"offset":9007199254740993}],"version":1}');
    expect(file).toEqual({ groups: [{ partitions: [{ topic: 'orders', partition: 3, offset: 9007199254740993n }] }] });
  });

  test('-1 is the high watermark where that was allowed', async () => {
    const json = '{"partitions":[{"topic":"orders","partition":3,"offset":-1}]}';
    expect(await read(json, true)).toMatchObject({ groups: [{ partitions: [{ offset: 'high-watermark' }] }] });
    expect(await problemsOf(json)).toEqual([expect.stringMatching(/^FILE: partitions\[0\]\.offset: must be 0 or more/)]);
  });

  test('every problem is told at once, each on a line with file and place', async () => {
    expect(await problemsOf('{"version":2,"partitions":[{"topic":"orders","partition":0,"offset":1.5},{"topic":"x"}]}')).toEqual([
      'FILE: version: must be 1, the only version there is, found 2',
      'FILE: partitions[0].offset: must be a whole number, found 1.5',
      'FILE: partitions[1].partition: is missing',
      'FILE: partitions[1].offset: is missing',
    ]);
  });

  test.each([
    [
      '{"version":1,\n "version":2,"partitions":[]}',
      "FILE: line 2, column 2: the member 'version' is given twice, with different values",
    ],
    ['{"version":1,\n oops}', expect.stringMatching(/^FILE: line 2, column 2: is not JSON: /)],
    [' \n', 'FILE: is empty'],
    ['[1]', 'FILE: must be a JSON object, found an array'],
    [new Uint8Array([0x7b, 0xff]), 'FILE: is not UTF-8 text'],
    ['"orders,0,1\n', expect.stringMatching(/^FILE: line \d+: is not CSV: /)],
    ['orders,0,1\norders,x,2\n', "FILE: line 2.partition: must be a whole number, found the text 'x'"],
    ['orders,0,1\n\norders,0,2\n', 'FILE: line 3: repeats orders-0 of line 1'],
  ])('%j is refused', async (content, line) => {
    expect(await problemsOf(content)).toEqual([line]);
  });

  test("Kafka's exports of one group and of several are read, doubled quotes and all", async () => {
    expect(await read('orders,0,42\r\norders,1,43\r\n')).toEqual({
      groups: [
        {
          partitions: [
            { topic: 'orders', partition: 0, offset: 42n },
            { topic: 'orders', partition: 1, offset: 43n },
          ],
        },
      ],
    });
    expect(await read('"a ""b"", c",orders,0,42\nbilling,orders,0,1\n')).toMatchObject({
      groups: [{ group: 'a "b", c' }, { group: 'billing' }],
    });
  });

  test('a file that is not there is an error that says so', async () => {
    await expect(readOffsetFile(join(folder, 'none'), { allowHighWatermark: false })).rejects.toMatchObject({
      code: 'config',
      message: `cannot read the offset file ${join(folder, 'none')}: there is no such file or folder`,
    });
  });
});

describe('writing', () => {
  const file = {
    clusterId: 'abc',
    groups: [{ group: 'billing', partitions: [{ topic: 'orders', partition: 0, offset: 2n ** 60n }] }],
  };

  test('what is written is read again, and nothing else is left in the folder', async () => {
    const path = join(folder, 'out.json');
    await writeFile(path, 'older');
    await writeOffsetFile(path, file);
    expect(await readOffsetFile(path, { allowHighWatermark: false })).toEqual(file);
    expect(await readFile(path, 'utf8')).toContain('"offset": 1152921504606846976');
    expect(await readdir(folder)).toEqual(['out.json']);
  });

  test('a link is followed, and stays one', async () => {
    await writeFile(join(folder, 'real.json'), '');
    await symlink('real.json', join(folder, 'link.json'));
    await writeOffsetFile(join(folder, 'link.json'), file);
    expect(await readFile(join(folder, 'real.json'), 'utf8')).toContain('billing');
  });

  test('a folder, a device and a missing folder are refused', async () => {
    for (const path of [folder, '/dev/null', join(folder, 'none', 'out.json')]) {
      await expect(writeOffsetFile(path, file)).rejects.toMatchObject({ code: 'io' });
      await expect(checkNewOffsetFile(path)).rejects.toMatchObject({ code: 'io' });
    }
  });

  test('a file with something in it is not to be lost, an empty one may be filled', async () => {
    const path = join(folder, 'out.json');
    await checkNewOffsetFile(path);
    await writeFile(path, '');
    await checkNewOffsetFile(path);
    await writeFile(path, 'undo of yesterday');
    await expect(checkNewOffsetFile(path)).rejects.toMatchObject({ code: 'usage', message: `the file ${path} exists already` });
  });
});
