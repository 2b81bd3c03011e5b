import { Option, type Command } from 'commander';
import { collect } from './option-values.js';
import { changeCommand, command, examples } from './runner.js';
import { groupOption, groupPatternHelp, literalOption } from './selection-options.js';
import { timeHelp } from './time-notices.js';

/** `kafkit groups`: inspect groups, move and keep their offsets. */
export function registerGroups(groups: Command): void {
  registerList(groups);
  registerDescribe(groups);
  registerMembers(groups);
  registerReset(groups);
  registerExport(groups);
  registerImport(groups);
  registerDelete(groups);
  registerDeleteOffsets(groups);
}

const states = ['Stable', 'Empty', 'Dead', 'PreparingRebalance', 'CompletingRebalance', 'Assigning', 'Reconciling', 'NotReady'];
const types = ['classic', 'consumer', 'share', 'streams'];

function registerList(groups: Command): void {
  const list = command(groups, 'list [groups...]', () => import('./groups/list.js').then((module) => module.list))
    .description('list groups of every type')
    .addOption(literalOption())
    .addOption(new Option('--state <state>', `only groups in this state (${states.join(', ')})`).argParser(collect))
    .addOption(new Option('--type <type>', `only groups of this type (${types.join(', ')})`).argParser(collect));
  examples(list, 'kafkit groups list', "kafkit groups list 'billing-*' --state Empty", 'kafkit groups list -o wide').addHelpText(
    'after',
    groupPatternHelp,
  );
}

function registerDescribe(groups: Command): void {
  const describe = command(groups, 'describe [groups...]', () => import('./groups/describe.js').then((module) => module.describe))
    .description('show state, coordinator, commits and lag of groups')
    .addOption(groupOption())
    .addOption(literalOption())
    .option('--all-groups', 'every group that consumes');
  examples(describe, 'kafkit groups describe billing', 'kafkit groups describe --all-groups -o json').addHelpText(
    'after',
    groupPatternHelp,
  );
}

function registerMembers(groups: Command): void {
  const members = command(groups, 'members [groups...]', () => import('./groups/members.js').then((module) => module.members))
    .description('show who is in groups, and what each holds (--verbose: also where each is to arrive)')
    .addOption(groupOption())
    .addOption(literalOption())
    .option('--all-groups', 'every group that consumes');
  examples(members, 'kafkit groups members billing', 'kafkit groups members billing --verbose').addHelpText(
    'after',
    groupPatternHelp,
  );
}

function registerReset(groups: Command): void {
  const reset = changeCommand(groups, 'reset-offsets [groups...]', () =>
    import('./groups/reset-offsets.js').then((module) => module.resetOffsets),
  )
    .description('move the committed offsets of groups that nobody is in')
    .addOption(groupOption())
    .addOption(literalOption())
    .option('--to-earliest', 'to the start of the log')
    .option('--to-latest', 'to the end of the log')
    .option('--to-current', 'to where they are; those outside the log come back into it, missing ones go to the end')
    .option('--to-offset <offset>', 'to this offset')
    .option('--shift-by <count>', 'that many records on, or back where negative')
    .option('--by-duration <duration>', 'to the first record of that long ago, for example PT1H30M or 1h30m')
    .option('--to-datetime <time>', 'to the first record at or after this time, for example 2026-11-21T08:00:00+01:00')
    .option('--from-file <file>', 'to the offsets of a file')
    .option('--from-group <group>', 'to where another group is')
    .addOption(topicOption())
    .option('--all-topics', 'every partition that the group has a commit for')
    .addOption(forceOption())
    .option('--save-before <file>', 'first write the offsets of now to this file, from which they can be put back');
  addChangeOptions(reset);
  examples(
    reset,
    'kafkit groups reset-offsets billing --topic orders --to-latest --dry-run',
    'kafkit groups reset-offsets billing --topic orders:0,1 --shift-by -100',
    'kafkit groups reset-offsets billing --all-topics --by-duration PT1H --save-before undo.json',
    'kafkit groups reset-offsets billing --from-file before.json --yes',
  )
    .addHelpText('after', groupPatternHelp)
    .addHelpText('after', topicHelp)
    .addHelpText('after', `\n${timeHelp}`);
}

