import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runBin, startBin } from '../fixture/run-kafkit.js';
import type { RunningProcess } from '../fixture/run-process.js';
import { eventually } from './eventually.js';
import { type ConsumerEvent, MemberHistory, nameOf, type Rebalancing } from './member-history.js';

export interface GroupOptions {
  readonly bootstrap: string;
  readonly topic: string;
  readonly groupId: string;
  readonly members: number;
  readonly protocol: 'classic' | 'consumer';
  /** Of the classic protocol, by its class name in `org.apache.kafka.clients.consumer`. Default: range. */
  readonly assignor?: string;
  /** Of the consumer protocol. Default: range. */
  readonly remoteAssignor?: string;
  readonly isStatic?: boolean;
  readonly autoCommit?: boolean;
  /** Of the classic protocol; with the other one, brokers decide. */
  readonly sessionTimeoutMs?: number;
}

const processTimeoutMs = 240_000;

/** A group of `kafka-verifiable-consumer` processes, and all that they say. */
export class VerifiableGroup {
  readonly options: GroupOptions;
  readonly members: readonly VerifiableMember[];
  /** What the group as a whole did wrong. */
  private readonly violations: string[] = [];
  private readonly positions = new Map<string, number>();
  private readonly commits = new Map<string, number>();

  constructor(options: GroupOptions) {
    this.options = options;
    this.members = Array.from({ length: options.members }, (_, index) => {
      return new VerifiableMember(index, options, (event) => this.note(event));
    });
  }

  async start(members: readonly VerifiableMember[] = this.members): Promise<void> {
    await Promise.all(members.map((member) => member.start()));
  }

  async stop(members: readonly VerifiableMember[] = this.members): Promise<void> {
    await Promise.all(members.map((member) => member.stop()));
  }

  joined(): VerifiableMember[] {
    return this.members.filter(({ history }) => history.state === 'joined');
  }

  dead(): VerifiableMember[] {
    return this.members.filter(({ history }) => history.state === 'dead');
  }

  awaitJoined(count = this.members.length): Promise<void> {
    return eventually(
      () => this.joined().length === count,
      () => `${count} members of ${this.options.groupId}; ${this.describe()}`,
    );
  }

  awaitDead(count: number): Promise<void> {
    return eventually(
      () => this.dead().length === count,
      () => `${count} ended members of ${this.options.groupId}; ${this.describe()}`,
    );
  }

  /** Waits until the coordinator has nothing left to move, and every partition has one owner. */
  async awaitStable(partitions: number): Promise<void> {
    const { bootstrap, groupId } = this.options;
    const isStable = async (): Promise<boolean> => {
      const args = ['--bootstrap-server', bootstrap, '--list', '--state', 'stable'];
      const { stdout } = await runBin('kafka-consumer-groups', args);
      return stdout.split('\n').some((line) => line.startsWith(`${groupId} `));
    };
    await eventually(isStable, () => `group ${groupId} to be stable; ${this.describe()}`);
    await this.awaitAssigned(partitions);
  }

  /** Waits until every partition has one owner. */
  awaitAssigned(partitions: number): Promise<void> {
    const isWhole = (): boolean => {
      const owned = this.members.flatMap(({ history }) => history.assignment);
      return owned.length === partitions && new Set(owned).size === partitions;
    };
    return eventually(isWhole, () => `${partitions} partitions of ${this.options.groupId}; ${this.describe()}`);
  }

  /** Waits until the group has read so many records more. */
  awaitConsumed(records = 1): Promise<void> {
    const goal = this.totalConsumed + records;
    return eventually(
      () => this.totalConsumed >= goal,
      () => `${goal} records of ${this.options.groupId}; ${this.totalConsumed} read; ${this.describe()}`,
    );
  }

  owner(partition: number): VerifiableMember | undefined {
    const name = nameOf({ topic: this.options.topic, partition });
    return this.members.find(({ history }) => history.assignment.includes(name));
  }

  get totalConsumed(): number {
    return this.members.reduce((sum, { history }) => sum + history.totalConsumed, 0);
  }

  /** How often partitions were given to members. */
  get rebalances(): number {
    return Math.max(...this.members.map(({ history }) => history.assignedCount));
  }

  /** How often members that still run gave partitions up. */
  get revocations(): number {
    return this.members
      .filter(({ history }) => history.state !== 'dead')
      .reduce((sum, { history }) => sum + history.revokedCount, 0);
  }

  /** Behind the last record that the group read of a partition. */
  position(partition: number): number | undefined {
    return this.positions.get(nameOf({ topic: this.options.topic, partition }));
  }

