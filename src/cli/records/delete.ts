import { CliError } from '../../core/errors.js';
import { approval, type ChangeOptions } from '../approval.js';
import { failureNotices } from '../failures.js';
import { partitionSelection, type PartitionFlags } from '../partition-flags.js';
import type { Handler } from '../handler.js';
import { tellTimes } from '../time-notices.js';
import { deleteReport, planReport } from './delete-report.js';
import type { CutTarget } from '../../core/cut/plan-cut.js';
import type { CutQuery } from '../../operations/records/read-cuts.js';

interface DeleteFlags extends PartitionFlags, ChangeOptions {
  readonly offsetJsonFile?: string;
  readonly before?: string;
  readonly keepLast?: string;
  readonly toEnd?: boolean;
  readonly internal?: boolean;
  readonly force?: boolean;
}

/** `records delete`. */
export const remove: Handler<DeleteFlags> = async ({ args, options, ctx, session }) => {
  const now = ctx.now();
  const cut = await readCut(args, options, now);
  await tellTimes(session, now, { '--before': options.before }, true);
  const before = cut.kind === 'target' && cut.target.kind === 'before' ? cut.target.timestamp : undefined;
  const { deleteRecords } = await import('../../operations/records/delete-records.js');
  const isShown = options.quiet !== true || options.yes !== true || options.dryRun === true;
  const input = { cut, includeInternal: options.internal === true, withTimes: isShown };
  const result = await deleteRecords(
    ctx,
    input,
    approval(session, options, 'always', (plan) => planReport(plan, before)),
  );
  failureNotices(session, result.results ?? []);
  return deleteReport(result, options.dryRun === true, before);
};

const choices = '--offset-json-file, --before, --keep-last or --to-end';

/** @throws CliError `usage` for none or several of the ways to say where to cut, `config` for a file with mistakes */
async function readCut(args: readonly unknown[], options: DeleteFlags, now: number): Promise<CutQuery['cut']> {
  const { offsetJsonFile, before, keepLast, toEnd } = options;
  const given = [offsetJsonFile, before, keepLast, toEnd].filter((each) => each !== undefined).length;
  if (given !== 1) {
    const what = given === 0 ? 'where to cut is not said' : 'where to cut is said more than once';
    throw new CliError('usage', what, { hint: `give one of ${choices}` });
  }
  const selection = await partitionSelection(args, options);
  const isSelecting = args.flat().length + (options.topic ?? []).length > 0;
  if (offsetJsonFile !== undefined) {
    if (isSelecting || options.partition !== undefined) {
      throw new CliError('usage', "the offset file names the partitions; topics and '--partition' cannot be given beside it");
    }
    const { readOffsetFile } = await import('../../config/offset-file.js');
    const file = await readOffsetFile(offsetJsonFile, { allowHighWatermark: true });
    return { kind: 'file', file, force: options.force === true };
  }
  if (!isSelecting) throw new CliError('usage', 'no topic is named', { hint: 'name one: kafkit records delete TOPIC' });
  return { kind: 'target', selection, target: await targetOf({ before, keepLast }, now) };
}

async function targetOf(
  { before, keepLast }: { before: string | undefined; keepLast: string | undefined },
  now: number,
): Promise<Exclude<CutTarget, { kind: 'given' }>> {
  if (before !== undefined) {
    const { parseWrittenTime } = await import('../../core/offset-targets/parse-log-place.js');
    return { kind: 'before', timestamp: parseWrittenTime(before, now, '--before') };
  }
  if (keepLast === undefined) return { kind: 'end' };
  // Zero would be everything, which nobody should get by a slip.
  if (/^\d{1,18}$/.test(keepLast) && BigInt(keepLast) > 0n) return { kind: 'keep-last', count: BigInt(keepLast) };
  throw new CliError('usage', `--keep-last '${keepLast}' is not a whole number from 1`, {
    hint: 'to keep nothing, use --to-end',
  });
}