function registerExport(groups: Command): void {
  const exported = command(groups, 'export [groups...]', () => import('./groups/export.js').then((module) => module.exportGroups))
    .description('print the committed offsets of groups as an offset file (JSON, or -o csv in the form of kafka-consumer-groups)')
    .addOption(groupOption())
    .addOption(literalOption())
    .option('--all-groups', 'every group that consumes');
  exported.option('--with-timestamps', 'also the time of the next record of each partition, for import --translate-by-time');
  examples(
    exported,
    'kafkit groups export billing > before.json',
    'kafkit groups export billing stock -o csv > before.csv',
    'kafkit groups export billing --with-timestamps > move.json',
  ).addHelpText('after', groupPatternHelp);
}

function registerImport(groups: Command): void {
  const imported = changeCommand(groups, 'import <file>', () => import('./groups/import.js').then((module) => module.importGroups))
    .description('commit the offsets of a file for the groups it names')
    .option('--group <id>', 'another name for the one group of the file')
    .addOption(literalOption())
    .addOption(topicOption())
    .addOption(
      new Option('--map-topic <old=new>', 'a topic of the file has another name here; may be given several times').argParser(
        collect,
      ),
    )
    .option('--translate-by-time', 'find each offset by the time of its record, for a mirror whose offsets are others')
    .addOption(forceOption())
    .option('--save-before <file>', 'first write the offsets of now to this file, from which they can be put back');
  addChangeOptions(imported);
  examples(
    imported,
    'kafkit groups import before.json --dry-run',
    'kafkit groups import before.json --group billing-copy --yes',
    'kafkit groups import move.json --translate-by-time --map-topic orders=primary.orders -b mirror:9092',
  ).addHelpText(
    'after',
    `
--translate-by-time needs a file that was written by 'groups export --with-timestamps' where the group is now. It never passes
over a record that the group has not read: of records with the same time it takes the first, a group that had read everything
reads its last record again, and where no time is known it starts at the beginning. --topic takes the new names.`,
  );
}

function registerDelete(groups: Command): void {
  const remove = changeCommand(groups, 'delete [groups...]', () => import('./groups/delete.js').then((module) => module.remove))
    .description('delete groups that nobody is in, with everything they committed')
    .addOption(groupOption())
    .addOption(literalOption())
    .option('--if-exists', 'a group that does not exist is no failure');
  addChangeOptions(remove);
  examples(remove, 'kafkit groups delete billing', "kafkit groups delete 'test-*' --dry-run").addHelpText(
    'after',
    groupPatternHelp,
  );
}

function registerDeleteOffsets(groups: Command): void {
  const remove = changeCommand(groups, 'delete-offsets [group]', () =>
    import('./groups/delete-offsets.js').then((module) => module.removeOffsets),
  )
    .description('delete what a group committed for topics')
    .addOption(groupOption())
    .addOption(literalOption())
    .addOption(topicOption());
  addChangeOptions(remove);
  examples(
    remove,
    'kafkit groups delete-offsets billing --topic orders',
    'kafkit groups delete-offsets billing --topic orders:0,3 --yes',
  ).addHelpText('after', topicHelp);
}

const topicHelp = `
--topic takes patterns, too ('orders-*', '/^(orders|bills)-/:0'): they pick topics that the group has offsets for, a name any topic.`;

function forceOption(): Option {
  return new Option('--force', 'use offsets of another cluster, of a topic created anew since, or outside the log all the same');
}

function topicOption(): Option {
  return new Option(
    '--topic <name[:partitions]>',
    'a topic, or some of its partitions (orders:0,2); may be given several times',
  ).argParser(collect);
}

function addChangeOptions(target: Command): void {
  target.option('--yes', 'do not ask').option('--dry-run', 'show what would change, and change nothing');
}
