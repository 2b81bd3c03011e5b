import type { RecordFormatter } from '../../core/record-formats/format-json-line.js';
import { javaHashOrder } from '../java/hash-order.js';
import { readPropertiesFile } from '../java/tool-settings.js';
import { checkExactlyOne, checkRequired } from '../jopt/check-arguments.js';
import type { OptionSet } from '../jopt/option-set.js';
import { UsageError } from '../jopt/usage-error.js';
import { parseKeyValues } from '../key-values.js';
import type { ToolRun } from '../tool.js';
import { buildFormatter } from './build-formatter.js';

/** What a command line of `kafka-console-consumer` asks for. */
export interface ConsumerCommand {
  /** Settings of the consumer, everything merged. */
  readonly values: ReadonlyMap<string, string>;
  readonly partition: number | undefined;
  readonly offset: bigint | 'earliest' | 'latest';
  /** Undefined where there is none. */
  readonly timeoutMs: number | undefined;
  readonly format: RecordFormatter;
}

/**
 * Looks at the command line in the order in which Kafka does; `undefined` where it has said on stderr why it will not do.
 *
 * @throws UsageError, OptionError, JavaError
 */
export async function readConsumerCommand(run: ToolRun, options: OptionSet): Promise<ConsumerCommand | undefined> {
  const partition = checkOptions(options);
  refusePair(options, 'consumer-property', 'command-property');
  refusePair(options, 'consumer.config', 'command-config');
  warnOfOldName(run, options, 'consumer-property', 'command-property');
  warnOfOldName(run, options, 'consumer.config', 'command-config');
  const path = options.text('command-config') ?? options.text('consumer.config');
  const file = path === undefined ? new Map<string, string>() : await readPropertiesFile(path);
  const extra = parseKeyValues([...options.values('command-property'), ...options.values('consumer-property')]);
  const group = findGroup(options, [options.text('group'), file.get('group.id'), extra.get('group.id')], partition);
  const values = new Map([...file, ...extra]);
  if (!setReset(run, values, options.has('from-beginning'))) return undefined;
  completeValues(options, values, group);
  const offset = readOffset(options);
  const timeout = options.long('timeout-ms');
  const timeoutMs = timeout === undefined || timeout < 0n ? undefined : Number(timeout);
  return { values, partition, offset, timeoutMs, format: await buildFormatter(run, options) };
}

function checkOptions(options: OptionSet): number | undefined {
  checkExactlyOne(options, 'topic', 'include');
  const partition = options.integer('partition');
  if (partition !== undefined) {
    if (!options.has('topic')) throw usage(options, 'The topic is required when partition is specified.');
    if (options.has('from-beginning') && options.has('offset')) {
      throw usage(options, 'Options from-beginning and offset cannot be specified together.');
    }
  } else if (options.has('offset')) throw usage(options, 'The partition is required when offset is specified.');
  checkRequired(options, 'bootstrap-server');
  return partition;
}

function usage(options: OptionSet, message: string): UsageError {
  return new UsageError(message, options.specs);
}

function refusePair(options: OptionSet, old: string, present: string): void {
  if (!options.has(old) || !options.has(present)) return;
  throw usage(options, `Options --${old} and --${present} cannot be specified together.`);
}

function warnOfOldName(run: ToolRun, options: OptionSet, old: string, present: string): void {
  if (!options.has(old)) return;
  run.out(`Option --${old} is deprecated and will be removed in a future version. Use --${present} instead.\n`);
}

function findGroup(options: OptionSet, given: readonly (string | undefined)[], partition: number | undefined): string | undefined {
  const groups = javaHashOrder(given.filter((id) => id !== undefined));
  if (groups.length > 1) {
    const where = "(directly using '--group', via '--consumer-property', or via '--consumer.config')";
    const list = groups.map((id) => `'${id}'`).join(', ');
    throw usage(options, `The group ids provided in different places ${where} do not match. Detected group ids: ${list}`);
  }
  if (groups.length > 0 && partition !== undefined) {
    throw usage(options, 'Options group and partition cannot be specified together.');
  }
  return groups[0];
}

/** False where flag and setting contradict each other, which is said on stderr. */
function setReset(run: ToolRun, values: Map<string, string>, fromBeginning: boolean): boolean {
  const reset = values.get('auto.offset.reset');
  if (reset === undefined) values.set('auto.offset.reset', fromBeginning ? 'earliest' : 'latest');
  if (reset === undefined || !fromBeginning || reset === 'earliest') return true;
  run.err(`Can't simultaneously specify --from-beginning and 'auto.offset.reset=${reset}', please remove one option\n`);
  return false;
}

function completeValues(options: OptionSet, values: Map<string, string>, group: string | undefined): void {
  values.set('bootstrap.servers', options.text('bootstrap-server') ?? '');
  if (!values.has('client.id')) values.set('client.id', 'console-consumer');
  const isolation = options.text('isolation-level') ?? 'read_uncommitted';
  if (options.has('isolation-level') || !values.has('isolation.level')) values.set('isolation.level', isolation);
  values.set('group.id', group ?? `console-consumer-${Math.floor(Math.random() * 100_000)}`);
  // Nobody would go on from the offsets of a group that was made up.
  if (group === undefined && !values.has('enable.auto.commit')) values.set('enable.auto.commit', 'false');
}

function readOffset(options: OptionSet): ConsumerCommand['offset'] {
  if (!options.has('offset')) return options.has('from-beginning') ? 'earliest' : 'latest';
  const text = options.text('offset') ?? '';
  const word = text.toLowerCase();
  if (word === 'earliest' || word === 'latest') return word;
  const offset = /^\+?\d+$/.test(text) ? BigInt(text.replace('+', '')) : undefined;
  if (offset !== undefined && offset < 2n ** 63n) return offset;
  const valid = "Valid values are 'earliest', 'latest', or a non-negative long.";
  throw usage(options, `The provided offset value '${text}' is incorrect. ${valid}`);
}
