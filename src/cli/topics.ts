import { InvalidArgumentError, Option, type Command } from 'commander';
import { collect, parseCount } from './option-values.js';
import { changeCommand, command, examples } from './runner.js';
import { literalOption, topicPatternHelp } from './selection-options.js';

/** `kafkit topics`: inspect and change topics. */
export function registerTopics(topics: Command): void {
  registerList(topics);
  registerDescribe(topics);
  registerCreate(topics);
  registerAlter(topics);
  registerDelete(topics);
}

function registerList(topics: Command): void {
  const list = command(topics, 'list [names...]', () => import('./topics/list.js').then((module) => module.list))
    .description('list topics')
    .addOption(topicOption())
    .addOption(literalOption())
    .option('--internal', 'include internal topics');
  examples(list, 'kafkit topics list', "kafkit topics list 'orders-*' -o wide", 'kafkit topics list -o names').addHelpText(
    'after',
    topicPatternHelp,
  );
}

function registerDescribe(topics: Command): void {
  const describe = command(topics, 'describe [names...]', () => import('./topics/describe.js').then((module) => module.describe))
    .description('show partitions, leaders, replicas and settings of topics (default: of all)')
    .addOption(topicOption())
    .addOption(literalOption())
    .option('--internal', 'include internal topics')
    .option('--all-configs', 'every setting, defaults too')
    .option('--under-replicated', 'only partitions with replicas out of sync')
    .option('--unavailable', 'only partitions without a leader that is up')
    .option('--under-min-isr', 'only partitions with fewer replicas in sync than min.insync.replicas')
    .option('--at-min-isr', 'only partitions with exactly min.insync.replicas in sync')
    .addOption(new Option('--with-overrides', 'only topics that override a setting').conflicts([...filterOptions]));
  examples(describe, 'kafkit topics describe orders', 'kafkit topics describe --under-replicated').addHelpText(
    'after',
    topicPatternHelp,
  );
}

const filterOptions = ['underReplicated', 'unavailable', 'underMinIsr', 'atMinIsr'] as const;

function registerCreate(topics: Command): void {
  const create = changeCommand(topics, 'create [names...]', () => import('./topics/create.js').then((module) => module.create))
    .description('create topics')
    .addOption(topicOption())
    .option('--partitions <count>', "number of partitions (default: the broker's num.partitions)", parseCount)
    .option('--replication-factor <count>', "replicas of each partition (default: the broker's)", parseReplicationFactor)
    .addOption(assignmentOption().conflicts(['partitions', 'replicationFactor']))
    .addOption(configOption())
    .option('--if-not-exists', 'a topic that exists already is no failure')
    .option('--dry-run', 'let the broker check everything, and create nothing')
    .addOption(new Option('--yes', 'creating never asks; taken so that scripts can always give it').hideHelp());
  examples(
    create,
    'kafkit topics create orders --partitions 6 --replication-factor 3 --config retention.ms=86400000',
    'kafkit topics create orders bills --if-not-exists',
    'kafkit topics create orders --replica-assignment 1:2,2:3,3:1',
  );
}

function registerAlter(topics: Command): void {
  const alter = changeCommand(topics, 'alter [names...]', () => import('./topics/alter.js').then((module) => module.alter))
    .description('add partitions to topics, or change their settings')
    .addOption(topicOption())
    .addOption(literalOption())
    .option('--partitions <count>', 'new number of partitions; it can only grow', parseCount)
    .addOption(assignmentOption().conflicts('partitions'))
    .addOption(configOption())
    .option('--delete-config <name>', 'back to the default of this setting; may be given several times', collect)
    .option('--internal', 'let patterns match internal topics too');
  addChangeOptions(alter);
  examples(
    alter,
    'kafkit topics alter orders --partitions 12',
    'kafkit topics alter orders --config retention.ms=3600000 --delete-config cleanup.policy --yes',
  ).addHelpText('after', topicPatternHelp);
}

function registerDelete(topics: Command): void {
  const remove = changeCommand(topics, 'delete [names...]', () => import('./topics/delete.js').then((module) => module.remove))
    .description('delete topics and every record in them')
    .addOption(topicOption())
    .addOption(literalOption())
    .option('--if-exists', 'a topic that does not exist is no failure')
    .option('--internal', "allow to delete internal topics, which are Kafka's own");
  addChangeOptions(remove);
  examples(remove, 'kafkit topics delete orders', "kafkit topics delete 'test-*' --dry-run").addHelpText('after', topicPatternHelp);
}

function topicOption(): Option {
  return new Option('--topic <name>', 'same as NAME; may be given several times').argParser(collect);
}

function configOption(): Option {
  return new Option('--config <name=value>', 'a setting of the topic; may be given several times').argParser(collect);
}

function assignmentOption(): Option {
  return new Option('--replica-assignment <brokers>', 'brokers of each partition, the preferred leader first: 1:2,2:3');
}

function addChangeOptions(target: Command): void {
  target.option('--yes', 'do not ask').option('--dry-run', 'show what would change, and change nothing');
}

const largestInt16 = 32_767;

function parseReplicationFactor(text: string): number {
  const value = parseCount(text);
  if (value <= largestInt16) return value;
  throw new InvalidArgumentError(`${largestInt16} is the most.`);
}
