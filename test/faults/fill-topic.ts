import type { World } from './world.js';

/** Writes numbered lines, evenly over the partitions, each padded to `bytes` where that is given. */
export async function fillTopic(world: World, topic: string, lines: number, bytes = 0): Promise<void> {
  const client = await world.startKafkit(['console', 'produce', topic, '--partitioner', 'round-robin', '--quiet'], 60_000);
  const pad = 'x'.repeat(Math.max(0, bytes - topic.length - 8));
  const lineOf = (number: number): string => (pad === '' ? `${topic} ${number}\n` : `${topic} ${pad} ${number}\n`);
  client.running.stdin.end(Array.from({ length: lines }, (_, index) => lineOf(index + 1)).join(''));
  const outcome = await client.outcome;
  if (outcome.code !== 0) throw new Error(`cannot fill ${topic}: ${outcome.stderr}`);
}
