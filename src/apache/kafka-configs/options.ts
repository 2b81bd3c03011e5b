import { flag, valued } from '../jopt/define-option.js';
import type { OptionSpec } from '../jopt/option-spec.js';

/** The options of `kafka-configs`. */
export const configsOptions: readonly OptionSpec[] = [
  valued('bootstrap-server', 'server to connect to', 'The Kafka servers to connect to.'),
  valued('bootstrap-controller', 'controller to connect to', 'The Kafka controllers to connect to.'),
  valued('command-config', 'command config property file', 'Property file with settings of the connection.'),
  flag('alter', 'Alter the configuration for the entity.'),
  flag('describe', 'List configs for the given entity.'),
  flag('all', 'List all configs for the given entity, those from files and the defaults included.'),
  valued('entity-type', undefined, 'Type of entity (topics/clients/users/brokers/broker-loggers/ips/client-metrics/groups)'),
  valued('entity-name', undefined, 'Name of entity (topic, client id, user principal, broker id, ip, client metrics or group id)'),
  flag('entity-default', 'The default entity of clients, users, brokers or ips'),
  valued(
    'add-config',
    undefined,
    "Configs to set, as 'k1=v1,k2=[v1,v2],k3=v3'; square brackets group values which contain commas.",
  ),
  valued('add-config-file', undefined, 'Path to a properties file with configs to set.'),
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
