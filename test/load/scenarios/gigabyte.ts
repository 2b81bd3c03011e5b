import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import type { LoadResult, LoadScenario } from '../load-scenario.js';
import { MeasuredProcess } from '../measured-process.js';
import { runMeasured } from '../run-measured.js';

const limitMiB = 150;

/** One file of so many MiB into a topic and out again: the same bytes, in memory that does not grow with the file. */
export function gigabyte(mebibytes: number): LoadScenario {
  return async ({ bootstrap, folder, name }) => {
    const topic = `${name}-file`;
    const file = path.join(folder, 'lines.txt');
    const wanted = await writeLines(file, mebibytes);
    await runMeasured(['topics', 'create', topic, '--partitions', '1', '-b', bootstrap]);
    const written = await runMeasured(['console', 'produce', topic, '-b', bootstrap], { stdin: file });
    const reader = new MeasuredProcess(['console', 'consume', topic, '--from-beginning', '--exit-at-end', '-b', bootstrap], {
      stdout: 'pipe',
    });
    const found = createHash('sha256');
    for await (const chunk of reader.stdout) found.update(chunk as Buffer);
    const end = await reader.end;
    await runMeasured(['topics', 'delete', topic, '--yes', '-b', bootstrap]);
    const isSame = found.digest('hex') === wanted;
    const what = `${mebibytes} MiB of lines`;
    return [
      row('file, produce', what, { seconds: written.seconds, peakMiB: written.peakMiB }, []),
      row('file, consume', what, { seconds: end.seconds, peakMiB: reader.peakMiB }, [
        ...(end.code === 0 ? [] : [`exit code ${String(end.code)}: ${end.stderr}`]),
        ...(isSame ? [] : ['other bytes came out than went in']),
      ]),
    ];
  };
}

function row(
  scenario: string,
  what: string,
  { seconds, peakMiB }: { seconds: number; peakMiB: number },
  violations: readonly string[],
): LoadResult {
  const tooLarge = peakMiB > limitMiB ? [`${peakMiB.toFixed(0)} MiB of memory, limit ${limitMiB}`] : [];
  return { scenario, what, seconds, peakMiB, violations: [...violations, ...tooLarge] };
}

/** Writes numbered lines of different lengths; gives their checksum. */
async function writeLines(file: string, mebibytes: number): Promise<string> {
  const hash = createHash('sha256');
  const stream = createWriteStream(file);
  const padding = 'abcdefghijklmnopqrstuvwxyz'.repeat(20);
  let line = 0;
  for (let left = mebibytes * 1024 * 1024; left > 0;) {
    let text = '';
    while (text.length < 1 << 20) text += `${line++} ${padding.slice(0, (line * 7919) % 400)}\n`;
    left -= text.length;
    hash.update(text);
    if (!stream.write(text)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
  return hash.digest('hex');
}
