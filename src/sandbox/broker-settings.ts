import { join } from 'node:path';

/** Where one broker listens and keeps its data. */
export interface BrokerPlace {
  /** Node id, from 1. */
  readonly id: number;
  readonly port: number;
  readonly controllerPort: number;
  /** Folder of its settings, data and log. */
  readonly dir: string;
  /** The other ports of a broker of a secure sandbox. */
  readonly securePorts?: SecurePorts | undefined;
}

/** Where a broker of a secure sandbox listens beside its SASL_SSL port. */
export interface SecurePorts {
  /** Plain, for the brokers and the sandbox itself. */
  readonly internal: number;
  readonly saslPlaintext: number;
  /** TLS with a client certificate, no SASL. */
  readonly mutualTls: number;
}

/** The port of a broker that answers without authentication. */
export const plainPort = ({ port, securePorts }: Pick<BrokerPlace, 'port' | 'securePorts'>): number =>
  securePorts?.internal ?? port;

/** The settings file of a broker. */
export const settingsFile = (dir: string): string => join(dir, 'server.properties');
/** The data folder of a broker. */
export const dataFolder = (dir: string): string => join(dir, 'data');
/** Everything a broker prints. */
export const logFile = (dir: string): string => join(dir, 'broker.log');

/**
 * The settings of one broker (combined with a controller, KRaft) of a cluster: what tests and people expect of a small real
 * cluster, and little enough memory for three of them on a laptop. `extra` goes on top.
 */
export function brokerSettings(
  broker: BrokerPlace,
  cluster: readonly BrokerPlace[],
  extra: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const replicas = String(Math.min(3, cluster.length));
  const minInSync = cluster.length >= 3 ? '2' : '1';
  return {
    'process.roles': 'broker,controller',
    'node.id': String(broker.id),
    'broker.rack': `r${broker.id}`,
    listeners: `PLAINTEXT://127.0.0.1:${broker.port},CONTROLLER://127.0.0.1:${broker.controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    'controller.quorum.voters': cluster.map(({ id, controllerPort }) => `${id}@127.0.0.1:${controllerPort}`).join(','),
    'log.dirs': dataFolder(broker.dir),
    'auto.create.topics.enable': 'false',
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'allow.everyone.if.no.acl.found': 'true',
    'super.users': 'User:ANONYMOUS',
    'group.initial.rebalance.delay.ms': '0',
    'offsets.topic.replication.factor': replicas,
    'offsets.topic.num.partitions': '8',
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': minInSync,
    'transaction.state.log.num.partitions': '4',
    'share.coordinator.state.topic.replication.factor': replicas,
    'share.coordinator.state.topic.min.isr': minInSync,
    'share.coordinator.state.topic.num.partitions': '4',
    // A killed broker is missed, and may come back, after this time; Kafka's own 9 s makes tests of failures slow.
    'broker.session.timeout.ms': '5000',
    'broker.heartbeat.interval.ms': '1000',
    'log.cleaner.dedupe.buffer.size': '4194304',
    'offsets.load.buffer.size': '1048576',
    'transaction.state.log.load.buffer.size': '1048576',
    'num.network.threads': '2',
    'num.io.threads': '4',
    'background.threads': '4',
    ...extra,
  };
}

/** Settings as a Java properties file. */
export function renderProperties(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n`)
    .join('');
}
