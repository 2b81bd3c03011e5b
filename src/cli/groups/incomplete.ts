import { describeGap, type ListingGap } from '../../core/groups/listing-gap.js';
import { CliError } from '../../core/errors.js';
import { errorDocument, type ErrorDocument } from '../error-document.js';
import { failureNotices } from '../failures.js';

/** Says on stderr what an answer about all groups lacks. */
export function gapNotices(session: Parameters<typeof failureNotices>[0], gaps: readonly ListingGap[]): void {
  const items = gaps.map((gap) => {
    const { error } = gap;
    return { error: new CliError(error.code, describeGap(gap), { hint: error.hint, cause: error }) };
  });
  failureNotices(session, items);
}

/** The same in JSON; empty where nothing is missing. */
export function incompleteDocument(gaps: readonly ListingGap[]): { broker: number | null; error: ErrorDocument | null }[] {
  return gaps.map(({ broker, error }) => ({ broker: broker ?? null, error: errorDocument(error) }));
}
