import { isIPv6 } from 'node:net';
import type { ConnectionWatch, FailedContact } from '../../client/connection-watch.js';
import { formatAddress } from '../../core/address.js';
import { clientFailure } from './client-failure.js';
import { formatTrace } from './java-error.js';
import { formatLogLine } from './log-line.js';
import type { ClientKind } from './tool-settings.js';

const network = 'org.apache.kafka.clients.NetworkClient';

// As `reconnect.backoff.ms` and `reconnect.backoff.max.ms` of Kafka's clients, which try a broker no sooner than that again.
const firstPauseMs = 50;
const longestPauseMs = 1000;
// A pause is drawn from 20 % around; lines that come a little early are those of the next attempt.
const jitter = 0.8;

export interface ConnectionLogOptions {
  readonly kind: ClientKind;
  /** What stands before each line: see `client-name.ts`. */
  readonly prefix: string;
  readonly write: (text: string) => void;
  readonly now: () => Date;
}

interface Pause {
  attempts: number;
  until: number;
}

/** Logs brokers that cannot be reached as Kafka's clients do: at most as often as those try. */
export class ConnectionLog implements ConnectionWatch {
  private readonly options: ConnectionLogOptions;
  private readonly pauses = new Map<number, Pause>();
  private isBootstrapped = false;

  constructor(options: ConnectionLogOptions) {
    this.options = options;
  }

  opened(): void {
    this.isBootstrapped = true;
    this.pauses.clear();
  }

  failed(contact: FailedContact): void {
    if (!this.isDue(contact.node)) return;
    const { kind } = this.options;
    const place = `Connection to node ${nodeOf(contact)} (${formatSocketAddress(contact)})`;
    if (contact.stage === 'refused') {
      this.log('ERROR', `${place} failed authentication due to: ${clientFailure(contact.error, '').message}`, network);
    } else if (contact.stage === 'unfinished') {
      const reasons = '(1) Firewall blocking Kafka TLS traffic (eg it may only allow HTTPS traffic), (2) Transient network issue.';
      this.log(
        'WARN',
        `${place} terminated during authentication. This may happen due to any of the following reasons: ${reasons}`,
        network,
      );
    } else if (contact.stage === 'unreachable') {
      this.log('WARN', `${place} could not be established. Node may not be available.`, network);
    }
    if (kind === 'admin') this.tellOfFatal(contact);
    else if (!this.isBootstrapped) {
      const node = `${formatAddress(contact.address)} (id: ${contact.node} rack: null isFenced: false)`;
      this.log('WARN', `Bootstrap broker ${node} disconnected`, network);
    }
  }

  private tellOfFatal({ stage, error }: FailedContact): void {
    if (stage !== 'refused') return;
    this.log('WARN', 'Fatal error during metadata update', 'org.apache.kafka.clients.admin.internals.AdminMetadataManager');
    this.options.write(formatTrace(clientFailure(error, '')));
  }

  private isDue(node: number): boolean {
    const now = this.options.now().getTime();
    const pause = this.pauses.get(node) ?? { attempts: 0, until: -Infinity };
    if (now < pause.until) return false;
    const ms = Math.min(longestPauseMs, firstPauseMs * 2 ** pause.attempts) * jitter;
    this.pauses.set(node, { attempts: pause.attempts + 1, until: now + ms });
    return true;
  }

  private log(level: 'WARN' | 'ERROR', text: string, logger: string): void {
    this.options.write(formatLogLine(level, `${this.options.prefix} ${text}`, logger, this.options.now()));
  }
}

/** Kafka's consumers keep a connection of its own to the coordinator, and call it by a number no broker has. */
function nodeOf({ node, purpose }: FailedContact): number {
  return purpose === 'group' && node >= 0 ? 0x7fffffff - node : node;
}

/** An address as Java's `InetSocketAddress` shows one that was looked up. */
function formatSocketAddress({ address, ip }: Pick<FailedContact, 'address' | 'ip'>): string {
  const { host, port } = address;
  if (ip === undefined) return `${host}/<unresolved>:${port}`;
  const name = host === ip || isIPv6(host) ? '' : host;
  return `${name}/${isIPv6(ip) ? `[${inFull(ip)}]` : ip}:${port}`;
}

/** An IPv6 address with all its eight groups, as Java writes it. */
function inFull(ip: string): string {
  const [head = '', tail] = ip.split('::');
  const groups = (text: string | undefined): string[] => (text === undefined || text === '' ? [] : text.split(':'));
  const [before, after] = [groups(head), groups(tail)];
  const missing = tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return [...before, ...missing, ...after].map((group) => group.replace(/^0+(?=.)/, '')).join(':');
}
