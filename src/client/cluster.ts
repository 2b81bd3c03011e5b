import type { ConnectionSettings } from '../core/connection-settings.js';
import type { AnyMessage, CoordinatorType, RequestBody, ResponseBody, TopicPartition } from '../protocol/message.js';
import type { BrokerConnection } from './broker-connection.js';
import type { Purpose } from './connection-watch.js';
import type { TopicMetadata } from './topic-metadata.js';
import type { Waits } from './waits.js';

/** How long a piece of work may take, and what cuts it short. */
export interface Limits {
  /** Milliseconds for the whole, retries included. Default: `default.api.timeout.ms` of the settings. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Limits of one request, and what its caller knows about repeating it. */
export interface RequestOptions<M extends AnyMessage = AnyMessage> extends Limits {
  /** Node id of the broker to ask; required by messages whose route is `broker`. */
  readonly broker?: number | undefined;
  /**
   * Whether asking twice does no more than asking once, so that a request whose answer was lost may be sent again. Default:
   * false for messages that create, cut or delete something by name (`retry-policy.ts`), true for all others.
   */
  readonly repeatable?: boolean | undefined;
  /** Uses no newer version than this. */
  readonly atMost?: number | undefined;
  /**
   * Puts an error code into every item of a request that no broker could answer (its leader or coordinator was missing or out
   * of reach until the deadline), so that one lost broker does not cost the answers of the others. Without it the whole
   * request fails with the connection's error.
   */
  readonly unanswered?: ((body: RequestBody<M>, code: number) => ResponseBody<M>) | undefined;
  /** Is told of each item whose leader or coordinator could not be found, with how often it was looked for. */
  readonly onStranded?: ((key: TopicPartition | string, attempts: number) => void) | undefined;
  /** Looks for a partition that is unknown, or has no leader, for as long as the request may take. Default: for a moment. */
  readonly seekUntilDeadline?: boolean | undefined;
}

/** One broker as the cluster's metadata names it. */
export interface Broker {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
}

/**
 * A connected Kafka cluster. The subject modules (`client/topics.ts`, `client/configs.ts`, ...) are functions that take one;
 * tests hand in a fake that answers `request`.
 */
export interface Cluster {
  /**
   * Sends one request where its route says, split by leader or coordinator where needed, retried until the deadline while the
   * answer is retriable. Item errors that remain are left in the response for the caller.
   *
   * @throws CliError `connection`, `timeout`, `authentication`, `unsupported` (no common version) or `aborted`
   */
  request<M extends AnyMessage>(message: M, body: RequestBody<M>, options?: RequestOptions<M>): Promise<ResponseBody<M>>;
  /** The live brokers, sorted by id. */
  brokers(): Promise<readonly Broker[]>;
  /** For work that keeps its own connections and retries: producer, fetcher, group member. */
  readonly direct: DirectAccess;
  /** Destroys every connection at once, long polls included. Safe to call twice. */
  close(): Promise<void>;
}

/** The layer below `request`: no retries, one broker at a time. */
export interface DirectAccess {
  readonly settings: ConnectionSettings;
  /** What is waited for; whoever keeps retries of its own adds what it waits for. Absent where nobody can ask. */
  readonly waits?: Waits | undefined;
  /**
   * The open connection to a broker for one purpose, opened (under one shared promise) where there is none. Ask for it before
   * every request: a broken, idle or expired connection is replaced here and nowhere else.
   *
   * @throws CliError `connection` also when metadata does not know the broker
   */
  connection(broker: number, purpose: Purpose, limits?: Limits): Promise<BrokerConnection>;
  /**
   * What the cluster says about these topics, from the cache while it is younger than `metadata.max.age.ms`. A topic with an
   * error is in the answer with its `errorCode`; unknown topics are not cached.
   */
  topics(names: readonly string[], options?: Limits & { readonly refresh?: boolean }): Promise<ReadonlyMap<string, TopicMetadata>>;
  /** Node id of the coordinator of a group or transactional id; `refresh` after it said that it is not. */
  coordinator(type: CoordinatorType, key: string, options?: Limits & { readonly refresh?: boolean }): Promise<number>;
}
