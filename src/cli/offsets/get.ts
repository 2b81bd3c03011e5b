import { formatOffsetFile } from '../../core/offset-file/format-offset-file.js';
import { table, type Report } from '../../output/report.js';
import { errorDocument } from '../error-document.js';
import { exitCodes } from '../exit.js';
import { failureNotices } from '../failures.js';
import { formatTimestamp } from '../format-timestamp.js';
import type { Handler } from '../handler.js';
import { tellTimes } from '../time-notices.js';
import { partitionSelection, type PartitionFlags } from '../partition-flags.js';
import type { FoundOffset, GetOffsetsResult } from '../../operations/offsets/get-offsets.js';

interface GetFlags extends PartitionFlags {
  readonly internal?: boolean;
  readonly time?: string;
  readonly isolationLevel?: 'read_uncommitted' | 'read_committed';
}

/** `offsets get`. */
export const get: Handler<GetFlags> = async ({ args, options, ctx, session }) => {
  const [{ getOffsets }, { parseLogPlace }] = await Promise.all([
    import('../../operations/offsets/get-offsets.js'),
    import('../../core/offset-targets/parse-log-place.js'),
  ]);
  const now = ctx.now();
  const place = parseLogPlace(options.time ?? 'latest', now, '--time');
  if (place.kind === 'timestamp') await tellTimes(session, now, { '--time': options.time });
  const result = await getOffsets(ctx, {
    selection: await partitionSelection(args, options),
    includeInternal: options.internal === true,
    place,
    isolation: options.isolationLevel ?? 'read_uncommitted',
  });
  for (const line of noticesOf(result)) session.notice(line);
  failureNotices(session, result.offsets);
  return getReport(result, process.stdout.isTTY);
};

function noticesOf({ offsets, source }: GetOffsetsResult): string[] {
  return offsets.flatMap(({ topic, partition, offset, isEnd, error }) => {
    if (error !== undefined) return [];
    if (isEnd) return [`${topic}-${partition}: every record is older, so the offset is the end`];
    return offset === undefined ? [`${topic}-${partition}: left out, it has no ${source} offset`] : [];
  });
}

type Known = FoundOffset & { readonly offset: bigint };

/** The report of `offsets get`: an offset file, as a table where `isTerminal`. */
export function getReport({ clusterId, takenAt, source, offsets }: GetOffsetsResult, isTerminal: boolean): Report {
  const known = offsets.filter((each): each is Known => each.offset !== undefined);
  const document = formatOffsetFile({
    ...(clusterId !== undefined && { clusterId }),
    takenAt: new Date(takenAt).toISOString(),
    source,
    groups: [{ partitions: known.map(toEntry) }],
  });
  const failures = offsets.flatMap(({ topic, partition, error }) =>
    error === undefined ? [] : [{ topic, partition, error: errorDocument(error) }],
  );
  return {
    document: failures.length === 0 ? document : { ...document, failures },
    tables: [
      table<FoundOffset>({
        columns: [
          { title: 'TOPIC', value: (row) => row.topic },
          { title: 'PARTITION', value: (row) => row.partition },
          { title: 'OFFSET', value: (row) => row.offset },
          {
            title: 'TIMESTAMP',
            value: (row) => formatTimestamp(row.timestamp),
            wide: source !== 'timestamp' && source !== 'max-timestamp',
          },
          { title: 'LEADER-EPOCH', value: (row) => row.leaderEpoch, wide: true },
          { title: 'TOPIC-ID', value: (row) => row.topicId, wide: true },
          { title: 'NOTE', value: noteOf, tone: ({ error }) => (error === undefined ? 'dim' : 'bad') },
        ],
        rows: offsets,
        empty: 'there are no partitions',
      }),
    ],
    csv: table<Known>({
      columns: [
        { title: 'TOPIC', value: (row) => row.topic },
        { title: 'PARTITION', value: (row) => row.partition },
        { title: 'OFFSET', value: (row) => row.offset },
      ],
      rows: known,
      headless: true,
    }),
    names: known.map(({ topic, partition }) => `${topic}:${partition}`),
    ...(!isTerminal && { defaultFormat: 'json' as const }),
    ...(offsets.some(({ error }) => error !== undefined) && { exitCode: exitCodes.failed }),
  };
}

/** Members beyond those of an offset file say how the offset was found; readers of such files pass over them. */
function toEntry({ topic, partition, offset, leaderEpoch, topicId, timestamp, isEnd }: Known) {
  return {
    topic,
    partition,
    offset,
    ...(leaderEpoch !== undefined && { leaderEpoch }),
    ...(topicId !== undefined && { topicId }),
    ...(timestamp !== undefined && { timestamp }),
    ...(isEnd && { note: 'end' }),
  };
}

function noteOf({ error, isEnd, offset }: FoundOffset): string | undefined {
  if (error !== undefined) return error.kafkaName;
  if (isEnd) return 'end: every record is older';
  return offset === undefined ? 'no such offset' : undefined;
}
