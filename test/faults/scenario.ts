import type { Account, FoundRecord } from './ledger.js';
import type { World } from './world.js';

/** What a scenario did under a fault, once everything is over. */
export interface Verdict extends Partial<Account> {
  /** What must not be, in words. */
  readonly violations: readonly string[];
  readonly peakMiB: number;
  /** Milliseconds that the work took longer than it would have undisturbed, where that can be told. */
  readonly lateMs?: number;
}

/** What Kafka's own consumer found, by topic. */
export type Found = ReadonlyMap<string, readonly FoundRecord[]>;

/** One piece of work that is under way while a fault strikes. */
export interface Scenario {
  readonly name: string;
  /** Topics whose records are counted once the writers are done. */
  readonly topics: readonly string[];
  /** Creates what is needed, while nothing is at work yet. */
  prepare(world: World): Promise<void>;
  /** Starts the work; it goes on by itself. */
  start(world: World): Promise<void>;
  /** Work was done, and some is left. */
  readonly isInFlight: boolean;
  /** Called at the moment the fault strikes. */
  onStrike?(): void;
  /** A signal is the fault: the scenario's programs are told to end. */
  interrupt?(signal: 'SIGINT' | 'SIGTERM'): void;
  /** Waits until all writing is done. */
  finishWriting?(): Promise<void>;
  /** Ends the readers, and judges. */
  judge(found: Found): Promise<Verdict>;
}
