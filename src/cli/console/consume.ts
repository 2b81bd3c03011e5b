import { CliError } from '../../core/errors.js';
import { parseEscapes } from '../../core/record-formats/escape-sequences.js';
import { createJsonLineFormatter, type RecordFormatter } from '../../core/record-formats/format-json-line.js';
import { parseFormatString } from '../../core/record-formats/format-string.js';
import { createColumnFormatter, parsePrintColumns } from '../../core/record-formats/print-columns.js';
import { writeRaw, writeTerminalSafe } from '../../core/record-formats/terminal-text.js';
import { parseOffsetTarget, type OffsetTarget } from '../../core/offset-targets/offset-target.js';
import { parseTopicName } from '../../core/topics/topic-selection.js';
import { parseTime } from '../../core/offset-targets/parse-time.js';
import { consume, type ConsumeOptions } from '../../operations/console/consume.js';
import { parseDuration } from '../duration.js';
import type { GlobalOptions } from '../global-options.js';
import type { Handler } from '../handler.js';
import { tellTimes } from '../time-notices.js';
import { standardOutput } from '../../terminal/standard-output.js';
import type { ConsumeFlags } from './consume-flags.js';
import { topicWords } from './topic-word.js';

/** `console consume`: everything goes to stdout while it comes. */
export const consumeHandler: Handler<ConsumeFlags> = async (invocation) => {
  const { args, options, ctx, session } = invocation;
  const print = {
    format: recordFormat(options, process.stdout.isTTY && options.raw !== true),
    sink: standardOutput(),
    ...limits(options),
  };
  const topics = topicWords(args, options);
  if (options.group !== undefined) {
    const { consumeInGroup } = await import('./consume-in-group.js');
    await consumeInGroup(invocation, topics, print);
    return undefined;
  }
  refuseGroupFlags(options);
  if (options.fromOffsets !== undefined || options.toOffsets !== undefined) {
    const { consumeBetweenFiles } = await import('./consume-between-files.js');
    await consumeBetweenFiles(ctx, options, topics, print);
    return undefined;
  }
  const now = ctx.now();
  const range = readOptions(options, now);
  const { fromTime, fromTimestamp, untilTime } = options;
  await tellTimes(session, now, { '--from-time': fromTime, '--from-timestamp': fromTimestamp, '--until-time': untilTime });
  await consume(ctx, { ...range, ...print, topic: onlyTopic(topics, options.literal) });
  return undefined;
};

/** Flags that only a group member can follow. */
const groupFlags = ['groupProtocol', 'assignor', 'groupInstanceId', 'sessionTimeout', 'commit', 'commitInterval'] as const;

function refuseGroupFlags(flags: ConsumeFlags): void {
  const flag = groupFlags.find((name) => flags[name] !== undefined);
  if (flag !== undefined) throw new CliError('usage', `--${dashed(flag)} has no meaning without --group`);
}

function onlyTopic(topics: readonly string[], isLiteral: boolean | undefined): string {
  const [topic, other] = topics;
  if (topic === undefined) throw new CliError('usage', 'no topic is named', { hint: 'name one: kafkit console consume TOPIC' });
  if (other === undefined) return parseTopicName(topic, severalHint, isLiteral);
  throw new CliError('usage', `two topics are named, '${topic}' and '${other}'`, { hint: severalHint });
}

const severalHint = 'read several topics with --group ID, or run the command for each of them: kafkit topics list -o names';

/** When to stop, whatever is read; and which records are shown. */
export type Limits = Pick<ConsumeOptions, 'maxMessages' | 'idleTimeoutMs' | 'isCommittedOnly'>;

function limits(flags: ConsumeFlags): Limits {
  return {
    isCommittedOnly: flags.isolationLevel === 'read_committed',
    maxMessages: flags.maxMessages,
    idleTimeoutMs: flags.idleTimeout === undefined ? undefined : parseDuration(flags.idleTimeout, '--idle-timeout'),
  };
}

type ReadPlace = Pick<ConsumeOptions, 'partitions' | 'start' | 'stop' | 'exitAtEnd'>;

