import { Option, type Command } from 'commander';
import { command, examples } from './runner.js';
import { groupOption, groupPatternHelp, literalOption } from './selection-options.js';

/** `kafkit lag`: who is behind, and by how much. */
export function registerLag(lag: Command): void {
  const describe = command(lag, 'describe [groups...]', () => import('./lag/describe.js').then((module) => module.describe))
    .description('show the lag of groups by partition')
    .addOption(groupOption())
    .addOption(literalOption())
    .option('--all-groups', 'every group that consumes')
    .option('--time', 'also the age of the oldest unread record, and how long until retention may delete it')
    .addOption(isolationOption());
  examples(
    describe,
    'kafkit lag describe billing',
    'kafkit lag describe --all-groups -o json',
    'kafkit lag describe billing --time',
  ).addHelpText('after', groupPatternHelp);
  const list = command(lag, 'list [groups...]', () => import('./lag/list.js').then((module) => module.list))
    .description('one line a group, the one furthest behind first')
    .addOption(literalOption())
    .addOption(isolationOption());
  examples(list, 'kafkit lag list', "kafkit lag list 'billing-*' -o json").addHelpText('after', groupPatternHelp);
}

function isolationOption(): Option {
  return new Option('--isolation-level <level>', 'read_committed: count to the last stable offset').choices([
    'read_uncommitted',
    'read_committed',
  ] as const);
}
