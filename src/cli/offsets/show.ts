import { table, type Column, type Report } from '../../output/report.js';
import { errorDocument } from '../error-document.js';
import { exitCodes } from '../exit.js';
import { failureNotices } from '../failures.js';
import type { Handler } from '../handler.js';
import type { OffsetFit } from '../../core/offset-diff/check-offset.js';
import type { ShowOffsetsResult, ShownOffset } from '../../operations/offsets/show-offsets.js';

interface ShowFlags {
  readonly isolationLevel?: 'read_uncommitted' | 'read_committed';
}

/** `offsets show`. */
export const show: Handler<ShowFlags> = async ({ args, options, ctx, session }) => {
  const [path] = args as [string]; // the command declares <file>
  const [{ showOffsets }, { readOffsetFile }] = await Promise.all([
    import('../../operations/offsets/show-offsets.js'),
    import('../../config/offset-file.js'),
  ]);
  const file = await readOffsetFile(path, { allowHighWatermark: true });
  const result = await showOffsets(ctx, file, options.isolationLevel ?? 'read_uncommitted');
  failureNotices(session, result.offsets);
  return showReport(result);
};

/** The report of `offsets show`. */
export function showReport(result: ShowOffsetsResult): Report {
  const { file, clusterId, isOtherCluster, offsets } = result;
  const isFitting = !isOtherCluster && offsets.every(({ fit, error }) => fit === 'fits' || error !== undefined);
  const isKnown = offsets.every(({ error }) => error === undefined);
  return {
    document: {
      fits: isFitting && isKnown,
      fileClusterId: file.clusterId ?? null,
      clusterId: clusterId ?? null,
      takenAt: file.takenAt ?? null,
      source: file.source ?? null,
      partitions: offsets.map(shownDocument),
    },
    tables: [table<ShownOffset>({ columns: columnsFor(offsets), rows: offsets, empty: 'the file names no partitions' })],
    names: offsets.filter(({ fit }) => fit !== 'fits').map(({ topic, partition }) => `${topic}:${partition}`),
    notes: notesOf(result),
    ...(!isFitting ? { exitCode: exitCodes.check } : !isKnown && { exitCode: exitCodes.failed }),
  };
}

function shownDocument(row: ShownOffset): Record<string, unknown> {
  const { group, topic, partition, offset, start, end, fit, error } = row;
  return {
    ...(group !== undefined && { group }),
    topic,
    partition,
    offset: offset === 'high-watermark' ? -1n : offset,
    start: start ?? null,
    end: end ?? null,
    before: before(row) ?? null,
    after: after(row) ?? null,
    fit: fit ?? null,
    error: errorDocument(error),
  };
}

/** Offsets of the log before and from the file's offset on: what a cut there would take, and what a reader there has ahead. */
function before({ offset, start, end, fit }: ShownOffset): bigint | undefined {
  if (fit !== 'fits' || start === undefined || end === undefined) return undefined;
  return (offset === 'high-watermark' ? end : offset) - start;
}

function after({ offset, end, fit }: ShownOffset): bigint | undefined {
  if (fit !== 'fits' || end === undefined) return undefined;
  return offset === 'high-watermark' ? 0n : end - offset;
}

const words: Readonly<Record<OffsetFit, string>> = {
  fits: 'fits',
  'below-start': 'below the start: records are gone',
  'beyond-end': 'beyond the end',
  'below-zero': 'below zero: no place in a log',
  'unknown-topic': 'no such topic',
  'unknown-partition': 'no such partition',
  'other-topic': 'the topic was created anew since',
};

function columnsFor(rows: readonly ShownOffset[]): Column<ShownOffset>[] {
  return [
    { title: 'GROUP', value: (row) => row.group, wide: rows.every(({ group }) => group === undefined) },
    { title: 'TOPIC', value: (row) => row.topic },
    { title: 'PARTITION', value: (row) => row.partition },
    { title: 'OFFSET', value: ({ offset }) => (offset === 'high-watermark' ? 'end' : offset) },
    { title: 'START', value: (row) => row.start },
    { title: 'END', value: (row) => row.end },
    { title: 'BEFORE', value: before },
    { title: 'AFTER', value: after },
    {
      title: 'FIT',
      value: ({ fit }) => (fit === undefined ? 'not known' : words[fit]),
      tone: ({ fit }) => (fit === 'fits' ? 'good' : 'bad'),
    },
  ];
}

function notesOf({ file, clusterId, isOtherCluster, offsets }: ShowOffsetsResult): string[] {
  const about = [file.source, file.takenAt && `taken at ${file.takenAt}`].filter((part) => part !== undefined && part !== '');
  const fitting = offsets.filter(({ fit }) => fit === 'fits').length;
  return [
    ...(about.length > 0 ? [about.join(', ')] : []),
    ...(isOtherCluster ? [`the file is of cluster ${file.clusterId ?? ''}, this is ${clusterId ?? ''}`] : []),
    `${fitting} of ${offsets.length} offsets fit`,
  ];
}
