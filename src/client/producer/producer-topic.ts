import type { PartitionStream } from './partition-stream.js';
import type { PartitionChoice, Partitioner } from '../../core/partitioners/partitioner.js';

/** A topic the producer knows: its partitions, and what a batch may weigh there. */
export class ProducerTopic {
  readonly name: string;
  readonly partitioner: Partitioner;
  /** The topic's `max.message.bytes`; undefined when it may not be read. */
  readonly maxMessageBytes: number | undefined;
  /** Node id of each partition's leader. */
  leaders: readonly (number | undefined)[] = [];
  choice: PartitionChoice = { count: 0, available: [] };
  /** One for each partition written to so far. */
  readonly streams: (PartitionStream | undefined)[] = [];

  constructor(name: string, options: { partitioner: Partitioner; maxMessageBytes: number | undefined }) {
    this.name = name;
    this.partitioner = options.partitioner;
    this.maxMessageBytes = options.maxMessageBytes;
  }

  setLeaders(leaders: readonly (number | undefined)[]): void {
    this.leaders = leaders;
    const available = [...leaders.keys()].filter((partition) => leaders[partition] !== undefined);
    this.choice = { count: leaders.length, available };
    for (const stream of this.streams) if (stream !== undefined) stream.leader = leaders[stream.partition];
  }
}
