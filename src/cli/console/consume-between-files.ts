import { readOffsetFile } from '../../config/offset-file.js';
import type { OffsetFile } from '../../core/offset-file/offset-file.js';
import { planWindow } from '../../core/offset-targets/plan-window.js';
import { parseTopicSelection } from '../../core/topics/topic-selection.js';
import type { Context } from '../../operations/context.js';
import { consumeWindow } from '../../operations/console/consume-window.js';
import type { ReadOptions } from '../../operations/console/read-ranges.js';
import type { ConsumeFlags } from './consume-flags.js';

/** `console consume --from-offsets FILE --to-offsets FILE`: the records between two offset files, or from or up to one. */
export async function consumeBetweenFiles(
  ctx: Context,
  { fromOffsets, toOffsets, exitAtEnd = false, force = false, literal }: ConsumeFlags,
  topics: readonly string[],
  print: ReadOptions,
): Promise<void> {
  const [from, to] = await Promise.all([readIfGiven(fromOffsets), readIfGiven(toOffsets)]);
  const window = planWindow({ from, to, topics: parseTopicSelection(topics, literal) });
  await consumeWindow(ctx, { ...print, window, files: [from, to], force, exitAtEnd });
}

function readIfGiven(path: string | undefined): Promise<OffsetFile | undefined> {
  return path === undefined ? Promise.resolve(undefined) : readOffsetFile(path, { allowHighWatermark: false });
}
