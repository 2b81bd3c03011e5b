import { expect, vi } from 'vitest';
import type { Fetcher } from '../../src/client/fetcher/fetcher.js';
import type { FetchedChunk } from '../../src/client/fetcher/fetched-chunk.js';
import { testProducer, textRecord } from './producer-run.js';

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

/** Writes each list of texts to the partition of its place, without doubling one when a broker is slow to answer. */
export async function fillPartitions(topic: string, lists: readonly (readonly string[])[], bootstrap?: string): Promise<void> {
  // Small batches, so that one answer does not hold everything.
  // A broker that has just come back may not have heard of a new topic.
  const open = () => testProducer({ topics: [topic], batchSize: 8000 }, bootstrap);
  const producer = await vi.waitFor(open, { timeout: 10_000, interval: 100 });
  for (const [partition, values] of lists.entries()) {
    for (const value of values) await producer.append(topic, textRecord(null, value, { partition }));
  }
  const { failed, acknowledged } = await producer.close();
  expect({ failed, acknowledged }).toEqual({ failed: 0, acknowledged: lists.flat().length });
}
