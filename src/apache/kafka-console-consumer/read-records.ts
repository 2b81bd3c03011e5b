import { CliError } from '../../core/errors.js';
import { consumeGroup } from '../../operations/console/consume-group.js';
import { followPartition } from '../../operations/console/follow-partition.js';
import type { PrintOutcome } from '../../operations/console/print-records.js';
import type { WriteTally } from '../../operations/console/record-output.js';
import type { Context } from '../../operations/context.js';
import { standardOutput } from '../../terminal/standard-output.js';
import { commitPolicy, fetchSettings, memberSettings, resetOf } from './member-settings.js';
import type { ConsumerCommand } from './read-consumer-command.js';

/** What to read: topics as a member of a group, or one partition. */
export type Subscription =
  { readonly topics: readonly string[] } | { readonly pattern: RegExp } | { readonly topic: string; readonly partition: number };

/** Why reading ended. `unwritable` is a stdout that nobody reads, or that cannot be written to. */
export type ReadEnd =
  { readonly kind: 'limit' | 'idle' | 'unwritable' } | { readonly kind: 'failed' | 'unformatted'; readonly error: unknown };

export interface ReadRequest {
  readonly command: ConsumerCommand;
  readonly subscription: Subscription;
  /** Counts the records that were written, also those that could not be formatted. */
  readonly tally: WriteTally;
  readonly maxMessages: number | undefined;
  /** Is told of records that cannot be formatted and are skipped; without it the first one ends the run. */
  readonly onSkipped: ((error: unknown) => void) | undefined;
}

/** Prints records until something ends it; never throws. */
export async function readRecords(context: Context, request: ReadRequest): Promise<ReadEnd> {
  const { onSkipped } = request;
  const unformatted: unknown[] = [];
  const onFormatError = (error: unknown): 'skip' | 'end' => {
    onSkipped?.(error);
    if (onSkipped === undefined) unformatted.push(error);
    return onSkipped === undefined ? 'end' : 'skip';
  };
  try {
    const { end } = await print(context, request, onFormatError);
    if (end === 'unformatted') return { kind: 'unformatted', error: unformatted[0] };
    return { kind: end === 'idle' ? 'idle' : end === 'closed' || end === 'interrupted' ? 'unwritable' : 'limit' };
  } catch (error) {
    if (context.signal.aborted || (error instanceof CliError && error.code === 'io')) return { kind: 'unwritable' };
    return { kind: 'failed', error };
  }
}

function print(
  context: Context,
  { command, subscription, tally, maxMessages }: ReadRequest,
  onFormatError: (error: unknown) => 'skip' | 'end',
): Promise<PrintOutcome> {
  const { values, timeoutMs, offset } = command;
  if (maxMessages !== undefined && maxMessages <= 0) return Promise.resolve({ printed: 0, end: 'limit' });
  const common = {
    format: command.format,
    tally,
    sink: standardOutput(),
    isCommittedOnly: values.get('isolation.level') === 'read_committed',
    maxMessages,
    idleTimeoutMs: timeoutMs,
    onFormatError,
    fetch: fetchSettings(values),
  };
  if ('partition' in subscription) {
    const reset = resetOf(values);
    const policy = commitPolicy(values);
    return followPartition(context, {
      ...common,
      ...subscription,
      start: offset,
      outOfRange: reset === 'none' ? 'error' : reset,
      commit: policy.kind === 'interval' ? { groupId: values.get('group.id') ?? '', policy } : undefined,
    });
  }
  return consumeGroup(context, {
    ...common,
    member: memberSettings(values, subscription),
    idleWhileJoining: true,
    waitForTopics: true,
    commit: commitPolicy(values),
    exitAtEnd: false,
    say: () => undefined,
  });
}
