import type { ConnectionSettings } from '../core/connection-settings.js';
import { CliError } from '../core/errors.js';
import { errorCode, kafkaError } from '../protocol/errors.js';
import type { AnyMessage, TopicPartition } from '../protocol/message.js';
import type { BrokerConnection } from './broker-connection.js';
import { brokerError, lookupRight } from './broker-error.js';
import type { RequestOptions } from './cluster.js';
import { abortError, ClusterUnreachable, ConnectionError, UnknownBroker } from './connection-error.js';
import type { AskCoordinator, Coordinators } from './coordinators.js';
import { cutItems, type ItemCut, type Part } from './item-cut.js';
import { keepLostAnswers } from './lost-answers.js';
import type { MetadataCache } from './metadata-cache.js';
import { backoffMs, type Pace } from './pace.js';
import { isRepeatable, shouldRetry } from './retry-policy.js';
import { assign, type Stranded } from './targets.js';
import { requestWait } from './request-wait.js';
import type { Waits, Wait } from './waits.js';
import { UnreadableAnswer, unreadableAttempts } from './unreadable-answer.js';

/** What the loop works with; one for each cluster. */
export interface LoopTools {
  readonly settings: ConnectionSettings;
  readonly metadata: MetadataCache;
  readonly coordinators: Coordinators;
  readonly pace: Pace;
  readonly debug: (message: string) => void;
  connection(broker: number | 'any', limits: Remaining): Promise<BrokerConnection>;
  askCoordinator(limits: Remaining): AskCoordinator;
  /** Where to list what is waited for. */
  readonly waits?: Waits | undefined;
  /** What the requests of one cluster tell each other. */
  readonly contact: Contact;
}

/** Whether the cluster was ever reached. Until then a failure is reported soon: more likely a mistake than an outage. */
export interface Contact {
  answered: boolean;
  failures: number;
  /** Nothing is reported before the deadline. */
  readonly patient?: boolean;
}

/** What is left of a request's time. */
export interface Remaining {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** How the last attempt for one item ended. */
type Ending =
  | { readonly kind: 'answer'; readonly code: number; readonly response: unknown }
  | { readonly kind: 'stranded'; readonly code: number; readonly why: Stranded }
  | { readonly kind: 'failure'; readonly code: number; readonly error: ConnectionError };

/**
 * One request from its first attempt to its merged answer: items go to their brokers side by side, those whose error is
 * retriable are asked for again after a pause, and what is still open at the deadline keeps its last error.
 */
export class RequestLoop {
  private readonly message: AnyMessage;
  private readonly options: RequestOptions;
  private readonly tools: LoopTools;
  private readonly signal: AbortSignal;
  private readonly cut: ItemCut;
  private readonly repeatable: boolean;
  private readonly deadline: number;
  private readonly pending: Set<string>;
  private readonly endings = new Map<string, Ending>();
  private readonly since = new Map<string, { code: number; at: number }>();
  private readonly parts: Part[] = [];
  private readonly lostAnswers = new Map<string, CliError>();
  /** A request was written, whatever became of it. */
  private hasWritten = false;
  /** Answers that could not be read. */
  private unreadable = 0;
  /** When an item was to be asked for again first, on the clock of `performance.now()`. */
  private troubledSince: number | undefined;
  private attempts = 0;

  constructor(message: AnyMessage, body: unknown, options: RequestOptions & { signal: AbortSignal }, tools: LoopTools) {
    this.message = message;
    this.options = options;
    this.tools = tools;
    this.signal = options.signal;
    this.cut = cutItems(message, body);
    this.repeatable = options.repeatable ?? isRepeatable(message);
    this.deadline = tools.pace.now() + (options.timeoutMs ?? tools.settings.apiTimeoutMs);
    this.pending = new Set(this.cut.ids);
  }

  async run(): Promise<unknown> {
    const leave = this.tools.waits?.add((now) => this.wait(now));
    try {
      const response = await this.repeat();
      keepLostAnswers(response, this.lostAnswers);
      return response;
    } catch (error) {
      // One part that was not sent says nothing about those that were.
      if (!this.hasWritten || error instanceof ConnectionError || !(error instanceof CliError) || error.sent !== false) throw error;
      throw new CliError(error.code, error.message, { hint: error.hint, cause: error });
    } finally {
      leave?.();
    }
  }

