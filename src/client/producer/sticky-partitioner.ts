import type { RecordRange } from '../../core/record-formats/record-range.js';
import type { Partitioner } from './producer-settings.js';

export class StickyPartitioner implements Partitioner {
  choose(_record: RecordRange, _partitionCount: number): number {
    return 0;
  }
}
