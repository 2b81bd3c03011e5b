import { inject, onTestFinished, vi } from 'vitest';
import type { Cluster } from '../../src/client/cluster.js';
import type { MemberEvent, MemberOptions } from '../../src/client/member/member-options.js';
import { type Member, openMember } from '../../src/client/member/member.js';
import { javaArguments } from '../../src/sandbox/java-command.js';
import { valuesOf } from './fetcher-run.js';
import { startProcess } from './fixture/run-process.js';
import { testCluster } from './producer-run.js';

const patience = { timeout: 30_000, interval: 100 };

/** A member of a group that collects what it reads and commits after every chunk, until it is told to stop. */
export class RunningMember {
  readonly values: string[] = [];
  readonly events: MemberEvent[] = [];
  owned: readonly number[] = [];
  private readonly member: Member;
  private readonly reading: Promise<void>;

  constructor({
    cluster = testCluster(),
    ...options
  }: Omit<MemberOptions, 'onEvent' | 'onRevoke'> & { readonly cluster?: Cluster }) {
    const common = { autoOffsetReset: 'earliest', heartbeatIntervalMs: 500, metadataRefreshMs: 1000 } as const;
    this.member = openMember(cluster, {
      ...common,
      ...options,
      onEvent: (event) => this.note(event),
      onRevoke: async (partitions) => {
        await this.member.commit(this.member.positions(partitions));
      },
    });
    this.reading = this.read();
    onTestFinished(async () => {
      await this.stop();
    });
  }

  get memberId(): string {
    return this.member.memberId;
  }

  /** Commits, leaves, and gives what was read. Rejects with what ended the reading before. */
  async stop(): Promise<readonly string[]> {
    await this.member.close();
    await this.reading;
    return this.values;
  }

  /** Waits until it owns exactly these partitions. */
  async owns(...partitions: readonly number[]): Promise<void> {
    await vi.waitUntil(() => this.owned.join(' ') === partitions.join(' '), patience);
  }

  /** Waits until it owns as many partitions. */
  async ownsCount(count: number): Promise<void> {
    await vi.waitUntil(() => this.owned.length === count, patience);
  }

  /** Waits until it owns any partition. */
  async ownsSome(): Promise<void> {
    await vi.waitUntil(() => this.owned.length > 0, patience);
  }

  async hasRead(count: number): Promise<void> {
    await vi.waitUntil(() => this.values.length >= count, patience);
  }

  private note(event: MemberEvent): void {
    this.events.push(event);
    if (event.kind === 'assigned') this.owned = event.owned.map(({ partition }) => partition).sort((left, right) => left - right);
    else if (event.kind === 'lost') this.owned = [];
  }

  private async read(): Promise<void> {
    for (let chunk = await this.member.next(); chunk !== undefined; chunk = await this.member.next()) {
      this.values.push(...valuesOf(chunk));
      await this.member.commit(this.member.positions());
    }
  }
}

/** Kafka's own console consumer as another member of the group. */
export async function javaMember(groupId: string, topic: string, properties: Readonly<Record<string, string>>) {
  const kafka = inject('kafka');
  // With the new protocol the broker sets the interval.
  const interval = 'group.protocol' in properties ? {} : { 'heartbeat.interval.ms': '500' };
  const all = { 'auto.offset.reset': 'earliest', 'metadata.max.age.ms': '1000', ...interval, ...properties };
  const args = Object.entries(all).flatMap(([key, value]) => ['--command-property', `${key}=${value}`]);
  const tool = ['org.apache.kafka.tools.consumer.ConsoleConsumer', '--bootstrap-server', inject('bootstrap')];
  const command = [...(await javaArguments(kafka)), ...tool, '--topic', topic, '--group', groupId, ...args];
  const running = startProcess(kafka.java.path, command, { timeoutMs: 100_000, env: { ...process.env } });
  const lines = (): string[] => running.stdout().split('\n').slice(0, -1);
  return {
    hasRead: (count: number) => vi.waitUntil(() => lines().length >= count, patience),
    /** Ends it as Ctrl-C does, and gives the lines it printed. */
    async stop(): Promise<string[]> {
      running.kill('SIGTERM');
      const { stdout } = await running.outcome;
      return stdout.split('\n').slice(0, -1);
    },
  };
}