  /** What the first item waits for that brokers have answered for; those that do not answer are known without it. */
  private *wait(now: number): Generator<Wait> {
    if (this.troubledSince === undefined) return;
    for (const id of this.pending) {
      const ending = this.endings.get(id);
      if (ending === undefined || ending.kind === 'failure') continue;
      yield requestWait(this.message, { key: this.cut.key(id), code: ending.code, forMs: now - this.troubledSince });
      return;
    }
  }

  private async repeat(): Promise<unknown> {
    const { pace, settings } = this.tools;
    for (let attempt = 0; ; attempt++) {
      if (this.signal.aborted) throw abortError(this.signal, this.lastFailure(), this.hasWritten ? undefined : false);
      await this.attempt();
      if (this.pending.size === 0) break;
      const pause = backoffMs(attempt, settings.retryBackoffMs, settings.retryBackoffMaxMs, pace.random());
      if (pace.now() + pause >= this.deadline) {
        for (const id of this.pending) this.giveUp(id);
        break;
      }
      this.refresh();
      await pace.sleep(pause, this.signal);
    }
    return this.cut.merge(this.parts);
  }

  private remaining(): Remaining {
    const timeoutMs = Math.max(1, this.deadline - this.tools.pace.now());
    return { timeoutMs, signal: this.signal };
  }

  private async attempt(): Promise<void> {
    const { metadata, coordinators } = this.tools;
    const limits = this.remaining();
    this.attempts += 1;
    const sources = { metadata, coordinators, askCoordinator: this.tools.askCoordinator(limits) };
    const { broker } = this.options;
    const assigning = assign(this.message, this.cut, [...this.pending], { broker, sources, limits });
    const assignment = await assigning.catch((error: unknown) => this.assignFailed(error));
    if (assignment === undefined) return;
    const { groups, stranded } = assignment;
    for (const [id, why] of stranded) this.end(id, { kind: 'stranded', code: why.code, why });
    await Promise.all(groups.map((group) => this.ask(group.broker, group.ids)));
  }

  /** A look-up that fails in a later attempt must not cost what the earlier ones have found out. */
  private assignFailed(error: unknown): undefined {
    const isKnown = [...this.pending].every((id) => this.endings.has(id));
    if (!isKnown || !(error instanceof ConnectionError)) throw error;
    this.tools.debug(error.message);
  }

  private async ask(broker: number | 'any', ids: ReadonlySet<string>): Promise<void> {
    try {
      const connection = await this.tools.connection(broker, this.remaining());
      const limit = this.cut.limit(connection.version(this.message));
      if (ids.size <= limit) return await this.send(connection, ids);
      // Asked one after another: a broker works on the requests of one connection in turn anyway.
      for (const chunk of chunks([...ids], limit)) await this.send(connection, new Set(chunk));
    } catch (error) {
      this.fail(ids, error);
    }
  }

  private async send(connection: BrokerConnection, ids: ReadonlySet<string>): Promise<void> {
    const request = this.cut.narrow(ids);
    const { timeoutMs, signal } = this.remaining();
    const requestMs = Math.min(timeoutMs, this.tools.settings.requestTimeoutMs);
    const limits = { timeoutMs: requestMs, signal, atMost: this.options.atMost };
    this.hasWritten = true;
    const response: unknown = await connection.send(this.message, request, limits);
    this.tools.contact.answered = true;
    const outcomes = this.cut.outcomes(response, request);
    const done = new Set<string>();
    for (const id of ids) {
      const code = outcomes.get(id) ?? 0;
      if (!this.end(id, { kind: 'answer', code, response })) done.add(id);
    }
    if (done.size > 0) this.parts.push({ response, ids: done });
  }

  private fail(ids: ReadonlySet<string>, problem: unknown): void {
    const error = problem instanceof UnreadableAnswer ? this.doubt(problem) : problem;
    if (!(error instanceof ConnectionError) || (error === problem && this.isFirstContact(error))) throw error;
    // Asked for by number: waiting for a broker that may not exist is not what the caller meant.
    if (error instanceof UnknownBroker && this.options.broker !== undefined) {
      throw new CliError('not-found', error.message, { hint: 'see which brokers lead partitions: kafkit topics describe' });
    }
    const code = error.code === 'timeout' ? errorCode.REQUEST_TIMED_OUT : errorCode.NETWORK_EXCEPTION;
    for (const id of ids) {
      if (!this.pending.has(id)) continue;
      // That time ran out while connecting says less than why the attempts before it failed.
      const before = this.endings.get(id);
      const isLastMoment = error.code === 'timeout' && !error.sent && before?.kind === 'failure';
      this.end(id, isLastMoment ? before : { kind: 'failure', code, error });
    }
  }

