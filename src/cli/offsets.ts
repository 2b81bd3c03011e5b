import { Option, type Command } from 'commander';
import { collect } from './option-values.js';
import { command, examples } from './runner.js';
import { literalOption } from './selection-options.js';
import { timeHelp } from './time-notices.js';

/** `kafkit offsets`: find, check and compare offsets. */
export function registerOffsets(offsets: Command): void {
  registerGet(offsets);
  registerDiff(offsets);
  registerShow(offsets);
}

const placeHelp = `
A PLACE is earliest, latest, max-timestamp (the record with the largest timestamp), earliest-local, latest-tiered or
earliest-pending-upload (tiered storage), or a time. The offset of a time is that of the first record at or after it; where every record is older, it is the end.
${timeHelp}`;

function registerGet(offsets: Command): void {
  const get = command(offsets, 'get [topics...]', () => import('./offsets/get.js').then((module) => module.get))
    .description('find offsets by place or time (default: the end of every topic)')
    .addOption(new Option('--topic <name>', 'same as TOPIC; may be given several times').argParser(collect))
    .option('--partition <list>', 'only these partitions, for example 0,2; may be given several times', collect)
    .addOption(literalOption())
    .option('--internal', 'include internal topics')
    .option('--time <place>', 'which offset: a word or a time (default: latest)')
    .addOption(isolationOption());
  examples(
    get,
    'kafkit offsets get orders --time earliest > start.json',
    "kafkit offsets get 'orders-*' bills:0,2 --time 2026-11-21T08:00:00Z -o table",
    'kafkit offsets get orders --time -1h',
  )
    .addHelpText('after', placeHelp)
    .addHelpText(
      'after',
      `
A TOPIC is a name, a glob or a /regular expression/, with partitions where it ends in :P,P. The output is an offset file (JSON)
unless it goes to a terminal or -o says otherwise; -o csv is Kafka's topic,partition,offset.`,
    );
}

function registerDiff(offsets: Command): void {
  const diff = command(offsets, 'diff <from> [to]', () => import('./offsets/diff.js').then((module) => module.diff))
    .description('compare two offset files, or one with the cluster; exit code 3 where they differ')
    .option('--to <place>', 'compare with this place in the cluster, instead of with a second file')
    .option('--force', 'compare the numbers also where they are of two clusters')
    .addOption(isolationOption());
  examples(diff, 'kafkit offsets diff before.json after.json', 'kafkit offsets diff start.json --to latest').addHelpText(
    'after',
    placeHelp,
  );
}

function registerShow(offsets: Command): void {
  const show = command(offsets, 'show <file>', () => import('./offsets/show.js').then((module) => module.show))
    .description('check an offset file and say what it would mean on this cluster; exit code 3 where it does not fit')
    .addOption(isolationOption());
  examples(show, 'kafkit offsets show before.json', 'kafkit offsets show before.json -o json');
}

function isolationOption(): Option {
  return new Option('--isolation-level <level>', 'read_committed: the end is the last stable offset').choices([
    'read_uncommitted',
    'read_committed',
  ] as const);
}
