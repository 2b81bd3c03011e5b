import { CliError } from '../../core/errors.js';
import { ConnectionError } from '../connection-error.js';
import type { BrokerConnection } from '../broker-connection.js';
import { Throttling } from '../throttling.js';
import type { Wait } from '../waits.js';
import type { Exchange } from '../transport.js';

export interface LaneSettings {
  readonly maxInFlight: number;
  readonly backoffMs: number;
  readonly backoffMaxMs: number;
}

export interface LaneEvents {
  /** The lane may take a request that it could not take before. */
  onReady(): void;
  /** No connection; the lane tries again at `retryAt`. */
  onUnreachable(error: CliError): void;
}

/** The requests in flight to one broker, and the connection they use. */
export class BrokerLane {
  /** No request before this time: the broker is out of reach, or asked for a pause (KIP-219). */
  retryAt = 0;
  private readonly throttling = new Throttling();
  private inFlight = 0;
  private failures = 0;
  private isOpening = false;
  private current: BrokerConnection | undefined;
  private readonly open: () => Promise<BrokerConnection>;
  private readonly settings: LaneSettings;
  private readonly events: LaneEvents;

  constructor(open: () => Promise<BrokerConnection>, settings: LaneSettings, events: LaneEvents) {
    this.open = open;
    this.settings = settings;
    this.events = events;
  }

  /** The connection to send the next request on; without one it is opened and {@link LaneEvents.onReady} follows. */
  connection(now: number): BrokerConnection | undefined {
    if (this.inFlight >= this.settings.maxInFlight || now < this.retryAt) return undefined;
    const { current } = this;
    if (current !== undefined && !current.transport.closed) {
      if (!current.expired) return current;
      // Batches of one partition on two connections could overtake each other.
      if (this.inFlight > 0) return undefined;
    }
    if (!this.isOpening) void this.connect(now);
    return undefined;
  }

  /** The broker asks to be spared for a while. */
  throttle(ms: number, now: number): void {
    this.retryAt = Math.max(this.retryAt, now + ms);
    this.throttling.note(ms, now);
  }

  *waits(now: number): Generator<Wait> {
    if (this.current !== undefined) yield* this.throttling.list(this.current.transport.address, now);
  }

  async exchange(connection: BrokerConnection, request: Exchange): Promise<Buffer> {
    this.inFlight++;
    try {
      return await connection.exchange(request);
    } finally {
      this.inFlight--;
    }
  }

  private async connect(now: number): Promise<void> {
    this.isOpening = true;
    try {
      this.current = await this.open();
      this.failures = 0;
    } catch (error) {
      const failure = error instanceof CliError ? error : new CliError('connection', String(error), { cause: error });
      this.retryAt = now + Math.min(this.settings.backoffMaxMs, this.settings.backoffMs * 2 ** Math.min(this.failures++, 20));
      this.events.onUnreachable(failure);
    } finally {
      this.isOpening = false;
      this.events.onReady();
    }
  }
}

/** Whether the broker may have acted on a request that ended with this error. */
export function mayHaveArrived(error: unknown): boolean {
  return !(error instanceof ConnectionError) || error.sent;
}
