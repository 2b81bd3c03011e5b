import { type Address, formatAddress } from '../core/address.js';
import type { ConnectionSettings } from '../core/connection-settings.js';
import { CliError } from '../core/errors.js';
import type { BrokerVersions, VersionRange } from './broker-versions.js';
import { BrokerConnection, openBrokerConnection } from './broker-connection.js';
import { ClusterUnreachable, TlsFailure } from './connection-error.js';
import { BrokerWaits } from './broker-waits.js';
import type { ConnectionWatch, Purpose } from './connection-watch.js';
import { listAddresses } from './list-addresses.js';
import { race, RaceLost } from './race.js';
import { toError } from './to-error.js';
import type { Transport } from './transport.js';
import { type WaitLimits, within } from './within.js';

export interface PoolOptions {
  readonly settings: ConnectionSettings;
  readonly debug: (message: string) => void;
  /** Highest version to use by API key: lets tests see a newer broker as an older one. */
  readonly versionCaps?: ReadonlyMap<number, number> | undefined;
  readonly watch?: ConnectionWatch | undefined;
  /** Node id of the broker at an address. */
  readonly nodeAt?: (address: Address) => number;
}

interface Entry {
  readonly opening: Promise<BrokerConnection>;
  connection: BrokerConnection | undefined;
}

// A bootstrap server that is silent for this long gets company.
const bootstrapStaggerMs = 1000;

/** The connections of one cluster: one for each broker address and purpose, opened when first asked for. */
export class ConnectionPool {
  private readonly options: PoolOptions;
  private readonly entries = new Map<string, Entry>();
  /** Open or closing connections, replaced ones with answers in flight included. */
  private readonly live = new Set<BrokerConnection>();
  private readonly versions = new Map<string, BrokerVersions>();
  private readonly failedAt = new Map<string, number>();
  private readonly closing = new AbortController();
  /** Brokers that are waited for. */
  readonly waits = new BrokerWaits(() => this.transports());
  private reaching: Promise<BrokerConnection> | undefined;

  constructor(options: PoolOptions) {
    this.options = options;
  }

  /** The connection to one address for one purpose; callers that ask meanwhile share its opening. */
  async get(address: Address, purpose: Purpose, limits: WaitLimits): Promise<BrokerConnection> {
    const key = keyOf(address, purpose);
    const current = this.entries.get(key);
    if (current?.connection !== undefined && this.usable(current.connection)) return current.connection;
    const entry = current !== undefined && current.connection === undefined ? current : this.begin(address, purpose);
    return within(entry.opening, limits, `connecting to ${formatAddress(address)}`);
  }

  /**
   * A connection to whichever address answers first, one that is open before all; addresses that failed lately come last.
   *
   * @throws ConnectionError that lists every address with its cause; CliError `authentication`
   */
  async any(addresses: readonly Address[], limits: WaitLimits): Promise<BrokerConnection> {
    for (const [key, { connection }] of this.entries) {
      if (key.startsWith('control ') && connection !== undefined && this.usable(connection)) return connection;
    }
    this.reaching ??= this.reach(addresses).finally(() => (this.reaching = undefined));
    return within(this.reaching, limits, `connecting to ${listAddresses(addresses)}`);
  }

  /** Destroys all connections; nothing can be opened afterwards. */
  close(): void {
    const reason = new CliError('aborted', 'the connection to the cluster was closed');
    this.closing.abort(reason);
    this.entries.clear();
    for (const connection of this.live) connection.transport.destroy(reason);
  }

  private *transports(): Iterable<Transport> {
    for (const { transport } of this.live) yield transport;
  }

  private usable(connection: BrokerConnection): boolean {
    const { transport } = connection;
    const { maxIdleMs } = this.options.settings;
    if (transport.closed) return false;
    const fresh = !connection.expired && (maxIdleMs < 0 || transport.idleMs < maxIdleMs);
    if (!fresh) transport.retire();
    return fresh;
  }

  private begin(address: Address, purpose: Purpose): Entry {
    const key = keyOf(address, purpose);
    const opening = this.open(address, purpose, this.closing.signal);
    const entry: Entry = { opening, connection: undefined };
    this.entries.set(key, entry);
    opening.then(
      (connection) => (entry.connection = connection),
      () => {
        if (this.entries.get(key) === entry) this.entries.delete(key);
      },
    );
    return entry;
  }

