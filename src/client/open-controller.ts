import type { ConnectionSettings } from '../core/connection-settings.js';
import { CliError } from '../core/errors.js';
import { errorCode } from '../protocol/errors.js';
import type { AnyMessage, RequestBody, ResponseBody } from '../protocol/message.js';
import { DescribeCluster } from '../protocol/messages/describe-cluster.js';
import { IncrementalAlterConfigs } from '../protocol/messages/incremental-alter-configs.js';
import { brokerError } from './broker-error.js';
import type { Broker, Cluster, DirectAccess, RequestOptions } from './cluster.js';
import { openCluster, type OpenClusterOptions } from './connect.js';
import { UnknownBroker } from './connection-error.js';

/** What KRaft controllers answer themselves (KIP-919); everything else only brokers do. */
const answered: ReadonlySet<string> = new Set([
  'AlterPartitionReassignments',
  'CreateAcls',
  'DeleteAcls',
  'DescribeAcls',
  'DescribeCluster',
  'DescribeConfigs',
  'DescribeQuorum',
  'ElectLeaders',
  'IncrementalAlterConfigs',
  'ListPartitionReassignments',
  'UpdateFeatures',
]);
const controllers = 2;

const brokerLogger = 8;

/** The quorum keeps the configs of brokers, so only their loggers are changed where they are. */
function isForQuorum<M extends AnyMessage>(message: M, body: RequestBody<M>): boolean {
  if ((message as AnyMessage) !== IncrementalAlterConfigs) return false;
  const { resources } = body as RequestBody<typeof IncrementalAlterConfigs>; // same message
  return resources.every(({ resourceType }) => resourceType !== brokerLogger);
}

/**
 * A cluster reached at its controllers (`bootstrap.controllers`), which work when no broker does: what is asked of a node goes to the
 * controller of that id, everything else to the active controller. Requests that only brokers answer fail with
 * `UNSUPPORTED_ENDPOINT_TYPE`.
 */
export function openController(settings: ConnectionSettings, options: OpenClusterOptions): Cluster {
  return new ControllerCluster(settings, options);
}

class ControllerCluster implements Cluster {
  private readonly settings: ConnectionSettings;
  private readonly options: OpenClusterOptions;
  private readonly seed: Cluster;
  private found: Promise<{ active: Broker; nodes: readonly Broker[] }> | undefined;
  /** Those that were spoken to, by node id. */
  private readonly opened = new Map<number, Cluster>();

  constructor(settings: ConnectionSettings, options: OpenClusterOptions) {
    this.settings = settings;
    this.options = options;
    this.seed = openCluster(settings, options);
  }

  async request<M extends AnyMessage>(message: M, body: RequestBody<M>, options: RequestOptions<M> = {}): Promise<ResponseBody<M>> {
    if (!answered.has(message.name)) {
      const text = 'This Admin API is not yet supported when communicating directly with the controller quorum.';
      throw brokerError(errorCode.UNSUPPORTED_ENDPOINT_TYPE, text, `cannot ask a controller for ${message.name}`);
    }
    const { active, nodes } = await this.find();
    const { broker, ...rest } = options;
    const node = broker === undefined || isForQuorum(message, body) ? active : nodes.find(({ id }) => id === broker);
    if (node === undefined) {
      const text = `node ${broker} is not one of the controllers`;
      throw new UnknownBroker('connection', text, { address: `node ${broker}`, sent: false });
    }
    return this.at(node).request(message, body, rest);
  }

  async brokers(): Promise<readonly Broker[]> {
    return (await this.find()).nodes;
  }

  get direct(): DirectAccess {
    throw new CliError('unsupported', 'controllers hold no records and no groups');
  }

  async close(): Promise<void> {
    await Promise.all([this.seed, ...this.opened.values()].map((each) => each.close()));
  }

  private at({ id, host, port }: Broker): Cluster {
    let cluster = this.opened.get(id);
    if (cluster === undefined) {
      cluster = openCluster({ ...this.settings, bootstrap: [{ host, port }] }, this.options);
      this.opened.set(id, cluster);
    }
    return cluster;
  }

  private find(): Promise<{ active: Broker; nodes: readonly Broker[] }> {
    return (this.found ??= this.lookUp());
  }

  private async lookUp(): Promise<{ active: Broker; nodes: readonly Broker[] }> {
    const body = { includeClusterAuthorizedOperations: false, endpointType: controllers };
    const answer = await this.seed.request(DescribeCluster, body);
    const { errorCode: code, errorMessage, controllerId } = answer;
    if (code !== 0) throw brokerError(code, errorMessage, 'cannot find the active controller');
    const nodes = answer.brokers
      .map(({ brokerId, host, port, rack }) => ({ id: brokerId, host, port, rack }))
      .sort((left, right) => left.id - right.id);
    const active = nodes.find(({ id }) => id === controllerId);
    if (active === undefined) throw brokerError(errorCode.NOT_CONTROLLER, null, 'cannot find the active controller');
    return { active, nodes };
  }
}
