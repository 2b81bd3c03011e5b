import type { Broker, Cluster, DirectAccess, RequestOptions } from '../../../src/client/cluster.js';
import type { AnyMessage, RequestBody, ResponseBody } from '../../../src/protocol/message.js';

/** One request that reached the fake. */
export interface Call {
  readonly message: AnyMessage;
  readonly body: unknown;
  readonly options: RequestOptions;
}

type Answer<M extends AnyMessage> = (body: RequestBody<M>, options: RequestOptions) => ResponseBody<M> | Promise<ResponseBody<M>>;

/**
 * A cluster that answers from functions, one a message, and remembers what it was asked. A request nobody prepared an answer
 * for is an error that names it.
 */
export class FakeCluster implements Cluster {
  readonly calls: Call[] = [];
  readonly live: Broker[] = [];
  closed = false;
  private readonly answers = new Map<string, (body: unknown, options: RequestOptions) => unknown>();

  /** A cluster with brokers of these ids. */
  constructor(...brokerIds: readonly number[]) {
    for (const id of brokerIds) this.live.push({ id, host: `broker-${id}`, port: 9092, rack: null });
  }

  /** Prepares the answer to a message, in place of an earlier one. */
  answer<M extends AnyMessage>(message: M, answer: Answer<M>): this {
    // The map holds answers to messages of every type; request() looks up the one of its own message.
    this.answers.set(message.name, answer as (body: unknown, options: RequestOptions) => unknown);
    return this;
  }

  async request<M extends AnyMessage>(message: M, body: RequestBody<M>, options: RequestOptions<M> = {}): Promise<ResponseBody<M>> {
    this.calls.push({ message, body, options: options as RequestOptions });
    const answer = this.answers.get(message.name);
    if (answer === undefined) throw new Error(`the fake cluster has no answer to ${message.name}`);
    await Promise.resolve(); // a real cluster never answers before its caller goes on
    return (await answer(body, options as RequestOptions)) as ResponseBody<M>; // see answer()
  }

  /** The bodies of every request of one message, in order. */
  bodies<M extends AnyMessage>(message: M): RequestBody<M>[] {
    return this.calls.filter((call) => call.message.name === message.name).map((call) => call.body as RequestBody<M>); // same message
  }

  /** Names of the messages that were sent, in order. */
  get sent(): string[] {
    return this.calls.map((call) => call.message.name);
  }

  brokers(): Promise<readonly Broker[]> {
    return Promise.resolve(this.live);
  }

  get direct(): DirectAccess {
    throw new Error('the fake cluster has no connections');
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}
