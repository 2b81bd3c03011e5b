import type { AssignorName } from '../../core/assignors/assignor.js';
import type { CliError } from '../../core/errors.js';
import type { TopicPartition } from '../../protocol/message.js';
import type { FetchEvent, FetchSettings, LogPlace } from '../fetcher/fetcher-options.js';
import type { Pace } from '../pace.js';

/** Something that happened to the member; for logs and messages, nothing has to be done about it. */
export type MemberEvent =
  | FetchEvent
  /** Joins, or joins again because of `reason`. */
  | { readonly kind: 'joining'; readonly reason: string }
  /** The rebalance is over for this member: all that it now owns, and what of it is new. */
  | {
      readonly kind: 'assigned';
      readonly owned: readonly TopicPartition[];
      readonly added: readonly TopicPartition[];
      readonly memberId: string;
      /** Generation of the classic protocol, member epoch of the new one. */
      readonly generation: number;
    }
  /** Partitions were given up in order, after `onRevoke`. */
  | { readonly kind: 'revoked'; readonly partitions: readonly TopicPartition[]; readonly reason: string }
  /** The group went on without this member: others may read the partitions already, and commits would be refused. */
  | { readonly kind: 'lost'; readonly partitions: readonly TopicPartition[]; readonly reason: string }
  /** A passing failure of the coordinator. */
  | { readonly kind: 'trouble'; readonly error: CliError };

/** What to read of a group, and how. Times are milliseconds. */
export interface MemberOptions extends Omit<FetchSettings, 'onEvent' | 'outOfRange' | 'missing'> {
  readonly groupId: string;
  /** Topics to subscribe to; or, instead, `pattern`. */
  readonly topics?: readonly string[] | undefined;
  /** Subscribes to every topic whose whole name matches, present and future; Kafka's internal topics never, unless they are included. */
  readonly pattern?: RegExp | undefined;
  readonly includeInternal?: boolean | undefined;
  /** `consumer` is the protocol of KIP-848, for brokers from 4.0 on. */
  readonly protocol?: 'classic' | 'consumer' | undefined;
  /** Classic protocol: in order of preference. Default: those of Kafka's consumer, range and cooperative-sticky. */
  readonly assignors?: readonly AssignorName[] | undefined;
  /** New protocol: the broker's assignor, such as `uniform` or `range`; the broker chooses where absent. */
  readonly serverAssignor?: string | undefined;
  /** Makes the member static (KIP-345): closing does not give its partitions away until the session ends. */
  readonly groupInstanceId?: string | undefined;
  readonly sessionTimeoutMs?: number | undefined;
  readonly heartbeatIntervalMs?: number | undefined;
  /** How long the caller may take between two calls of `next` before the group goes on without it (`max.poll.interval.ms`). */
  readonly rebalanceTimeoutMs?: number | undefined;
  /** Where to start without a committed offset, and where to go on when the log no longer holds it. */
  readonly autoOffsetReset?: LogPlace | 'none' | undefined;
  /** How often to look for new topics and partitions. */
  readonly metadataRefreshMs?: number | undefined;
  /**
   * The last chance to commit these partitions: they go to other members when it resolves. Called while a call of `next` is
   * waiting, so that nothing is half done.
   */
  readonly onRevoke?: ((partitions: readonly TopicPartition[]) => Promise<void>) | undefined;
  readonly onEvent?: ((event: MemberEvent) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Clock and timers; tests bring their own. */
  readonly pace?: Pace | undefined;
}

/** What the two group protocols need to know of the options, defaults filled in. */
export interface MembershipSettings {
  readonly groupId: string;
  readonly assignors: readonly AssignorName[];
  readonly serverAssignor: string | null;
  readonly groupInstanceId: string | null;
  readonly rack: string | null;
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly metadataRefreshMs: number;
}

/** Fills in the defaults, which are those of Kafka's consumer. */
export function resolveMembershipSettings(options: MemberOptions, metadataMaxAgeMs: number): MembershipSettings {
  return {
    groupId: options.groupId,
    assignors: options.assignors ?? ['range', 'cooperative-sticky'],
    serverAssignor: options.serverAssignor ?? null,
    groupInstanceId: options.groupInstanceId ?? null,
    rack: options.rack === undefined || options.rack === '' ? null : options.rack,
    sessionTimeoutMs: options.sessionTimeoutMs ?? 45_000,
    heartbeatIntervalMs: options.heartbeatIntervalMs ?? 3000,
    rebalanceTimeoutMs: options.rebalanceTimeoutMs ?? 300_000,
    metadataRefreshMs: options.metadataRefreshMs ?? metadataMaxAgeMs,
  };
}