  private lastFailure(): string | undefined {
    for (const ending of this.endings.values()) if (ending.kind === 'failure') return ending.error.message;
    return undefined;
  }

  /** An answer that could not be read is as good as none, a few times. */
  private doubt(error: UnreadableAnswer): CliError {
    this.unreadable += 1;
    if (this.repeatable && this.unreadable >= unreadableAttempts) return error.lasting(this.unreadable);
    return new ConnectionError('connection', error.message, { address: error.source, sent: true, cause: error });
  }

  /** Before the first answer each bootstrap address gets one chance. */
  private isFirstContact(error: ConnectionError): boolean {
    const { contact, settings } = this.tools;
    contact.failures += 1;
    if (contact.answered || contact.patient === true) return false;
    return error instanceof ClusterUnreachable || contact.failures >= settings.bootstrap.length;
  }

  /** Notes how an item ended; true when it is to be asked for again, false when `ending` is its answer. */
  private end(id: string, ending: Ending): boolean {
    this.endings.set(id, ending);
    if (this.isOpen(id, ending)) {
      this.troubledSince ??= performance.now();
      this.tools.debug(`${this.message.name} again: ${kafkaError(ending.code).name}`);
      return true;
    }
    if (ending.kind === 'answer') this.pending.delete(id);
    else this.giveUp(id);
    return false;
  }

  private isOpen(id: string, ending: Ending): boolean {
    if (ending.kind === 'failure') return this.repeatable || !ending.error.sent;
    const now = this.tools.pace.now();
    const first = this.since.get(id);
    if (first?.code !== ending.code) this.since.set(id, { code: ending.code, at: now });
    const isPatient = ending.kind === 'stranded' && this.options.seekUntilDeadline === true;
    const elapsedMs = first?.code === ending.code && !isPatient ? now - first.at : 0;
    return shouldRetry(ending.code, { to: this.message.route.to, repeatable: this.repeatable, elapsedMs });
  }

  /** Settles an item without success: its last answer is kept, or an error put in its place. */
  private giveUp(id: string): void {
    this.pending.delete(id);
    const ids = new Set([id]);
    const ending = this.endings.get(id);
    if (ending === undefined) return;
    if (ending.kind === 'stranded') this.options.onStranded?.(this.cut.key(id), this.attempts);
    if (ending.kind === 'answer') this.parts.push({ response: ending.response, ids });
    else if (this.options.unanswered !== undefined) {
      if (ending.kind === 'failure') this.lostAnswers.set(id, ending.error);
      this.parts.push({ response: this.options.unanswered(this.cut.narrow(ids), ending.code), ids });
    } else throw ending.kind === 'failure' ? this.lost(ending.error) : this.strandedError(id, ending.why);
  }

  private lost(error: ConnectionError): CliError {
    if (this.repeatable || !error.sent) return error;
    const { address } = error;
    const text = `${error.message}; whether the broker carried out ${this.message.name} is not known`;
    const hint = 'look at what is there before you repeat the command';
    return new ConnectionError(error.code === 'timeout' ? 'timeout' : 'connection', text, {
      address,
      sent: true,
      hint,
      cause: error,
    });
  }

  private strandedError(id: string, { code, message }: Stranded): CliError {
    const key = this.cut.key(id);
    const what = typeof key === 'object' ? `partition ${key.topic}-${key.partition}` : `cannot find the coordinator of '${key}'`;
    const error = brokerError(code, message, what).withLookup({ key, attempts: this.attempts });
    return typeof key === 'string' ? lookupRight(error, key) : error;
  }

  /** Forgets what the last attempt has shown to be out of date. */
  private refresh(): void {
    const { metadata, coordinators } = this.tools;
    const { route } = this.message;
    for (const id of this.pending) {
      const ending = this.endings.get(id);
      const refresh = ending === undefined ? undefined : kafkaError(ending.code).refresh;
      const failed = ending?.kind === 'failure';
      const key: TopicPartition | string = this.cut.key(id);
      if (route.to === 'coordinator' && typeof key === 'string' && (failed || refresh === 'coordinator')) {
        coordinators.forget(route.type, key);
      }
      if (!failed && refresh !== 'metadata') continue;
      metadata.forgetCluster();
      if (typeof key === 'object') metadata.forgetTopics([key.topic]);
    }
  }
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const result: T[][] = [];
  for (let at = 0; at < items.length; at += size) result.push(items.slice(at, at + size));
  return result;
}