  lastCommit(partition: number): number | undefined {
    return this.commits.get(nameOf({ topic: this.options.topic, partition }));
  }

  /** Everything that was said and should not have been, and what ended by a signal that cannot be caught. */
  faults(): string[] {
    return [...this.violations, ...this.members.flatMap((member) => member.faults())];
  }

  private note(event: ConsumerEvent): void {
    if (event.name === 'records_consumed') {
      for (const { minOffset, maxOffset, ...partition } of event.partitions) {
        const name = nameOf(partition);
        const committed = this.commits.get(name) ?? 0;
        if (committed > minOffset) this.violations.push(`${name} was read again at ${minOffset}, committed at ${committed}`);
        this.positions.set(name, maxOffset + 1);
      }
    }
    if (event.name !== 'offsets_committed' || !event.success) return;
    for (const { offset, ...partition } of event.offsets) {
      const name = nameOf(partition);
      if ((this.positions.get(name) ?? 0) < offset) this.violations.push(`${name} was committed at ${offset}, and not read so far`);
      this.commits.set(name, offset);
    }
  }

  private describe(): string {
    return this.members.map((member) => member.describe()).join('; ');
  }
}

/** One place in the group: a process, and after it another one in the same place. */
export class VerifiableMember {
  readonly history: MemberHistory;
  private readonly index: number;
  private readonly options: GroupOptions;
  private readonly onEvent: (event: ConsumerEvent) => void;
  private process: RunningProcess | undefined;
  private home = '';
  private readonly wrong: string[] = [];

  constructor(index: number, options: GroupOptions, onEvent: (event: ConsumerEvent) => void) {
    this.index = index;
    this.options = options;
    this.onEvent = onEvent;
    this.history = new MemberHistory(rebalancingOf(options));
  }

  async start(): Promise<void> {
    this.home = await mkdtemp(join(tmpdir(), 'kafkit-verifiable-'));
    const process = startBin('kafka-verifiable-consumer', this.args(), { home: this.home, timeoutMs: processTimeoutMs });
    this.process = process;
    this.history.state = 'started';
    process.onLine('stdout', (line) => {
      const event = JSON.parse(line) as ConsumerEvent; // its own output
      this.history.add(event);
      this.onEvent(event);
    });
  }

  /** Asks it to end and waits until it has. */
  async stop(): Promise<void> {
    this.process?.kill('SIGTERM');
    await this.ended(143);
  }

  /** Ends it at once. */
  async kill(): Promise<void> {
    this.process?.kill('SIGKILL');
    this.history.die();
    await this.ended(null);
  }

  faults(): string[] {
    return [...this.wrong, ...this.history.violations].map((text) => `member ${this.index}: ${text}`);
  }

  describe(): string {
    const { state, assignment } = this.history;
    return `member ${this.index} is ${state} with [${assignment.join(', ')}] ${this.process?.stderr() ?? ''}`;
  }

  private async ended(code: number | null): Promise<void> {
    const { process } = this;
    if (process === undefined) return;
    this.process = undefined;
    const outcome = await process.outcome;
    await rm(this.home, { recursive: true, force: true });
    // One that ended by itself before the signal has told why.
    if (outcome.code !== code && outcome.code !== 0)
      this.wrong.push(`ended with ${outcome.code ?? outcome.signal}: ${outcome.stderr}`);
    if (code !== null && this.history.state !== 'dead') this.wrong.push('ended without saying so');
  }

  private args(): string[] {
    const { bootstrap, topic, groupId, protocol, assignor = 'RangeAssignor', remoteAssignor = 'range' } = this.options;
    const { isStatic = false, autoCommit = false, sessionTimeoutMs = 10_000 } = this.options;
    const strategy = `org.apache.kafka.clients.consumer.${assignor}`;
    return [
      ...['--bootstrap-server', bootstrap, '--topic', topic, '--group-id', groupId, '--reset-policy', 'earliest'],
      ...(isStatic ? ['--group-instance-id', `${groupId}-instance-${this.index}`] : []),
      ...(protocol === 'consumer'
        ? ['--group-protocol', 'consumer', '--group-remote-assignor', remoteAssignor]
        : ['--assignment-strategy', strategy, '--session-timeout', String(sessionTimeoutMs)]),
      ...(autoCommit ? ['--enable-autocommit'] : []),
    ];
  }
}

function rebalancingOf({ protocol, assignor }: GroupOptions): Rebalancing {
  if (protocol === 'consumer') return 'consumer';
  return assignor === 'CooperativeStickyAssignor' ? 'cooperative' : 'eager';
}
