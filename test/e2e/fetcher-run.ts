import type { Fetcher } from '../../src/client/fetcher/fetcher.js';
import type { FetchedChunk } from '../../src/client/fetcher/fetched-chunk.js';

/** The values of a chunk as texts. */
export function valuesOf(chunk: FetchedChunk): string[] {
  const values: string[] = [];
  chunk.forEachRecord((record) => values.push(record.buffer.toString('utf8', record.valueStart, record.valueEnd)));
  return values;
}

/** Everything until the fetcher ends, by partition, in the order in which it came. */
export async function readToEnd(fetcher: Fetcher): Promise<string[][]> {
  const read: string[][] = [];
  for await (const chunk of fetcher) (read[chunk.partition] ??= []).push(...valuesOf(chunk));
  await fetcher.close();
  return read;
}
