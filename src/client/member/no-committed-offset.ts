import { CliError } from '../../core/errors.js';
import type { TopicPartition } from '../../protocol/message.js';
import { nameOf } from './membership.js';

/** Partitions without a committed offset, where nothing says where to start instead. */
export class NoCommittedOffset extends CliError {
  readonly partitions: readonly TopicPartition[];

  constructor(groupId: string, partitions: readonly TopicPartition[]) {
    const names = partitions.map(nameOf).join(', ');
    super('input', `group '${groupId}' has no committed offset for partition${partitions.length > 1 ? 's' : ''} ${names}`);
    this.partitions = partitions;
  }
}
