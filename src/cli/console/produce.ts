import { descriptorOf } from '../../core/descriptor-name.js';
import { CliError } from '../../core/errors.js';
import type { PartitionerName } from '../../core/partitioners/create-partitioner.js';
import { parseTime } from '../../core/offset-targets/parse-time.js';
import { parseEscapes } from '../../core/record-formats/escape-sequences.js';
import { parseHeaderArgument } from '../../core/record-formats/header-list.js';
import { defaultLineFormat, type LineFormat } from '../../core/record-formats/line-format.js';
import { createLineParser, type RecordParser } from '../../core/record-formats/line-parser.js';
import { createJsonLineParser } from '../../core/record-formats/parse-json-line.js';
import { withConstants } from '../../core/record-formats/record-constants.js';
import { produce, type ProduceOptions } from '../../operations/console/produce.js';
import { parseDuration } from '../duration.js';
import { tellTimes } from '../time-notices.js';
import type { GlobalOptions } from '../global-options.js';
import type { Handler } from '../handler.js';
import { sayProduced, produceDocument } from './produce-report.js';
import { fileInput, standardInput } from '../../terminal/standard-input.js';
import { topicWord } from './topic-word.js';

/** The flags of `console produce`, as the parser gives them. */
export interface ProduceFlags {
  readonly topic?: string;
  readonly file?: readonly string[];
  readonly input?: 'lines' | 'jsonl';
  readonly delimiter?: string;
  readonly parseKey?: boolean;
  readonly keySeparator?: string;
  readonly parseHeaders?: boolean;
  readonly headersDelimiter?: string;
  readonly headersSeparator?: string;
  readonly headersKeySeparator?: string;
  readonly nullMarker?: string;
  readonly ignoreErrors?: boolean;
  readonly usePartitions?: boolean;
  readonly header?: readonly string[];
  readonly partition?: number;
  readonly timestamp?: string;
  readonly partitioner?: PartitionerName;
  readonly acks?: 'all' | '-1' | '0' | '1';
  readonly idempotence?: boolean;
  readonly compression?: 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd';
  readonly sync?: boolean;
  readonly batchSize?: number;
  readonly linger?: string;
  readonly deliveryTimeout?: string;
  readonly maxRequestSize?: number;
  readonly maxMessageBytes?: number;
  readonly transactionalId?: string;
  readonly createTopic?: boolean;
}

/** `console produce`: a summary on stderr, or a JSON document on stdout; a failure is thrown once it is said what was delivered. */
export const produceHandler: Handler<ProduceFlags> = async ({ args, options, ctx, session }) => {
  refuseOutput(options.output);
  refuseSharedInput(options);
  const topic = topicWord(args, options, 'produce');
  const now = ctx.now();
  const lines = lineOptions(options, now);
  await tellTimes(session, now, { '--timestamp': options.timestamp }, true);
  // What holds where the run ends before anything is read.
  session.account({ line: `0 records acknowledged in ${topic}`, mustBeRead: true });
  const report = await produce(ctx, {
    topic,
    sources: options.file?.map((path) => fileInput(path, options.file?.length === 1)) ?? [standardInput()],
    ...lines,
    producer: producerSettings(options),
    partitioner: options.partitioner,
  });
  if (options.output === 'json') await session.print({ document: produceDocument(report), tables: [] });
  sayProduced(session, report);
  if (report.problem !== undefined) throw report.problem;
  return undefined;
};

function refuseOutput(output: GlobalOptions['output']): void {
  if (output === undefined || output === 'table' || output === 'json') return;
  throw new CliError('usage', `console produce has no -o ${output}`, { hint: 'use -o json for a report that scripts can read' });
}

/** A pipe gives its content once: the settings would take the records with them, and nothing would be sent. */
function refuseSharedInput({
  commandConfig = process.env['KAFKIT_COMMAND_CONFIG'] ?? '',
  file = ['/dev/stdin'],
}: ProduceFlags & GlobalOptions): void {
  if (descriptorOf(commandConfig) !== 0 || !file.some((path) => descriptorOf(path) === 0)) return;
  throw new CliError('usage', 'standard input cannot hold both the settings and the records', {
    hint: 'name a file for one of them: --command-config FILE, or --file FILE',
  });
}

const textFlags = ['parseKey', 'keySeparator', 'parseHeaders', 'nullMarker', 'ignoreErrors'] as const;

/**
 * How lines become records.
 *
 * @throws CliError `usage` for flags that contradict each other or have no effect
 */
