import type { Socket } from 'node:net';
import { CliError } from '../core/errors.js';
import { after } from '../timers/timers.js';
import { type ConnectionFacts, abortError, ConnectionError, lostConnection, notKafka } from './connection-error.js';
import { Throttling } from './throttling.js';
import { toError } from './to-error.js';
import { UnreadableAnswer } from './unreadable-answer.js';
import { BadFrameLength, FrameReader } from './frame-reader.js';
import type { SocketInput } from './socket-input.js';

export interface TransportOptions {
  /** `host:port`, for messages. */
  readonly address: string;
  readonly secure: boolean;
  readonly authenticated: boolean;
  readonly maxResponseBytes: number;
  /** Called once, when the connection is gone for whatever reason. */
  onClosed?(): void;
}

/** Memory that an answer is received in, where it may be used again. */
export interface AnswerMemory {
  /** Memory for an answer of so many bytes, which the socket then writes to; `undefined` when there is none. */
  take(length: number): Buffer | undefined;
  /** The socket writes there no more: the answer is whole, or will never be. */
  arrived(): void;
}

export interface Exchange {
  /** What is asked, for messages: `Metadata`. */
  readonly name: string;
  /** The frame, its length included, as one or several buffers that are written without being copied together. */
  encode(correlationId: number): readonly Uint8Array[];
  /** Milliseconds until the answer must be there; a missed deadline destroys the connection. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** False for requests that no broker answers (Produce with acks=0): resolves with an empty buffer once written. */
  readonly answered?: boolean;
  /** How long the broker may hold the answer back without anything being wrong (long polls). Default: no time at all. */
  readonly heldMs?: number | undefined;
  /** Where to receive the answer; by default, in memory of its own. */
  readonly memory?: AnswerMemory | undefined;
  /** Called exactly once, when the socket needs the buffers no more: written, or given up. */
  onFlushed?(): void;
}

interface Waiting {
  readonly name: string;
  readonly correlationId: number;
  /** When its answer may be waited for from, on the clock of `performance.now()`. */
  readonly dueAt: number;
  readonly memory: AnswerMemory | undefined;
  resolve(frame: Buffer): void;
  reject(error: Error): void;
  settled: boolean;
}

const noBytes = Buffer.alloc(0);

/**
 * One connection to one broker, used until it breaks: requests are pipelined and answered in order (as brokers do). An error,
 * an end, a missed deadline or unreadable bytes destroy the socket and reject every waiting request with the cause.
 */
export class Transport {
  private readonly socket: Socket;
  private readonly options: TransportOptions;
  private readonly reader: FrameReader;
  private readonly waiting: Waiting[] = [];
  private nextCorrelationId = 0;
  private answers = 0;
  private retired = false;
  private lastUse = performance.now();
  private heardAt = 0;
  /** Pieces received, and how many of them were there when somebody looked last. */
  private pieces = 0;
  private piecesSeen = 0;
  readonly throttling = new Throttling();
  private failure: CliError | undefined;
  /** That of the answer which is being received. */
  private memory: AnswerMemory | undefined;

  /** Takes over a connected, paused socket and what it receives. */
  constructor(socket: Socket, input: SocketInput, options: TransportOptions) {
    this.socket = socket;
    this.options = options;
    this.reader = new FrameReader(options.maxResponseBytes, (length) => this.placeFor(length));
    const onFrame = (frame: Buffer): void => this.receive(frame);
    input.attach({
      space: () => this.reader.space(),
      received: (space, count) => this.read(space, count, onFrame),
    });
    socket.on('error', (error) => this.fail(lostConnection(this.facts, error)));
    socket.on('end', () => this.fail(lostConnection(this.facts, undefined)));
    socket.on('close', () => {
      this.fail(lostConnection(this.facts, undefined));
      this.endAnswer();
    });
    if (socket.destroyed) this.fail(lostConnection(this.facts, socket.errored ?? undefined));
    socket.resume();
  }

  get address(): string {
    return this.options.address;
  }

  get closed(): boolean {
    return this.failure !== undefined;
  }

  /** Requests written and not yet answered, those given up by their callers included. */
  get inFlight(): number {
    return this.waiting.length;
  }

  /** Milliseconds since the last request or answer. */
  get idleMs(): number {
    return this.waiting.length > 0 ? 0 : performance.now() - this.lastUse;
  }

  /** The request that the broker owes an answer to, and for how long nothing has come; `undefined` while it owes none. */
  silence(now: number): { readonly request: string; readonly forMs: number } | undefined {
    if (this.pieces !== this.piecesSeen) this.heardAt = now;
    this.piecesSeen = this.pieces;
    const oldest = this.waiting.find(({ settled }) => !settled);
    if (oldest === undefined) return undefined;
    const forMs = now - Math.max(oldest.dueAt, this.heardAt, this.throttling.end);
    return forMs > 0 ? { request: oldest.name, forMs } : undefined;
  }

  /** True while more is queued for the socket than it wants to hold; wait for {@link drained} before sending more. */
  get isFull(): boolean {
    return !this.closed && this.socket.writableNeedDrain;
  }

