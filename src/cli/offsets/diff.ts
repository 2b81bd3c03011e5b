import { CliError } from '../../core/errors.js';
import type { FileOffset } from '../../core/offset-file/offset-file.js';
import { table, type Column, type Report } from '../../output/report.js';
import { errorDocument } from '../error-document.js';
import { exitCodes } from '../exit.js';
import { failureNotices } from '../failures.js';
import type { Handler } from '../handler.js';
import type { DiffRow } from '../../core/offset-diff/compute-offset-diff.js';
import type { DiffOffsetsInput, DiffOffsetsResult } from '../../operations/offsets/diff-offsets.js';

interface DiffFlags {
  readonly to?: string;
  readonly force?: boolean;
  readonly isolationLevel?: 'read_uncommitted' | 'read_committed';
}

/** `offsets diff`. */
export const diff: Handler<DiffFlags> = async ({ args, options, ctx, session }) => {
  const [first, second] = args as [string, string | undefined]; // the command declares <from> [to]
  if ((second === undefined) === (options.to === undefined)) {
    throw new CliError(
      'usage',
      second === undefined ? 'nothing to compare with is named' : "a second file and '--to' are both given",
      {
        hint: 'give a second offset file, or --to latest for the cluster as it is now',
      },
    );
  }
  const [{ diffOffsets }, { readOffsetFile }] = await Promise.all([
    import('../../operations/offsets/diff-offsets.js'),
    import('../../config/offset-file.js'),
  ]);
  const from = await readOffsetFile(first, { allowHighWatermark: true });
  const to =
    second === undefined ? await livePlace(options, ctx.now()) : await readOffsetFile(second, { allowHighWatermark: true });
  const result = await diffOffsets(ctx, { from, to, force: options.force === true });
  if (result.clusters !== undefined)
    ctx.warn(
      `these are offsets of two clusters, ${result.clusters.from} and ${result.clusters.to}${options.force === true ? '' : '; --force compares the numbers all the same'}`,
    );
  failureNotices(
    session,
    result.errors.map((error) => ({ error })),
  );
  return diffReport(result);
};

async function livePlace({ to = '', isolationLevel }: DiffFlags, now: number): Promise<DiffOffsetsInput['to']> {
  const { parseLogPlace } = await import('../../core/offset-targets/parse-log-place.js');
  return { place: parseLogPlace(to, now, '--to'), isolation: isolationLevel ?? 'read_uncommitted' };
}

/** The report of `offsets diff`. */
export function diffReport(result: DiffOffsetsResult): Report {
  const { rows, total, withoutDifference, isEqual, errors, clusters } = result;
  return {
    document: {
      equal: isEqual && errors.length === 0,
      difference: total ?? null,
      withoutDifference,
      clusters: clusters ?? null,
      partitions: rows.map(({ group, topic, partition, from, to, difference, state }) => ({
        ...(group !== undefined && { group }),
        topic,
        partition,
        from: asNumber(from) ?? null,
        to: asNumber(to) ?? null,
        difference: difference ?? null,
        state,
      })),
      errors: errors.map(errorDocument),
    },
    tables: [table<DiffRow>({ columns: columnsFor(rows), rows, empty: 'the files name no partitions' })],
    names: rows.filter(({ state }) => state !== 'same').map(({ topic, partition }) => `${topic}:${partition}`),
    ...(rows.length > 0 && { notes: [summaryOf(result)] }),
    ...(errors.length > 0 ? { exitCode: exitCodes.failed } : !isEqual && { exitCode: exitCodes.check }),
  };
}

function columnsFor(rows: readonly DiffRow[]): Column<DiffRow>[] {
  const hasGroups = rows.some(({ group }) => group !== undefined);
  return [
    { title: 'GROUP', value: (row) => row.group, wide: !hasGroups },
    { title: 'TOPIC', value: (row) => row.topic },
    { title: 'PARTITION', value: (row) => row.partition },
    { title: 'FROM', value: (row) => asText(row.from) },
    { title: 'TO', value: (row) => asText(row.to) },
    { title: 'DIFFERENCE', value: (row) => row.difference },
    { title: 'STATE', value: (row) => row.state, tone: (row) => (row.state === 'same' ? 'dim' : 'warning') },
  ];
}

function summaryOf({ rows, total, withoutDifference }: DiffOffsetsResult): string {
  const different = rows.filter(({ state }) => state !== 'same').length;
  const text = `${different} of ${rows.length} partitions differ`;
  if (total === undefined) return `${text}; by how much is not known`;
  const rest = withoutDifference === 0 ? '' : `, ${withoutDifference} without a difference`;
  return `${text}; in total ${total > 0n ? '+' : ''}${total}${rest}`;
}

/** As in the files: -1 for the high watermark. */
function asNumber(offset: FileOffset | undefined): bigint | undefined {
  return offset === 'high-watermark' ? -1n : offset;
}

function asText(offset: FileOffset | undefined): bigint | string | undefined {
  return offset === 'high-watermark' ? 'end' : offset;
}
