import { flag, valued } from '../jopt/define-option.js';
import type { OptionSpec } from '../jopt/option-spec.js';
import { configNames } from './config-names.js';

const lists = Object.entries(configNames).map(
  ([type, names]) => `For entity-type '${type}': \n${names.map((name) => `\t${name}\n`).join('')}`,
);
const addConfig = `Key Value pairs of configs to add. Square brackets can be used to group values which contain commas: 'k1=v1,k2=[v1,v2,v2],k3=v3'. The following is a list of valid configurations: ${lists.join('')}Entity types 'users' and 'clients' may be specified together to update config for clients of a specific user.`;

/** The options of `kafka-configs`, word for word: scripts and people look configs up in them. */
export const configsOptions: readonly OptionSpec[] = [
  valued('bootstrap-server', 'server to connect to', 'The Kafka servers to connect to.'),
  valued('bootstrap-controller', 'controller to connect to', 'The Kafka controllers to connect to.'),
  valued(
    'command-config',
    'command config property file',
    'Property file containing configs to be passed to Admin Client. This is used only with --bootstrap-server option for describing and altering broker configs.',
  ),
  flag('alter', 'Alter the configuration for the entity.'),
  flag('describe', 'List configs for the given entity.'),
  flag('all', 'List all configs for the given entity, including static configs if available.'),
  valued('entity-type', undefined, 'Type of entity (topics/clients/users/brokers/broker-loggers/ips/client-metrics/groups)'),
  valued(
    'entity-name',
    undefined,
    'Name of entity (topic name/client id/user principal name/broker id/ip/client metrics/group id)',
  ),
  flag('entity-default', 'Default entity name for clients/users/brokers/ips (applies to corresponding entity type)'),
  valued('add-config', undefined, addConfig),
  valued(
    'add-config-file',
    undefined,
    'Path to a properties file with configs to add. See add-config for a list of valid configurations.',
  ),
  valued('delete-config', undefined, "config keys to remove 'k1,k2'"),
  valued('topic', undefined, "The topic's name."),
  valued('client', undefined, "The client's ID."),
  flag('client-defaults', 'The config defaults for all clients.'),
  valued('user', undefined, "The user's principal name."),
  flag('user-defaults', 'The config defaults for all users.'),
  valued('broker', undefined, "The broker's ID."),
  flag('broker-defaults', 'The config defaults for all brokers.'),
  valued('broker-logger', undefined, "The broker's ID for its logger config."),
  valued('ip', undefined, 'The IP address.'),
  flag('ip-defaults', 'The config defaults for all IPs.'),
  valued('group', undefined, "The group's ID."),
  valued('client-metrics', undefined, 'The client metrics config resource name.'),
  flag('help', 'Print usage information.'),
  flag('version', 'Display Kafka version.'),
];
