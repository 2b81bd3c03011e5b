import type { AnyMessage, RequestBody, ResponseBody } from '../protocol/message.js';

/** Limits of one request. */
export interface RequestOptions {
  /** Node id of the broker to ask; required by messages whose route is `broker`. */
  broker?: number;
  /** Milliseconds for the whole request, retries included. Default: the cluster's `requestTimeoutMs`-derived deadline. */
  timeoutMs?: number;
  signal?: AbortSignal;
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
  request<M extends AnyMessage>(message: M, body: RequestBody<M>, options?: RequestOptions): Promise<ResponseBody<M>>;
  /** The live brokers, sorted by id. */
  brokers(): Promise<readonly Broker[]>;
  /** Destroys every connection at once, long polls included. Safe to call twice. */
  close(): Promise<void>;
}
