import { terseError } from '../java/terse-error.js';
import type { OptionSet } from '../jopt/option-set.js';
import { parsePartitionFilter } from './partition-filter.js';
import { parseTime } from './parse-time.js';
import type { OffsetsQuery } from './print-offsets.js';

/**
 * What a command line asks for.
 *
 * @throws JavaError or OptionError for the first thing that is wrong with it
 */
export function readQuery(options: OptionSet): OffsetsQuery {
  if (options.has('topic-partitions') && (options.has('topic') || options.has('partitions'))) {
    throw terseError('--topic-partitions cannot be used with --topic or --partitions');
  }
  const place = parseTime(options.text('time') ?? 'latest');
  return { place, filter: parsePartitionFilter(options), excludeInternal: options.has('exclude-internal-topics') };
}
