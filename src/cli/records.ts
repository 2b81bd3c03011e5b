import { Option, type Command } from 'commander';
import { collect } from './option-values.js';
import { changeCommand, examples } from './runner.js';
import { literalOption } from './selection-options.js';
import { timeHelp } from './time-notices.js';

/** `kafkit records`: delete records. */
export function registerRecords(records: Command): void {
  const remove = changeCommand(records, 'delete [topics...]', () => import('./records/delete.js').then((module) => module.remove))
    .description('delete the oldest records of partitions, up to an offset')
    .option('--offset-json-file <file>', 'up to the offsets of an offset file; -1 stands for the end')
    .option('--before <time>', 'up to the first record at or after this time')
    .option('--keep-last <count>', 'all but this many offsets of each partition')
    .option('--to-end', 'everything')
    .addOption(new Option('--topic <name>', 'same as TOPIC; may be given several times').argParser(collect))
    .option('--partition <list>', 'only these partitions, for example 0,2; may be given several times', collect)
    .option('--force', 'use offsets of another cluster, or of a topic created anew since, all the same')
    .addOption(literalOption())
    .option('--internal', "allow internal topics, which are Kafka's own")
    .option('--yes', 'do not ask')
    .option('--dry-run', 'show what would go, and delete nothing');
  examples(
    remove,
    'kafkit records delete --offset-json-file before.json --dry-run',
    'kafkit records delete orders --before -7d',
    'kafkit records delete orders:0,2 --keep-last 1000000 --yes',
    'kafkit records delete orders --to-end',
  ).addHelpText('after', help);
}

const help = `
A TOPIC is a name, a glob or a /regular expression/, with partitions where it ends in :P,P. Records are in the order
they were written, so older ones behind the first that is not older than --before stay.
${timeHelp} The offset file is Kafka's own, or one that 'groups export' or 'offsets get' wrote: records
below the offsets go. Nothing is deleted unless every partition can be cut as asked.`;