/**
 * Where to start and stop.
 *
 * @throws CliError `usage` for values that are no offset, time, duration or partition
 */
export function readOptions(flags: ConsumeFlags, now: number): ReadPlace & Limits {
  const stop = stopTarget(flags, now);
  const exitAtEnd = flags.exitAtEnd === true;
  return {
    partitions: flags.partition === undefined ? undefined : parsePartitions(flags.partition),
    start: startTarget(flags, now) ?? { kind: stop === undefined && !exitAtEnd ? 'latest' : 'earliest' },
    stop,
    exitAtEnd,
    ...limits(flags),
  };
}

function startTarget(flags: ConsumeFlags, now: number): OffsetTarget | undefined {
  if (flags.fromBeginning === true) return { kind: 'earliest' };
  if (flags.offset !== undefined) return parseOffsetTarget(flags.offset, '--offset');
  if (flags.fromTime !== undefined) return { kind: 'time', timestamp: parseTime(flags.fromTime, now, '--from-time') };
  if (flags.fromTimestamp !== undefined)
    return { kind: 'time', timestamp: parseTime(flags.fromTimestamp, now, '--from-timestamp') };
  return flags.tail === undefined ? undefined : { kind: 'tail', count: BigInt(flags.tail) };
}

function stopTarget(flags: ConsumeFlags, now: number): OffsetTarget | undefined {
  if (flags.untilOffset !== undefined) return parseOffsetTarget(flags.untilOffset, '--until-offset');
  if (flags.untilTime === undefined) return undefined;
  const timestamp = parseTime(flags.untilTime, now, '--until-time');
  if (timestamp <= now) return { kind: 'time', timestamp };
  throw new CliError('usage', `--until-time '${flags.untilTime}' lies in the future`, { hint: 'end a run later with --timeout' });
}

function parsePartitions(text: string): number[] {
  return text.split(',').map((part) => {
    if (/^\d{1,9}$/.test(part.trim())) return Number(part);
    throw new CliError('usage', `--partition '${text}': '${part}' is no partition`, { hint: 'write one number, or several: 0,3' });
  });
}

const textFlags = ['print', 'separator', 'delimiter', 'headersSeparator', 'headersKeySeparator', 'nullText', 'format'] as const;

/**
 * How records are printed.
 *
 * @param isTerminal whether control characters of records must be escaped
 * @throws CliError `usage` for unknown columns, tokens or escapes, and for an output that records do not have
 */
export function recordFormat(flags: ConsumeFlags & Pick<GlobalOptions, 'output'>, isTerminal: boolean): RecordFormatter {
  const { output = 'table' } = flags;
  if (output === 'json' || output === 'jsonl') {
    const extra = textFlags.find((name) => flags[name] !== undefined);
    if (extra === undefined) return createJsonLineFormatter();
    throw new CliError('usage', `--${dashed(extra)} does nothing with -o ${output}, which prints every part of a record`);
  }
  if (output !== 'table')
    throw new CliError('usage', `records have no -o ${output}`, { hint: 'use -o jsonl, --print or --format' });
  const writeBytes = isTerminal ? writeTerminalSafe : writeRaw;
  if (flags.format !== undefined) return parseFormatString(flags.format, writeBytes, flags.nullText);
  const { separator = '\\t', delimiter = '\\n', headersSeparator = ',', headersKeySeparator = ':' } = flags;
  const nullText = new TextEncoder().encode(flags.nullText ?? 'null');
  return createColumnFormatter(
    {
      columns: parsePrintColumns(flags.print ?? 'value'),
      separator: parseEscapes(separator, '--separator'),
      delimiter: parseEscapes(delimiter, '--delimiter'),
      nullText,
      headers: {
        separator: parseEscapes(headersSeparator, '--headers-separator'),
        keySeparator: parseEscapes(headersKeySeparator, '--headers-key-separator'),
        nullText,
      },
    },
    writeBytes,
  );
}

/** A flag as it is typed: `maxMessages` is `max-messages`. */
export function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