  /** Resolves when the socket takes more, or at once when the connection is gone (the next request says why). */
  drained(): Promise<void> {
    if (!this.isFull) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        this.socket.off('drain', done);
        this.socket.off('close', done);
        resolve();
      };
      this.socket.on('drain', done);
      this.socket.on('close', done);
    });
  }

  /**
   * Sends one request and resolves with its answer: the frame from the correlation id on.
   *
   * @throws ConnectionError when the connection broke or the deadline passed; UnreadableAnswer; CliError `aborted`
   */
  send(exchange: Exchange): Promise<Buffer> {
    const { signal } = exchange;
    if (this.failure !== undefined) return this.refuse(exchange, this.unsent(this.failure));
    if (signal?.aborted === true) return this.refuse(exchange, abortError(signal));
    const correlationId = this.nextCorrelationId;
    let frame: readonly Uint8Array[];
    try {
      frame = exchange.encode(correlationId);
    } catch (error) {
      return this.refuse(exchange, error);
    }
    this.nextCorrelationId = (correlationId + 1) & 0x7fffffff;
    this.lastUse = performance.now();
    if (exchange.answered === false) return this.sendUnanswered(frame, exchange);
    const answer = this.expect(correlationId, exchange);
    this.write(frame, () => exchange.onFlushed?.());
    return answer;
  }

  /** Ends the connection as soon as nothing is in flight; who was given it and has not sent yet is to take another. */
  retire(): void {
    this.retired = true;
    if (this.waiting.length > 0) return;
    const { address } = this;
    this.destroy(new ConnectionError('connection', `the connection to ${address} was given up`, { address, sent: false }));
  }

  /** Ends the connection now; waiting requests are rejected with `cause`. */
  destroy(cause: CliError = new CliError('aborted', `the connection to ${this.address} was closed`)): void {
    this.fail(cause);
  }

  private get facts(): ConnectionFacts {
    const { address, secure, authenticated } = this.options;
    return { address, secure, authenticated, answers: this.answers };
  }

  private refuse(exchange: Exchange, error: unknown): Promise<never> {
    exchange.onFlushed?.();
    return Promise.reject(toError(error));
  }

  /** The failure for a request that was never written, so that it can be repeated without thought. */
  private unsent(failure: CliError): CliError {
    if (!(failure instanceof ConnectionError) && !(failure instanceof UnreadableAnswer)) return failure;
    const { address } = this;
    const { hint } = failure;
    return new ConnectionError('connection', failure.message, { address, sent: false, hint, cause: failure });
  }

  private expect(correlationId: number, { name, timeoutMs, signal, memory, heldMs = 0 }: Exchange): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const timer = after(timeoutMs, () => this.missed(name, timeoutMs));
      const onAbort = (): void => {
        // The answer still comes and must be counted; only nobody wants it any more.
        if (signal !== undefined) waiting.reject(abortError(signal, `no answer from ${this.address} to ${name}`));
      };
      const settle = (): void => {
        waiting.settled = true;
        timer.cancel();
        signal?.removeEventListener('abort', onAbort);
      };
      const waiting: Waiting = {
        name,
        correlationId,
        dueAt: this.lastUse + heldMs,
        memory,
        settled: false,
        resolve(frame) {
          settle();
          resolve(frame);
        },
        reject(error) {
          settle();
          reject(error);
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.waiting.push(waiting);
    });
  }

  private sendUnanswered(frame: readonly Uint8Array[], exchange: Exchange): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.write(frame, (error) => {
        exchange.onFlushed?.();
        if (error) reject(this.failure ?? lostConnection(this.facts, error));
        else resolve(noBytes);
      });
    });
  }

  private write(frame: readonly Uint8Array[], flushed: (error?: Error | null) => void): void {
    const last = frame.length - 1;
    if (last > 0) this.socket.cork();
    for (const [index, bytes] of frame.entries()) {
      if (index === last) this.socket.write(bytes, flushed);
      else this.socket.write(bytes);
    }
    if (last > 0) this.socket.uncork();
  }

  private read(space: Uint8Array, count: number, onFrame: (frame: Buffer) => void): void {
    if (this.closed) return;
    this.pieces++;
    try {
      this.reader.received(space, count, onFrame);
    } catch (error) {
      if (!(error instanceof BadFrameLength)) throw error;
      this.fail(notKafka(this.facts, error.head, this.options.maxResponseBytes));
    }
  }

  private placeFor(length: number): Buffer | undefined {
    this.memory = this.waiting[0]?.memory;
    return this.memory?.take(length);
  }

  private endAnswer(): void {
    const { memory } = this;
    this.memory = undefined;
    memory?.arrived();
  }

  private receive(frame: Buffer): void {
    this.endAnswer();
    if (this.closed) return;
    const waiting = this.waiting.shift();
    const correlationId = frame.readInt32BE(0);
    if (waiting?.correlationId !== correlationId) {
      if (waiting !== undefined) this.waiting.unshift(waiting);
      const text = `${this.address} answered request ${correlationId}, which is not the one that waits`;
      this.fail(new UnreadableAnswer(text, { source: this.address }));
      return;
    }
    this.answers += 1;
    this.lastUse = performance.now();
    if (!waiting.settled) waiting.resolve(frame);
    if (this.retired) this.retire();
  }

  private missed(name: string, timeoutMs: number): void {
    const { address } = this;
    const text = `no answer from ${address} to ${name} within ${Math.round(timeoutMs)} ms`;
    this.fail(new ConnectionError('timeout', text, { address, sent: true }));
  }

  private fail(failure: CliError): void {
    if (this.failure !== undefined) return;
    this.failure = failure;
    this.socket.destroy();
    for (const waiting of this.waiting.splice(0)) if (!waiting.settled) waiting.reject(failure);
    this.options.onClosed?.();
  }
}
