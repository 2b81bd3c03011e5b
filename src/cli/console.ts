import { Option, type Command } from 'commander';
import { collect, parseCount, parseWhole } from './option-values.js';
import { changeCommand, command, examples } from './runner.js';
import { literalOption } from './selection-options.js';
import { timeHelp } from './time-notices.js';

/** `kafkit console`: records from lines to a topic, and from a topic to lines. */
export function registerConsole(console: Command): void {
  registerProduce(console);
  registerConsume(console);
}

const linesHeading = 'Lines:';
const recordsHeading = 'Records:';
const deliveryHeading = 'Delivery:';

/** The names of `core/partitioners`, which is not loaded for help. */
export const partitioners = [
  'murmur2',
  'murmur2-random',
  'consistent',
  'consistent-random',
  'random',
  'round-robin',
  'sticky',
] as const;

function registerProduce(console: Command): void {
  const produce = changeCommand(console, 'produce [topic]', () =>
    import('./console/produce.js').then((module) => module.produceHandler),
  )
    .description('write lines of standard input or files to a topic, one record a line')
    .addOption(new Option('--topic <name>', 'same as TOPIC'))
    .addOption(new Option('--file <path>', 'read this file instead; may be given several times').argParser(collect));
  addOptions(produce, linesHeading, [
    new Option('--input <form>', 'what a line is: text, or JSON as `console consume -o jsonl` writes it').choices([
      'lines',
      'jsonl',
    ]),
    new Option('--delimiter <text>', 'what ends a line (default: \\n; a \\r before it belongs to the value)'),
    new Option('--parse-key', 'a line is KEY SEPARATOR VALUE'),
    new Option('--key-separator <text>', 'cuts at its first occurrence (default: \\t)'),
    new Option('--parse-headers', 'a line starts with HEADERS DELIMITER, for example a:1,b:2'),
    new Option('--headers-delimiter <text>', 'ends the headers (default: \\t)'),
    new Option('--headers-separator <text>', 'between two headers (default: ,)'),
    new Option('--headers-key-separator <text>', 'between key and value of a header (default: :)'),
    new Option('--null-marker <text>', 'a key, value or header value that is exactly this is null'),
    new Option('--ignore-errors', 'a line without a separator is no error: what is missing is absent, the rest is the value'),
    new Option('--use-partitions', 'with --input jsonl: to the partition that each line names'),
  ]);
  addOptions(produce, recordsHeading, [
    new Option('-H, --header <key=value>', 'a header for every record; may be given several times').argParser(collect),
    new Option('--partition <number>', 'send everything to this partition').argParser(parseWhole),
    new Option('--timestamp <time>', 'timestamp of every record: an ISO time, @SECONDS, milliseconds, or -1h for an hour ago'),
    new Option('--partitioner <name>', "partition of records that name none (default: murmur2, which is Java's)").choices(
      partitioners,
    ),
  ]);
  addOptions(produce, deliveryHeading, [
    new Option('--acks <count>', 'replicas that must have a record before it counts as delivered (default: all)').choices([
      'all',
      '1',
      '0',
      '-1',
    ]),
    new Option('--idempotence', 'each record exactly once and in order, also through retries (default with --acks all)'),
    new Option('--no-idempotence', 'let retries write records twice'),
    new Option('--compression <codec>', 'compress batches').choices(['none', 'gzip', 'snappy', 'lz4', 'zstd']),
    new Option('--sync', 'wait for each record before the next one is read'),
    new Option('--batch-size <bytes>', 'largest batch (default: 921600)').argParser(parseCount),
    new Option('--linger <duration>', 'how long a batch waits to be filled (default: 5ms)'),
    new Option('--delivery-timeout <duration>', 'give a record up after this long, retries included (default: 2m)'),
    new Option('--max-request-size <bytes>', 'largest request, and so largest record (default: 1048576)').argParser(parseCount),
    new Option('--max-message-bytes <bytes>', 'same as --max-request-size').argParser(parseCount),
    new Option('--transactional-id <id>', 'all records or none: commit at the end of the input, abort if anything fails'),
    new Option('--create-topic', "create the topic, with the brokers' own counts, if it does not exist"),
  ]);
  examples(
    produce,
    'kafkit console produce orders < lines.txt',
    "kafkit console produce orders --parse-key --key-separator ':' --file lines.txt",
    'kafkit console consume orders --from-beginning --exit-at-end -o jsonl | kafkit console produce copy --input jsonl',
  ).addHelpText('after', produceHelp);
}

const produceHelp = `
Bytes pass as they are; separators may be written \\t, \\n, \\\\ or \\xNN. An empty line is a record with an empty value.
Reading stops at a line that is no record and at the first record that is lost; what was read before is delivered. How many
records were acknowledged is said on stderr (-o json: on stdout); anything not acknowledged ends with exit code 1.`;

