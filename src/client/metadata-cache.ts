import { type Address, formatAddress } from '../core/address.js';
import type { RequestBody, ResponseBody } from '../protocol/message.js';
import type { Metadata } from '../protocol/messages/metadata.js';
import type { Broker } from './cluster.js';
import { type TopicMetadata, topicsOf } from './topic-metadata.js';
import { type WaitLimits, within } from './within.js';

type Load = (body: RequestBody<typeof Metadata>) => Promise<ResponseBody<typeof Metadata>>;

interface Cached<T> {
  readonly value: T;
  readonly at: number;
}

/** What the cluster last said about itself; `source` names it in messages. Errors of single topics and partitions are data here, never failures. */
export class MetadataCache {
  private readonly load: Load;
  private readonly maxAgeMs: number;
  private readonly now: () => number;
  private readonly source: string;
  private readonly known = new Map<number, Broker>();
  private cluster: Cached<{ controller: number | undefined; id: string | null }> | undefined;
  private readonly topics = new Map<string, Cached<TopicMetadata>>();
  private readonly loading = new Map<string, Promise<unknown>>();

  constructor(load: Load, options: { maxAgeMs: number; now: () => number; source?: string }) {
    this.load = load;
    this.maxAgeMs = options.maxAgeMs;
    this.now = options.now;
    this.source = options.source ?? 'the cluster';
  }

  /** The brokers of the last answer, sorted by id; asked for where there is none. */
  async brokers(limits: WaitLimits): Promise<readonly Broker[]> {
    await this.ensureCluster(limits);
    return [...this.known.values()].sort((left, right) => left.id - right.id);
  }

  /** Where a broker is; read again when it is not known. */
  async broker(id: number, limits: WaitLimits): Promise<Broker | undefined> {
    if (!this.known.has(id)) {
      this.forgetCluster();
      await this.ensureCluster(limits);
    }
    return this.known.get(id);
  }

  /** Node id of the controller, or of the broker that stands in for it; undefined while there is none. */
  async controller(limits: WaitLimits): Promise<number | undefined> {
    await this.ensureCluster(limits);
    return this.cluster?.value.controller;
  }

  /** The named topics; those with an error are in the answer, but not kept. */
  async describe(names: readonly string[], limits: WaitLimits): Promise<ReadonlyMap<string, TopicMetadata>> {
    const wanted = [...new Set(names)].sort();
    const found = new Map<string, TopicMetadata>();
    const missing = wanted.filter((name) => {
      const cached = this.topics.get(name);
      if (cached === undefined || this.isOld(cached)) return true;
      found.set(name, cached.value);
      return false;
    });
    if (missing.length === 0) return found;
    const body = {
      topics: missing.map((name) => ({ name })),
      allowAutoTopicCreation: false,
      includeTopicAuthorizedOperations: false,
    };
    for (const topic of topicsOf(await this.ask(body, `topics ${missing.join(',')}`, limits))) found.set(topic.name, topic);
    return found;
  }

  /** Every address that a broker was ever seen at in the last answer. */
  addresses(): readonly Address[] {
    return [...this.known.values()];
  }

  /** Node id of the broker at an address, as far as any answer has said. */
  nodeAt(address: Address): number | undefined {
    const name = formatAddress(address);
    return [...this.known.values()].find((broker) => formatAddress(broker) === name)?.id;
  }

  /** Takes in an answer that somebody asked for. */
  absorb(body: ResponseBody<typeof Metadata>): void {
    if (body.errorCode !== 0) return;
    const at = this.now();
    if (body.brokers.length > 0) {
      this.known.clear();
      for (const { nodeId, host, port, rack } of body.brokers) this.known.set(nodeId, { id: nodeId, host, port, rack });
    }
    const controller = body.controllerId < 0 ? undefined : body.controllerId;
    this.cluster = { value: { controller, id: body.clusterId }, at };
    for (const topic of topicsOf(body)) {
      if (topic.errorCode === 0) this.topics.set(topic.name, { value: topic, at });
      else this.topics.delete(topic.name);
    }
  }

  /** Adds a broker that another answer (FindCoordinator) named. */
  learn(broker: Broker): void {
    const known = this.known.get(broker.id);
    if (known === undefined || formatAddress(known) !== formatAddress(broker)) this.known.set(broker.id, broker);
  }

  /** The next question about these topics goes to the cluster. */
  forgetTopics(names: Iterable<string>): void {
    for (const name of names) this.topics.delete(name);
  }

  /** The next question about brokers and controller goes to the cluster. */
  forgetCluster(): void {
    this.cluster = undefined;
  }

  private isOld({ at }: Cached<unknown>): boolean {
    return this.now() - at >= this.maxAgeMs;
  }

  private async ensureCluster(limits: WaitLimits): Promise<void> {
    if (this.cluster !== undefined && !this.isOld(this.cluster)) return;
    await this.ask({ topics: [], allowAutoTopicCreation: false, includeTopicAuthorizedOperations: false }, 'cluster', limits);
  }

  private ask(body: RequestBody<typeof Metadata>, key: string, limits: WaitLimits): Promise<ResponseBody<typeof Metadata>> {
    // The key stands for the body, so what is stored under it has this type.
    let work = this.loading.get(key) as ReturnType<Load> | undefined;
    if (work === undefined) {
      work = this.load(body).finally(() => this.loading.delete(key));
      this.loading.set(key, work);
    }
    return within(work, limits, `reading metadata of ${this.source}`);
  }
}