  private async open(address: Address, purpose: Purpose, signal: AbortSignal): Promise<BrokerConnection> {
    const { settings, debug, versionCaps, watch, nodeAt } = this.options;
    const name = formatAddress(address);
    signal.throwIfAborted();
    let opened: BrokerConnection | undefined;
    const onClosed = (): void => {
      // The broker may come back as another version.
      this.versions.delete(name);
      this.failedAt.set(name, performance.now());
      if (opened !== undefined) this.live.delete(opened);
    };
    const attempt = this.waits.begin(address);
    try {
      const connection = await openBrokerConnection(address, {
        settings,
        signal,
        debug,
        onClosed,
        onDialled: (transport) => (attempt.transport = transport),
        onFailed: (failure) => {
          // What another address, or the end of the run, made needless did not fail.
          if (!signal.aborted) watch?.failed({ ...failure, address, node: nodeAt?.(address) ?? -1, purpose });
        },
        versions: this.versions.get(name),
      });
      const { transport, versions } = connection;
      this.versions.set(name, versions);
      this.failedAt.delete(name);
      watch?.opened(address);
      this.waits.end(attempt);
      opened = versionCaps === undefined ? connection : connection.capped((range, apiKey) => cap(range, versionCaps.get(apiKey)));
      if (!transport.closed) this.live.add(opened);
      if (this.closing.signal.aborted) transport.destroy();
      return opened;
    } catch (error) {
      this.waits.end(attempt, signal.aborted ? undefined : toError(error));
      this.failedAt.set(name, performance.now());
      debug(error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  private async reach(addresses: readonly Address[]): Promise<BrokerConnection> {
    const failedAt = (address: Address): number => this.failedAt.get(formatAddress(address)) ?? -Infinity;
    const ordered = [...addresses].sort((left, right) => compare(failedAt(left), failedAt(right)));
    try {
      return await race(ordered, (address, signal) => this.openControl(address, signal), {
        staggerMs: bootstrapStaggerMs,
        signal: this.closing.signal,
        // Another broker may have a better certificate; a password is wrong everywhere.
        isFinal: (cause) =>
          cause instanceof CliError &&
          (cause.code === 'unsupported' || (cause.code === 'authentication' && !(cause instanceof TlsFailure))),
        discard: ({ transport }) => transport.destroy(),
      });
    } catch (error) {
      throw error instanceof RaceLost ? unreachable(error.losses.map(({ cause }) => cause)) : error;
    }
  }

  private async openControl(address: Address, signal: AbortSignal): Promise<BrokerConnection> {
    const connection = await this.open(address, 'control', signal);
    if (!signal.aborted) {
      this.entries.set(keyOf(address, 'control'), { opening: Promise.resolve(connection), connection });
    }
    return connection;
  }
}

function keyOf(address: Address, purpose: Purpose): string {
  return `${purpose} ${formatAddress(address)}`;
}

function compare(left: number, right: number): number {
  return left === right ? 0 : left - right;
}

function cap({ min, max }: VersionRange, limit: number | undefined): VersionRange {
  return { min, max: limit === undefined ? max : Math.min(max, limit) };
}

function unreachable(causes: readonly unknown[]): CliError {
  const [first] = causes;
  if (causes.length === 1 && first instanceof CliError) return first;
  // Refused for good by one, and the others do not answer: asking again changes nothing.
  const refused = causes.find((cause) => cause instanceof TlsFailure);
  const reasons = causes.map((cause) => (cause instanceof Error ? cause.message : String(cause)));
  const hint = causes.map((cause) => (cause instanceof CliError ? cause.hint : undefined)).find((text) => text !== undefined);
  const text = `no broker could be reached: ${reasons.join('; ')}`;
  if (refused !== undefined) {
    return new TlsFailure(text, { address: 'the cluster', inHandshake: refused.inHandshake, hint, cause: refused.cause });
  }
  return new ClusterUnreachable('connection', text, {
    address: 'the cluster',
    sent: false,
    hint,
    cause: first,
  });
}
