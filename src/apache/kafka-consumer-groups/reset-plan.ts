import type { OffsetPlace } from '../../client/offsets.js';
import type { TopicPartition } from '../../protocol/message.js';
import { parseDateTime } from '../java/date-time.js';
import { parseJavaDuration, timeBefore } from '../java/duration.js';
import { partitionHashOrder } from '../java/hash-order.js';
import { JavaError } from '../java/java-error.js';
import { runtimeException } from '../java/runtime-exception.js';
import { clampOffsets } from './clamp-offsets.js';
import { illegalArgument, type GroupsRun } from './groups-run.js';
import type { NewOffset } from './new-offset.js';
import { scenarios } from './option-table.js';
import { readCommits } from './read-commits.js';
import { readLogOffsets } from './read-log-offsets.js';
import { readResetFile } from './reset-file.js';
import { checkPartitions, readScope } from './reset-scope.js';

/**
 * The new offsets of one group without members.
 *
 * @throws UsageError without a scope or scenario; JavaError where they cannot be worked out
 */
export async function planReset(run: GroupsRun, groupId: string): Promise<readonly NewOffset[]> {
  const { options } = run;
  const scope = await readScope(run, groupId);
  await checkPartitions(run, scope);
  const [toOffset] = options.longs('to-offset');
  const shiftBy = options.long('shift-by');
  const [toDatetime] = options.values('to-datetime');
  const byDuration = options.text('by-duration');
  if (toOffset !== undefined) {
    refuseRepeats(scope, String(toOffset));
    return clampOffsets(
      run,
      scope.map(({ topic, partition }) => ({ topic, partition, offset: toOffset })),
    );
  }
  if (options.has('to-earliest')) return placesIn(run, scope, { kind: 'earliest' });
  if (options.has('to-latest')) return placesIn(run, scope, { kind: 'latest' });
  if (shiftBy !== undefined) return shifted(run, groupId, { scope, shiftBy });
  if (toDatetime !== undefined) return atTime(run, scope, dateTimeOf(toDatetime));
  if (byDuration !== undefined) return atTime(run, scope, timeBefore(run.now(), parseJavaDuration(byDuration)));
  if (options.has('from-file')) return fromFile(run, groupId);
  if (options.has('to-current')) return current(run, groupId, scope);
  const names = scenarios.map((name) => `[${name}]`).join(', ');
  throw illegalArgument(run, `Option '[reset-offsets]' requires one of the following scenarios: [${names}]`);
}

async function placesIn(run: GroupsRun, scope: readonly TopicPartition[], at: OffsetPlace): Promise<NewOffset[]> {
  const spec = `org.apache.kafka.clients.admin.OffsetSpec$${at.kind === 'earliest' ? 'Earliest' : 'Latest'}Spec@1`;
  refuseRepeats(scope, spec);
  const offsets = await readLogOffsets(run, scope, at);
  return scope.flatMap((place) => withOffset(place, offsets.get(keyOf(place))));
}

async function shifted(
  run: GroupsRun,
  groupId: string,
  { scope, shiftBy }: { readonly scope: readonly TopicPartition[]; readonly shiftBy: bigint },
): Promise<NewOffset[]> {
  const committed = await committedOf(run, groupId);
  const requested = eachOnce(
    scope,
    ({ topic, partition }) => {
      const offset = committed.get(keyOf({ topic, partition }));
      // As Java adds 64-bit numbers.
      if (offset !== undefined) return { topic, partition, offset: BigInt.asIntN(64, offset + shiftBy) };
      const message = `Cannot shift offset for partition ${nameOf({ topic, partition })} since there is no current committed offset`;
      throw illegalArgument(run, message);
    },
    ({ offset }) => offset,
  );
  return clampOffsets(run, requested);
}

function dateTimeOf(text: string): bigint {
  try {
    return BigInt(parseDateTime(text));
  } catch (error) {
    throw error instanceof JavaError ? runtimeException(error) : error;
  }
}

async function atTime(run: GroupsRun, scope: readonly TopicPartition[], ms: bigint): Promise<NewOffset[]> {
  refuseRepeats(scope, 'org.apache.kafka.clients.admin.OffsetSpec$TimestampSpec@1');
  const found = await readLogOffsets(run, scope, { kind: 'timestamp', ms });
  const later = partitionHashOrder(scope.filter((place) => !found.has(keyOf(place))));
  for (const { topic, partition } of later)
    run.out(`\nWarn: Partition ${partition} from topic ${topic} is empty. Falling back to latest known offset.\n`);
  const ends = await readLogOffsets(run, later, { kind: 'latest' });
  return scope.flatMap((place) => withOffset(place, found.get(keyOf(place)) ?? ends.get(keyOf(place))));
}

async function fromFile(run: GroupsRun, groupId: string): Promise<NewOffset[]> {
  const given = readResetFile(run).get(groupId);
  if (given !== undefined) return clampOffsets(run, given);
  run.printError(`No reset plan for group ${groupId} found`);
  return [];
}

async function current(run: GroupsRun, groupId: string, scope: readonly TopicPartition[]): Promise<NewOffset[]> {
  const committed = await committedOf(run, groupId);
  const kept = eachOnce(
    scope.filter((place) => committed.has(keyOf(place))),
    ({ topic, partition }) => {
      const offset = committed.get(keyOf({ topic, partition }));
      if (offset !== undefined) return { topic, partition, offset };
      const text = `Expected a valid current offset for topic partition: ${nameOf({ topic, partition })}`;
      throw new JavaError('java.lang.IllegalStateException', text);
    },
    ({ offset }) => `OffsetAndMetadata{offset=${offset}, leaderEpoch=null, metadata=''}`,
  );
  const others = scope.filter((place) => !committed.has(keyOf(place)));
  return [...kept, ...(await placesIn(run, others, { kind: 'latest' }))];
}

/** By partition; undefined for a commit below zero. */
async function committedOf(run: GroupsRun, groupId: string): Promise<ReadonlyMap<string, bigint | undefined>> {
  const commits = (await readCommits(run, [groupId])).get(groupId) ?? [];
  return new Map(commits.map((commit) => [keyOf(commit), commit.committed?.offset]));
}

/** A value for each partition, as Java's `Collectors.toMap` makes it: of several faults the first is told, a partition named twice too. */
function eachOnce<T>(
  places: readonly TopicPartition[],
  valueOf: (place: TopicPartition) => T,
  describe: (value: T) => string | bigint,
): T[] {
  const seen = new Map<string, T>();
  for (const place of places) {
    const before = seen.get(keyOf(place));
    const value = valueOf(place);
    if (before !== undefined) {
      const text = `Duplicate key ${nameOf(place)} (attempted merging values ${describe(before)} and ${describe(value)})`;
      throw new JavaError('java.lang.IllegalStateException', text);
    }
    seen.set(keyOf(place), value);
  }
  return [...seen.values()];
}

function refuseRepeats(places: readonly TopicPartition[], text: string): void {
  eachOnce(
    places,
    () => text,
    (value) => value,
  );
}

function withOffset({ topic, partition }: TopicPartition, offset: bigint | undefined): NewOffset[] {
  return offset === undefined ? [] : [{ topic, partition, offset }];
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic} ${partition}`;
}

function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}
