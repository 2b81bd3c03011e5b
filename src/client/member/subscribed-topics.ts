import type { TopicLayout } from '../../core/assignors/assignor.js';
import { errorCode } from '../../protocol/errors.js';
import type { Cluster, Limits } from '../cluster.js';
import { brokerError } from '../broker-error.js';
import { describeTopics, listTopics } from '../metadata.js';
import type { TopicMetadata } from '../topic-metadata.js';

/** What the member wants to read: named topics, or every topic whose whole name matches. */
export interface Interest {
  readonly topics?: readonly string[] | undefined;
  readonly pattern?: RegExp | undefined;
  /** Lets a pattern match Kafka's internal topics, too. */
  readonly includeInternal?: boolean | undefined;
}

/** Whether a topic is wanted. */
export function isWanted({ topics, pattern }: Interest, name: string): boolean {
  if (pattern === undefined) return topics?.includes(name) ?? false;
  const whole = new RegExp(`^(?:${pattern.source})$`, pattern.flags.replace(/[gy]/g, ''));
  return whole.test(name);
}

// A member that is not told of these would wait for ever; a topic that is not there yet may come.
const final: ReadonlySet<number> = new Set([errorCode.INVALID_TOPIC_EXCEPTION, errorCode.TOPIC_AUTHORIZATION_FAILED]);

/**
 * The topics to subscribe to now, sorted: names as they are given, a pattern by the topics there are.
 *
 * @throws BrokerError for a named topic that can never be read: its name is none, or it must not be seen
 */
export async function resolveTopics(cluster: Cluster, interest: Interest, limits: Limits): Promise<readonly string[]> {
  if (interest.pattern === undefined) {
    const names = [...new Set(interest.topics)].sort();
    const refused = [...(await cluster.direct.topics(names, limits)).values()].find((topic) => final.has(topic.errorCode));
    if (refused === undefined) return names;
    throw brokerError(refused.errorCode, undefined, `cannot read topic '${refused.name}'`)
      .withTopic(refused.name)
      .needing('Read', `topic '${refused.name}'`);
  }
  const all = await listTopics(cluster, limits);
  const open = all.filter(({ internal }) => interest.includeInternal === true || !internal);
  return open.filter(({ name }) => isWanted(interest, name)).map(({ name }) => name);
}

/** The partitions of topics, for an assignor; topics that are not there are left out. `withRacks` asks for replicas' racks. */
export async function layOutTopics(
  cluster: Cluster,
  names: readonly string[],
  options: Limits & { readonly withRacks: boolean },
): Promise<TopicLayout[]> {
  const racks = options.withRacks ? new Map((await cluster.brokers()).map(({ id, rack }) => [id, rack])) : new Map<number, null>();
  const present = (await describeTopics(cluster, names, options)).filter((topic) => topic.errorCode === errorCode.NONE);
  return present.map((topic) => layOut(topic, racks));
}

function layOut({ name, partitions }: TopicMetadata, racks: ReadonlyMap<number, string | null>): TopicLayout {
  return {
    name,
    partitions: partitions.map(({ partition, replicas }) => ({
      partition,
      racks: replicas.map((id) => racks.get(id) ?? null).filter((rack) => rack !== null),
    })),
  };
}

/** A text that changes when a topic among these comes, goes, or gets partitions. */
export function layoutFingerprint(layouts: readonly TopicLayout[]): string {
  return layouts
    .map(({ name, partitions }) => `${name} ${partitions.length}`)
    .sort()
    .join('\n');
}
