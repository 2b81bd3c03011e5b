import type { Address } from '../core/address.js';
import type { ConnectionSettings } from '../core/connection-settings.js';
import type { AnyMessage, CoordinatorType, RequestBody, ResponseBody } from '../protocol/message.js';
import { FindCoordinator } from '../protocol/messages/find-coordinator.js';
import { Metadata } from '../protocol/messages/metadata.js';
import type { BrokerConnection } from './broker-connection.js';
import { brokerError, lookupRight } from './broker-error.js';
import type { Broker, Cluster, DirectAccess, Limits, RequestOptions } from './cluster.js';
import { ConnectionError, UnknownBroker } from './connection-error.js';
import { listAddresses } from './list-addresses.js';
import { ConnectionPool } from './connection-pool.js';
import type { ConnectionWatch, Purpose } from './connection-watch.js';
import { Coordinators } from './coordinators.js';
import { MetadataCache } from './metadata-cache.js';
import { type Pace, realPace } from './pace.js';
import { type LoopTools, type Remaining, RequestLoop } from './request-loop.js';
import type { TopicMetadata } from './topic-metadata.js';
import { Waits } from './waits.js';

export interface OpenClusterOptions {
  /** Ends requests that bring no signal of their own; connections stay open for cleaning up, until `close()`. */
  readonly signal: AbortSignal;
  readonly debug?: ((message: string) => void) | undefined;
  /** Highest version to use by API key: lets tests see a newer broker as an older one. */
  readonly versionCaps?: ReadonlyMap<number, number>;
  readonly pace?: Pace;
  /** Told the cluster's id by every answer that names it. */
  readonly onIdentity?: ((clusterId: string) => void) | undefined;
  /** Waits for a cluster that was never reached as long as for one that went away; else that is told soon. */
  readonly patient?: boolean;
  readonly watch?: ConnectionWatch | undefined;
}

/** A cluster behind its bootstrap addresses. Nothing is sent before the first request; what it throws, the first request throws. */
export function openCluster(settings: ConnectionSettings, options: OpenClusterOptions): Cluster {
  return new LiveCluster(settings, options);
}

class LiveCluster implements Cluster, DirectAccess {
  readonly settings: ConnectionSettings;
  readonly direct: DirectAccess = this;
  readonly waits = new Waits();
  private readonly options: OpenClusterOptions;
  private readonly pool: ConnectionPool;
  private readonly metadata: MetadataCache;
  private readonly coordinators: Coordinators;
  private readonly tools: LoopTools;

  constructor(settings: ConnectionSettings, options: OpenClusterOptions) {
    const { debug = () => {}, versionCaps, pace = realPace, patient = false } = options;
    this.settings = settings;
    this.options = options;
    this.pool = new ConnectionPool({
      settings,
      debug,
      versionCaps,
      watch: options.watch,
      nodeAt: (address) => this.nodeAt(address),
    });
    this.waits.add((now) => this.pool.waits.list(now));
    this.metadata = new MetadataCache((body) => this.request(Metadata, body), {
      maxAgeMs: settings.metadataMaxAgeMs,
      now: () => pace.now(),
      source: listAddresses(settings.bootstrap),
    });
    this.coordinators = new Coordinators((broker) => this.metadata.learn(broker));
    this.tools = {
      settings,
      pace,
      debug,
      metadata: this.metadata,
      coordinators: this.coordinators,
      waits: this.waits,
      connection: (broker, limits) => this.control(broker, limits),
      askCoordinator: (limits) => (body) => this.request(FindCoordinator, body, limits),
      contact: { answered: false, failures: 0, patient },
    };
  }

  async request<M extends AnyMessage>(message: M, body: RequestBody<M>, options: RequestOptions<M> = {}): Promise<ResponseBody<M>> {
    const signal = options.signal ?? this.options.signal;
    // The loop treats bodies of any message alike; what it returns was decoded by this message.
    const loop = new RequestLoop(message, body, { ...options, signal } as RequestOptions & { signal: AbortSignal }, this.tools);
    const response = (await loop.run()) as ResponseBody<M>;
    if (message.name === Metadata.name) this.absorb(response);
    return response;
  }

  private absorb(answer: ResponseBody<typeof Metadata>): void {
    this.metadata.absorb(answer);
    if (answer.clusterId !== null) this.options.onIdentity?.(answer.clusterId);
  }

  brokers(): Promise<readonly Broker[]> {
    return this.metadata.brokers(this.limits());
  }

  async connection(broker: number, purpose: Purpose, limits?: Limits): Promise<BrokerConnection> {
    const bounded = this.limits(limits);
    const at = await this.metadata.broker(broker, bounded);
    if (at === undefined) {
      const text = `broker ${broker} is not one of the live brokers of the cluster`;
      throw new UnknownBroker('connection', text, { address: `broker ${broker}`, sent: false });
    }
    return this.pool.get(at, purpose, bounded).catch((error: unknown) => {
      throw withAdvertisedHint(error, at, this.settings.bootstrap);
    });
  }

  async topics(
    names: readonly string[],
    options: Limits & { readonly refresh?: boolean } = {},
  ): Promise<ReadonlyMap<string, TopicMetadata>> {
    if (options.refresh === true) this.metadata.forgetTopics(names);
    return this.metadata.describe(names, this.limits(options));
  }

  async coordinator(type: CoordinatorType, key: string, options: Limits & { readonly refresh?: boolean } = {}): Promise<number> {
    if (options.refresh === true) this.coordinators.forget(type, key);
    const limits = this.limits(options);
    const found = (await this.coordinators.find(type, [key], this.tools.askCoordinator(limits))).get(key);
    if (found?.broker !== undefined) return found.broker;
    throw lookupRight(brokerError(found?.code ?? 15, found?.message, `cannot find the coordinator of ${type} '${key}'`), key);
  }

  close(): Promise<void> {
    this.pool.close();
    return Promise.resolve();
  }

  private limits(limits: Limits = {}): Remaining {
    return { timeoutMs: limits.timeoutMs ?? this.settings.apiTimeoutMs, signal: limits.signal ?? this.options.signal };
  }

  /** Java numbers the bootstrap addresses -1, -2, ... until it knows the brokers. */
  private nodeAt({ host, port }: Address): number {
    const isHere = (other: Address): boolean => other.host === host && other.port === port;
    return this.metadata.nodeAt({ host, port }) ?? -1 - Math.max(0, this.settings.bootstrap.findIndex(isHere));
  }

  private control(broker: number | 'any', limits: Remaining): Promise<BrokerConnection> {
    if (broker !== 'any') return this.connection(broker, 'control', limits);
    return this.pool.any([...this.metadata.addresses(), ...this.settings.bootstrap], limits);
  }
}

/**
 * A broker that the cluster names and we cannot reach often just calls itself something only the cluster understands. The text
 * says so where nobody has given that address, since a hint is not shown everywhere that a reason is.
 */
function withAdvertisedHint(error: unknown, { id, host, port }: Broker, bootstrap: readonly Address[]): unknown {
  if (!(error instanceof ConnectionError)) return error;
  const { address, sent, cause } = error;
  const isGiven = bootstrap.some((given) => given.host === host && given.port === port);
  const message = isGiven ? error.message : `${error.message} (broker ${id} is there by its advertised.listeners)`;
  const own = `the cluster says that broker ${id} is at ${host}:${port} (its advertised.listeners); it must be reachable from here`;
  const hint = error.hint ?? own;
  return new ConnectionError(error.code === 'timeout' ? 'timeout' : 'connection', message, { address, sent, hint, cause });
}
