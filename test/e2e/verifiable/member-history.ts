/** A line that `kafka-verifiable-consumer` prints. */
export type ConsumerEvent =
  | { readonly name: 'startup_complete' | 'shutdown_requested' | 'shutdown_complete' }
  | { readonly name: 'partitions_assigned' | 'partitions_revoked'; readonly partitions: readonly Partition[] }
  | {
      readonly name: 'records_consumed';
      readonly count: number;
      readonly partitions: readonly (Partition & { readonly minOffset: number; readonly maxOffset: number })[];
    }
  | {
      readonly name: 'offsets_committed';
      readonly success: boolean;
      readonly offsets: readonly (Partition & { readonly offset: number })[];
    };

interface Partition {
  readonly topic: string;
  readonly partition: number;
}

/** How a member gives partitions up: all of them in every rebalance, some of them, or some while it goes on reading (KIP-848). */
export type Rebalancing = 'eager' | 'cooperative' | 'consumer';

/**
 * What one member of a group said, judged line by line as Kafka's own system tests do (`VerifiableConsumer` in kafkatest): it reads
 * and commits only what it owns, in order, and never commits past what it read.
 */
export class MemberHistory {
  state: 'started' | 'joined' | 'rebalancing' | 'dead' = 'dead';
  assignedCount = 0;
  revokedCount = 0;
  totalConsumed = 0;
  assignment: readonly string[] = [];
  /** What the member should not have said. */
  readonly violations: string[] = [];
  private readonly rebalancing: Rebalancing;
  private positions = new Map<string, number>();

  constructor(rebalancing: Rebalancing) {
    this.rebalancing = rebalancing;
  }

  /** Takes in the next line. */
  add(event: ConsumerEvent): void {
    switch (event.name) {
      case 'startup_complete':
        this.state = 'started';
        return;
      case 'shutdown_complete':
        this.die();
        return;
      case 'partitions_assigned':
        return this.assigned(event.partitions.map(nameOf));
      case 'partitions_revoked':
        return this.revoked(event.partitions.map(nameOf));
      case 'records_consumed':
        return this.consumed(event);
      case 'offsets_committed':
        if (event.success) this.committed(event.offsets);
        return;
      default:
    }
  }

  /** It was killed, and says nothing any more. */
  die(): void {
    this.state = 'dead';
    this.assignment = [];
    this.positions = new Map();
  }

  private assigned(partitions: readonly string[]): void {
    this.assignedCount++;
    this.state = 'joined';
    this.assignment = this.rebalancing === 'eager' ? partitions : [...this.assignment, ...partitions];
  }

  private revoked(partitions: readonly string[]): void {
    this.revokedCount++;
    if (this.rebalancing !== 'consumer') this.state = 'rebalancing';
    this.positions = new Map();
    for (const name of partitions) {
      if (this.rebalancing === 'cooperative' && !this.assignment.includes(name))
        this.blame(`gave up ${name}, which it did not own`);
    }
    if (this.rebalancing !== 'eager') this.assignment = this.assignment.filter((name) => !partitions.includes(name));
  }

  private consumed({ count, partitions }: Extract<ConsumerEvent, { name: 'records_consumed' }>): void {
    if (this.state !== 'joined') this.blame(`read records while ${this.state}`);
    for (const { minOffset, maxOffset, ...partition } of partitions) {
      const name = nameOf(partition);
      if (!this.assignment.includes(name)) this.blame(`read ${name}, which it does not own`);
      const position = this.positions.get(name) ?? minOffset;
      if (position !== minOffset) this.blame(`read ${name} from ${minOffset}, where it stood at ${position}`);
      this.positions.set(name, maxOffset + 1);
    }
    this.totalConsumed += count;
  }

  private committed(offsets: readonly (Partition & { readonly offset: number })[]): void {
    for (const { offset, ...partition } of offsets) {
      const name = nameOf(partition);
      const position = this.positions.get(name);
      if (!this.assignment.includes(name)) this.blame(`committed ${name}, which it does not own`);
      if (position === undefined) this.blame(`committed ${name}, of which it had read nothing`);
      else if (position < offset) this.blame(`committed ${name} at ${offset}, where it stood at ${position}`);
    }
  }

  private blame(text: string): void {
    this.violations.push(text);
  }
}

/** A partition as one word. */
export function nameOf({ topic, partition }: Partition): string {
  return `${topic}-${partition}`;
}