function registerConsume(console: Command): void {
  const consume = command(console, 'consume [topics...]', () =>
    import('./console/consume.js').then((module) => module.consumeHandler),
  )
    .description('print the records of a topic')
    .addOption(new Option('--topic <name>', 'same as TOPIC'))
    .addOption(literalOption())
    .addOption(new Option('--partition <numbers>', 'only these partitions: 0 or 0,3'));
  addOptions(consume, 'Where to start (default: at the end; where a place to stop is named, at the beginning):', [
    new Option('--from-beginning', 'at the first record there is').conflicts(['offset', 'fromTime', 'fromTimestamp', 'tail']),
    new Option('--offset <offset>', 'at this offset, or earliest, latest, end-N').conflicts(['fromTime', 'fromTimestamp', 'tail']),
    new Option('--from-time <time>', 'at the first record from then on: an ISO time, @SECONDS, milliseconds, or -1h').conflicts([
      'fromTimestamp',
      'tail',
    ]),
    new Option('--from-timestamp <time>', 'same as --from-time').conflicts('tail'),
    new Option('--tail <count>', 'at the last records of each partition, this many').argParser(parseWhole),
    new Option('--from-offsets <file>', 'at the offsets of an offset file, in the partitions that it names').conflicts(placeFlags),
    new Option('--force', 'use offset files of another cluster, or of a topic created anew since, all the same'),
  ]);
  addOptions(consume, 'Where to stop (default: nowhere):', [
    new Option('--exit-at-end', 'at the end of each partition as it is now').conflicts(['untilOffset', 'untilTime']),
    new Option('--until-offset <offset>', 'before this offset of each partition').conflicts('untilTime'),
    new Option('--until-time <time>', 'before the first record from then on, or at the end as it is now'),
    new Option('--to-offsets <file>', 'before the offsets of an offset file, in the partitions that it names').conflicts(
      placeFlags,
    ),
  ]);
  addOptions(consume, 'When to stop, wherever reading starts (default: never):', [
    new Option('--max-messages <count>', 'after this many records').argParser(parseWhole),
    new Option('--idle-timeout <duration>', 'when no record came for this long, for example 15s'),
  ]);
  addOptions(consume, 'What to print:', [
    new Option('--print <columns>', 'topic, partition, offset, timestamp, headers, key, value in any order (default: value)'),
    new Option('--separator <text>', 'between columns (default: \\t)'),
    new Option('--delimiter <text>', 'behind each record (default: \\n)'),
    new Option('--headers-separator <text>', 'between two headers (default: ,)'),
    new Option('--headers-key-separator <text>', 'between key and value of a header (default: :)'),
    new Option('--null-text <text>', 'what null prints (default: null; with --format: nothing)'),
    new Option('-f, --format <format>', "kcat's tokens: %t %p %o %k %v %T %h %K %S %%, and \\n \\t \\xNN").conflicts([
      'print',
      'separator',
      'delimiter',
    ]),
    new Option('--raw', 'do not escape control characters on a terminal'),
    new Option('--isolation-level <level>', 'read_committed leaves out aborted and open transactions').choices([
      'read_uncommitted',
      'read_committed',
    ]),
  ]);
  addOptions(consume, 'As a member of a consumer group:', [
    new Option('--group <id>', 'read what the group gives to this member, from its commits on').conflicts(notInGroups),
    new Option('--group-protocol <protocol>', 'classic, or consumer for KIP-848 (default: classic)').choices([
      'classic',
      'consumer',
    ]),
    new Option('--assignor <name>', 'range, roundrobin, sticky or cooperative-sticky; may be given several times').argParser(
      collect,
    ),
    new Option('--group-instance-id <id>', 'static membership: leaving moves no partitions until the session ends'),
    new Option('--session-timeout <duration>', 'the group goes on without a member not heard of for so long (default: 45s)'),
    new Option('--commit <when>', 'what was printed: after each batch, at an interval, or never (default: batch)').choices([
      'batch',
      'interval',
      'none',
    ]),
    new Option('--commit-interval <duration>', 'with --commit interval (default: 5s)'),
  ]);
  examples(
    consume,
    'kafkit console consume orders --from-beginning --exit-at-end',
    'kafkit console consume orders --tail 10 --print key,value',
    "kafkit console consume orders --from-time -1h -f '%p:%o %k = %v\\n'",
    'kafkit console consume orders --from-beginning --max-messages 100 -o jsonl',
    'kafkit console consume orders --group billing --from-beginning --exit-at-end',
    "kafkit console consume 'orders-*' --group audit --verbose",
    'kafkit console consume --from-offsets before.json --to-offsets after.json',
  ).addHelpText('after', consumeHelp);
}

const consumeHelp = `
-o jsonl prints one JSON object a record: topic, partition, offset, timestamp, timestampType, key, value, headers. Bytes that are
no text stand in keyBase64 and valueBase64. \`console produce --input jsonl\` reads it back byte for byte.
--max-messages and --idle-timeout alone start at the end and wait for new records; add --from-beginning for those that are there.
With read_committed, a place to stop behind a transaction that is still open is waited for; only --exit-at-end ends before it, and
says how much is held back. Partitions that are added to a topic while it is followed are read from their beginning.
A partition without a leader is named, the others are read, and the exit code is 1.

With --group, several topics and patterns ('orders-*', '/^(orders|bills)-/') can be read. --from-beginning counts only where the
group has no commit. What is on stdout is committed, and nothing else: no end of a run skips a record, a crash may print some
again. --exit-at-end stops when each partition given to this member was read to the end that it had when it was given; a member
that is given none for 5 s stops, too. Rebalances are told of with --verbose.

With offset files (offsets get, groups export), no topic need be named; topics restrict them. A partition only in --from-offsets
is read for ever, or with --exit-at-end to its end as it is now; one only in --to-offsets from its first record.

${timeHelp}`;

/** Where to start or stop, which an offset file says itself. */
const placeFlags = ['fromBeginning', 'offset', 'fromTime', 'fromTimestamp', 'tail', 'untilOffset', 'untilTime', 'partition'];
/** A group has its own places and partitions. */
const notInGroups = [...placeFlags.slice(1), 'fromOffsets', 'toOffsets'];

function addOptions(target: Command, heading: string, options: readonly Option[]): void {
  for (const option of options) target.addOption(option.helpGroup(heading));
}
