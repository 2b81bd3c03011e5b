import type { OptionSpec } from '../jopt/option-spec.js';

const flag = (name: string, description: string): OptionSpec => ({ name, argument: 'none', description });
const valued = (name: string, description: string, describedAs?: string): OptionSpec => ({
  name,
  argument: 'required',
  description,
  ...(describedAs === undefined ? {} : { describedAs }),
});

/** The options of `kafka-configs`. */
export const configsOptions: readonly OptionSpec[] = [
  valued('bootstrap-server', 'The Kafka servers to connect to.', 'server to connect to'),
  valued('bootstrap-controller', 'The Kafka controllers to connect to.', 'controller to connect to'),
  valued('command-config', 'Property file with settings of the connection.', 'command config property file'),
  flag('alter', 'Alter the configuration for the entity.'),
  flag('describe', 'List configs for the given entity.'),
  flag('all', 'List all configs for the given entity, those from files and the defaults included.'),
  valued('entity-type', 'Type of entity (topics/clients/users/brokers/broker-loggers/ips/client-metrics/groups)'),
  valued('entity-name', 'Name of entity (topic, client id, user principal, broker id, ip, client metrics or group id)'),
  flag('entity-default', 'The default entity of clients, users, brokers or ips'),
  valued('add-config', "Configs to set, as 'k1=v1,k2=[v1,v2],k3=v3'; square brackets group values which contain commas."),
  valued('add-config-file', 'Path to a properties file with configs to set.'),
  valued('delete-config', "config keys to remove 'k1,k2'"),
  valued('topic', "The topic's name."),
  valued('client', "The client's ID."),
  flag('client-defaults', 'The config defaults for all clients.'),
  valued('user', "The user's principal name."),
  flag('user-defaults', 'The config defaults for all users.'),
  valued('broker', "The broker's ID."),
  flag('broker-defaults', 'The config defaults for all brokers.'),
  valued('broker-logger', "The broker's ID for its logger config."),
  valued('ip', 'The IP address.'),
  flag('ip-defaults', 'The config defaults for all IPs.'),
  valued('group', "The group's ID."),
  valued('client-metrics', 'The client metrics config resource name.'),
  flag('help', 'Print usage information.'),
  flag('version', 'Display Kafka version.'),
];
