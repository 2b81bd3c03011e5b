import { CliError } from '../../core/errors.js';
import { ListGroups } from '../../protocol/messages/list-groups.js';
import { brokerError } from '../broker-error.js';
import type { Broker, Cluster, Limits } from '../cluster.js';

/** One group as its coordinator lists it. */
export interface ListedGroup {
  readonly groupId: string;
  /** `consumer` for groups that consume; empty for groups that only commit offsets ("simple" ones). */
  readonly protocolType: string;
  /** `Stable`, `Empty`, `PreparingRebalance`, ...; empty where the broker is older than 2.6 (KIP-518). */
  readonly state: string;
  /** `classic`, `consumer`, `share` or `streams`; `classic` where the broker is older than 3.8. */
  readonly type: string;
  /** Node id of the coordinator. */
  readonly coordinator: number;
}

export interface GroupFilter {
  /** State names as Kafka spells them; all when absent. */
  readonly states?: readonly string[];
  /** Type names in lower case; all when absent. */
  readonly types?: readonly string[];
}

/** Every group that could be listed, and the brokers that did not answer. */
export interface GroupListing {
  readonly groups: readonly ListedGroup[];
  readonly failures: readonly { readonly broker: Broker; readonly error: CliError }[];
}

/**
 * Lists the groups of all brokers, asked side by side; sorted by group id. A broker that fails is in `failures`, so that an
 * outage of one does not hide the groups of the others.
 */
export async function listGroups(cluster: Cluster, filter: GroupFilter = {}, limits: Limits = {}): Promise<GroupListing> {
  const brokers = await cluster.brokers();
  const answers = await Promise.all(brokers.map((broker) => listOne(cluster, broker, filter, limits)));
  // A coordinator that moves meanwhile can have a group listed twice.
  const groups = new Map(answers.flatMap(({ groups: listed }) => listed).map((group) => [group.groupId, group]));
  return {
    groups: [...groups.values()].sort((left, right) => (left.groupId < right.groupId ? -1 : 1)),
    failures: answers.flatMap(({ broker, error }) => (error === undefined ? [] : [{ broker, error }])),
  };
}

interface Answer {
  readonly broker: Broker;
  readonly groups: readonly ListedGroup[];
  readonly error?: CliError;
}

async function listOne(
  cluster: Cluster,
  broker: Broker,
  { states = [], types = [] }: GroupFilter,
  limits: Limits,
): Promise<Answer> {
  try {
    const body = { statesFilter: states, typesFilter: types };
    const response = await cluster.request(ListGroups, body, { ...limits, broker: broker.id });
    if (response.errorCode !== 0) {
      throw brokerError(response.errorCode, undefined, `cannot list the groups of broker ${broker.id}`);
    }
    const groups = response.groups.map(({ groupId, protocolType, groupState, groupType }) => ({
      groupId,
      protocolType,
      state: groupState,
      type: groupType === '' ? 'classic' : groupType.toLowerCase(),
      coordinator: broker.id,
    }));
    return { broker, groups };
  } catch (error) {
    if (!(error instanceof CliError) || error.code === 'aborted') throw error;
    return { broker, groups: [], error };
  }
}