export function lineOptions(
  flags: ProduceFlags,
  now: number,
): Pick<ProduceOptions, 'delimiter' | 'parse' | 'skipBlank' | 'maxLineBytes'> {
  const isJson = flags.input === 'jsonl';
  const delimiter = parseEscapes(flags.delimiter ?? '\\n', '--delimiter');
  if (delimiter.length === 0) throw new CliError('usage', '--delimiter is empty');
  const parse = withConstants(isJson ? jsonParser(flags) : textParser(flags), {
    headers: flags.header?.map(parseHeaderArgument) ?? [],
    partition: flags.partition,
    timestamp: flags.timestamp === undefined ? undefined : parseTime(flags.timestamp, now, '--timestamp'),
  });
  // Room for a record as large as a request, beside which JSON escapes and base64 take several bytes for one.
  const maxLineBytes = maxRequestSize(flags) * (isJson ? 8 : 4) + 64 * 1024;
  return { delimiter, parse, skipBlank: isJson, maxLineBytes: Math.max(maxLineBytes, 16 * 1024 * 1024) };
}

function jsonParser(flags: ProduceFlags): RecordParser {
  for (const name of textFlags) {
    if (flags[name] !== undefined) throw new CliError('usage', `--${dashed(name)} does nothing with --input jsonl`);
  }
  if (flags.usePartitions === true && flags.partition !== undefined) {
    throw new CliError('usage', '--use-partitions and --partition contradict each other');
  }
  return createJsonLineParser({ usePartitions: flags.usePartitions === true });
}

function textParser(flags: ProduceFlags): RecordParser {
  refuseIdleFlags(flags);
  const separator = (text: string | undefined, option: string, byDefault: Uint8Array): Uint8Array =>
    text === undefined ? byDefault : parseEscapes(text, option);
  const format: LineFormat = {
    parseKey: flags.parseKey === true,
    keySeparator: separator(flags.keySeparator, '--key-separator', defaultLineFormat.keySeparator),
    parseHeaders: flags.parseHeaders === true,
    headersDelimiter: separator(flags.headersDelimiter, '--headers-delimiter', defaultLineFormat.headersDelimiter),
    headersSeparator: separator(flags.headersSeparator, '--headers-separator', defaultLineFormat.headersSeparator),
    headersKeySeparator: separator(flags.headersKeySeparator, '--headers-key-separator', defaultLineFormat.headersKeySeparator),
    nullMarker: flags.nullMarker === undefined ? undefined : parseEscapes(flags.nullMarker, '--null-marker'),
    ignoreErrors: flags.ignoreErrors === true,
  };
  return createLineParser(format);
}

/** A separator without the flag that uses it would be ignored, and keys would end up in values. */
function refuseIdleFlags(flags: ProduceFlags): void {
  const needs = [
    ['keySeparator', 'parseKey'],
    ['headersDelimiter', 'parseHeaders'],
    ['headersSeparator', 'parseHeaders'],
    ['headersKeySeparator', 'parseHeaders'],
  ] as const;
  for (const [name, needed] of needs) {
    if (flags[name] === undefined || flags[needed] === true) continue;
    throw new CliError('usage', `--${dashed(name)} does nothing without --${dashed(needed)}`);
  }
  if (flags.usePartitions === true) throw new CliError('usage', '--use-partitions needs --input jsonl');
}

/**
 * How records are sent.
 *
 * @throws CliError `usage` for a duration that is none, and for sizes that contradict each other
 */
export function producerSettings(flags: ProduceFlags): ProduceOptions['producer'] {
  const acks = flags.acks === undefined || flags.acks === 'all' ? -1 : (Number(flags.acks) as -1 | 0 | 1); // the parser takes no others
  const { batchSize } = flags;
  const given = {
    acks,
    idempotence: flags.idempotence,
    compression: flags.compression,
    sync: flags.sync,
    batchSize,
    lingerMs: flags.linger === undefined ? undefined : lingerMs(flags.linger),
    deliveryTimeoutMs: flags.deliveryTimeout === undefined ? undefined : parseDuration(flags.deliveryTimeout, '--delivery-timeout'),
    maxRequestSize: maxRequestSize(flags),
    transactionalId: flags.transactionalId,
    createTopics: flags.createTopic,
  };
  // Settings left out take the producer's defaults; undefined would replace them.
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function maxRequestSize(flags: ProduceFlags): number {
  const { maxRequestSize: request, maxMessageBytes: message } = flags;
  if (request !== undefined && message !== undefined && request !== message) {
    throw new CliError('usage', '--max-request-size and --max-message-bytes are the same setting with two values');
  }
  return request ?? message ?? 1024 * 1024;
}

function lingerMs(text: string): number {
  return /^0(ms|s)?$/.test(text) ? 0 : parseDuration(text, '--linger');
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
