import { CliError } from '../errors.js';
import type { OffsetEntry } from '../offset-file/offset-file.js';
import type { GivenOffsets } from './groups-of-file.js';
import { isInScope, type TopicScope } from './parse-scope.js';

/** What an offset of a file is translated by, into another log of the same records. */
export interface Translation {
  /** The offset in the file. */
  readonly offset: bigint;
  /** Milliseconds since the epoch; undefined where no time is known. */
  readonly timestamp: bigint | undefined;
  /** The time is that of the last record that was read, because none was unread. */
  readonly atEnd: boolean;
}

/** What to translate an entry by; undefined for one that says nothing of times. */
export function translationOf({ offset, timestamp, atEnd }: OffsetEntry): Translation | undefined {
  if (timestamp === undefined || offset === 'high-watermark') return undefined;
  return { offset, timestamp: timestamp === 'unknown' ? undefined : timestamp, atEnd: atEnd === true };
}

const mostNamed = 5;

/**
 * Makes sure that every entry of a scope says its time.
 *
 * @param path how an error names the file
 * @throws CliError `config` naming entries without one
 */
export function requireTimestamps(groups: readonly GivenOffsets[], scope: readonly TopicScope[] | 'committed', path: string): void {
  const wanted = groups.flatMap(({ groupId, entries }) =>
    entries.filter((entry) => scope === 'committed' || isInScope(scope, entry)).map((entry) => ({ groupId, entry })),
  );
  const without = wanted.filter(({ entry }) => translationOf(entry) === undefined);
  const [first] = without;
  if (first === undefined) return;
  const named = without.slice(0, mostNamed).map(({ entry }) => `${entry.topic}-${entry.partition}`);
  const more = without.length > mostNamed ? ` and ${without.length - mostNamed} more` : '';
  const which = without.length === wanted.length ? '' : ` for ${named.join(', ')}${more}`;
  throw new CliError('config', `${path} has no timestamps${which}, so its offsets cannot be translated by time`, {
    hint: `write the file again where the group is now: kafkit groups export ${first.groupId} --with-timestamps`,
  });
}
