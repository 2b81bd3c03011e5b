import { checkInvalid } from '../jopt/check-arguments.js';
import type { OptionSet } from '../jopt/option-set.js';
import { UsageError } from '../jopt/usage-error.js';
import { defaultFlags, entityTypes, givenNames, givenTypes, nameFlags } from './entities.js';
import { illegalArgument } from './refusal.js';

const withDefaults = ['users', 'clients', 'brokers', 'ips'];

/**
 * Checks what the options say together, in the order of Kafka's tool.
 *
 * @throws UsageError, JavaError, OptionError
 */
export async function checkCommand(options: OptionSet): Promise<void> {
  checkAction(options);
  checkTypes(options);
  await checkNames(options);
  if (options.has('describe')) checkDescribe(options);
  if (options.has('alter')) checkAlter(options);
}

function checkAction(options: OptionSet): void {
  if (options.has('alter') === options.has('describe')) {
    throw new UsageError('Command must include exactly one action: --describe, --alter', options.specs);
  }
  checkInvalid(options, 'describe', 'add-config', 'delete-config');
}

function checkTypes(options: OptionSet): void {
  const types = givenTypes(options);
  const distinct = new Set(types);
  if (types.length !== distinct.size) {
    const repeated = types.filter((type, at) => types.indexOf(type) !== at);
    throw illegalArgument(`Duplicate entity type(s) specified: ${repeated.join(',')}`);
  }
  if (!options.has('bootstrap-server') && !options.has('bootstrap-controller')) {
    throw illegalArgument('Either --bootstrap-server or --bootstrap-controller must be specified.');
  }
  for (const type of types) {
    if ((entityTypes as readonly string[]).includes(type)) continue; // a list of words, whatever their type
    const choice = `must be one of ${entityTypes.join(', ')} with a --bootstrap-server or --bootstrap-controller argument`;
    throw illegalArgument(`Invalid entity type ${type}, the entity type ${choice}`);
  }
  if (types.length === 0) throw illegalArgument('At least one entity type must be specified');
  if (types.length > 1 && !(distinct.size === 2 && distinct.has('users') && distinct.has('clients'))) {
    throw illegalArgument("Only 'users' and 'clients' entity types may be specified together");
  }
  const isLong = ['entity-name', 'entity-type', 'entity-default'].some((option) => options.has(option));
  if (isLong && [...nameFlags, ...defaultFlags].some(([option]) => options.has(option))) {
    throw illegalArgument('--entity-{type,name,default} should not be used in conjunction with specific entity flags');
  }
}

async function checkNames(options: OptionSet): Promise<void> {
  const [type = ''] = givenTypes(options);
  const isNamed = givenNames(options).some((name) => name !== '');
  if (options.has('bootstrap-server') && options.has('bootstrap-controller')) {
    throw illegalArgument('Only one of --bootstrap-server or --bootstrap-controller can be specified');
  }
  if (!isNamed) return;
  const given = (...names: readonly string[]): readonly string[] =>
    names.filter((name) => options.has(name)).map((name) => options.text(name) ?? '');
  if (type === 'brokers' || type === 'broker-loggers') {
    for (const name of given('entity-name', 'broker', 'broker-logger')) checkBroker(type, name);
  }
  if (type === 'ips') for (const name of given('entity-name', 'ip')) await checkAddress(name);
}

function checkBroker(type: string, name: string): void {
  const number = /^[+-]?\d+$/.test(name) ? Number(name) : NaN;
  if (number === (number | 0)) return;
  throw illegalArgument(`The entity name for ${type} must be a valid integer broker id, but it is: ${name}`);
}

/** Java asks the name service; an empty name is the machine itself. */
async function checkAddress(name: string): Promise<void> {
  const host = /^\[(.*)\]$/.exec(name)?.[1] ?? name;
  if (host === '') return;
  const { lookup } = await import('node:dns/promises');
  await lookup(host).catch(() => {
    throw illegalArgument(`The entity name for ips must be a valid IP or resolvable host, but it is: ${name}`);
  });
}

function checkDescribe(options: OptionSet): void {
  const types = givenTypes(options);
  if (options.has('entity-default') && !types.some((type) => withDefaults.includes(type))) {
    throw illegalArgument(`--entity-default must not be specified with --describe of ${types.join(',')}`);
  }
  if (types.includes('broker-loggers') && !givenNames(options).some((name) => name !== '')) {
    throw illegalArgument(`An entity name must be specified with --describe of ${types.join(',')}`);
  }
}

function checkAlter(options: OptionSet): void {
  const types = givenTypes(options);
  const names = givenNames(options);
  if (types.some((type) => withDefaults.includes(type))) {
    if (names.length === 0) {
      throw illegalArgument('An entity-name or default entity must be specified with --alter of users, clients, brokers or ips');
    }
  } else if (!names.some((name) => name !== '')) {
    throw illegalArgument(`An entity name must be specified with --alter of ${types.join(',')}`);
  }
  if (options.has('add-config') && options.has('add-config-file')) {
    throw illegalArgument('Only one of --add-config or --add-config-file must be specified');
  }
  if (!['add-config', 'add-config-file', 'delete-config'].some((option) => options.has(option))) {
    throw illegalArgument('At least one of --add-config, --add-config-file, or --delete-config must be specified with --alter');
  }
}
