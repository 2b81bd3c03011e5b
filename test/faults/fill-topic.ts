import type { World } from './world.js';

export interface FillOptions {
  readonly lines: number;
  /** Length of each value; unset: as short as it can be. */
  readonly bytes?: number;
  /** Number of the first line. */
  readonly first?: number;
}

/** Writes numbered lines, evenly over the partitions. */
export async function fillTopic(world: World, topic: string, { lines, bytes = 0, first = 1 }: FillOptions): Promise<void> {
  const client = await world.startKafkit(['console', 'produce', topic, '--partitioner', 'round-robin', '--quiet'], 60_000);
  const pad = 'x'.repeat(Math.max(0, bytes - topic.length - 8));
  const lineOf = (number: number): string => (pad === '' ? `${topic} ${number}\n` : `${topic} ${pad} ${number}\n`);
  client.running.stdin.end(Array.from({ length: lines }, (_, index) => lineOf(first + index)).join(''));
  const outcome = await client.outcome;
  if (outcome.code !== 0) throw new Error(`cannot fill ${topic}: ${outcome.stderr}`);
}
