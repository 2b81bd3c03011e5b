import { CliError } from '../core/errors.js';
import { errorCode } from '../protocol/errors.js';
import type { AnyMessage, CoordinatorType, TopicPartition } from '../protocol/message.js';
import type { AskCoordinator, Coordinators } from './coordinators.js';
import { type ItemCut, wholeId } from './item-cut.js';
import type { MetadataCache } from './metadata-cache.js';
import type { WaitLimits } from './within.js';

/** Which items go to which broker (a node id, or any), and which cannot go anywhere now. */
export interface Assignment {
  readonly groups: readonly { readonly broker: number | 'any'; readonly ids: ReadonlySet<string> }[];
  readonly stranded: ReadonlyMap<string, Stranded>;
}

/** Why no broker can be asked about an item. */
export interface Stranded {
  readonly code: number;
  readonly message?: string | null;
}

interface Sources {
  readonly metadata: MetadataCache;
  readonly coordinators: Coordinators;
  readonly askCoordinator: AskCoordinator;
}

/** Finds the broker for each item, as the message's route says. */
export async function assign(
  message: AnyMessage,
  cut: ItemCut,
  ids: readonly string[],
  { broker, sources, limits }: { broker: number | undefined; sources: Sources; limits: WaitLimits },
): Promise<Assignment> {
  const { route } = message;
  const isCut = cut.ids[0] !== wholeId;
  if (broker !== undefined) return allTo(broker, ids);
  if (route.to === 'broker') throw new CliError('protocol', `${message.name} needs a broker to go to`);
  if (route.to === 'controller') return allTo((await sources.metadata.controller(limits)) ?? 'any', ids);
  if (route.to === 'leader' && isCut) return toLeaders(cut, ids, sources.metadata, limits);
  if (route.to === 'coordinator' && isCut) return toCoordinators(route.type, ids, sources);
  return allTo('any', ids);
}

function allTo(broker: number | 'any', ids: readonly string[]): Assignment {
  return { groups: [{ broker, ids: new Set(ids) }], stranded: new Map() };
}

async function toLeaders(cut: ItemCut, ids: readonly string[], metadata: MetadataCache, limits: WaitLimits): Promise<Assignment> {
  // toLeaders() is only called for items that are partitions.
  const keys = new Map(ids.map((id) => [id, cut.key(id) as TopicPartition]));
  const topics = await metadata.describe(
    [...keys.values()].map(({ topic }) => topic),
    limits,
  );
  const sorting = new Sorting();
  for (const [id, { topic, partition }] of keys) {
    const found = topics.get(topic);
    const at = found?.partitions.find((candidate) => candidate.partition === partition);
    if (found !== undefined && found.errorCode !== 0) sorting.strand(id, { code: found.errorCode });
    else if (at === undefined) sorting.strand(id, { code: errorCode.UNKNOWN_TOPIC_OR_PARTITION });
    else if (at.leader === undefined) sorting.strand(id, { code: errorCode.LEADER_NOT_AVAILABLE });
    else sorting.send(id, at.leader);
  }
  return sorting.result();
}

async function toCoordinators(type: CoordinatorType, ids: readonly string[], sources: Sources): Promise<Assignment> {
  const found = await sources.coordinators.find(type, ids, sources.askCoordinator);
  const sorting = new Sorting();
  for (const id of ids) {
    const at = found.get(id);
    if (at === undefined) sorting.strand(id, { code: errorCode.COORDINATOR_NOT_AVAILABLE });
    else if (at.broker === undefined) sorting.strand(id, { code: at.code, message: at.message });
    else sorting.send(id, at.broker);
  }
  return sorting.result();
}

class Sorting {
  private readonly groups = new Map<number, Set<string>>();
  private readonly stranded = new Map<string, Stranded>();

  send(id: string, broker: number): void {
    const group = this.groups.get(broker);
    if (group === undefined) this.groups.set(broker, new Set([id]));
    else group.add(id);
  }

  strand(id: string, why: Stranded): void {
    this.stranded.set(id, why);
  }

  result(): Assignment {
    return { groups: [...this.groups].map(([broker, ids]) => ({ broker, ids })), stranded: this.stranded };
  }
}
