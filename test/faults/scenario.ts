import type { Account, FoundRecord } from './ledger.js';
import type { World } from './world.js';

/** What a scenario did under a fault, once everything is over. */
export interface Verdict extends Partial<Account> {
  /** What must not be, in words. */
  readonly violations: readonly string[];
  readonly peakMiB: number;
  /** Milliseconds that the work took longer than it would have undisturbed, where that can be told. */
  readonly lateMs?: number;
  /** How its programs ended. */
  readonly exits?: readonly (number | null)[];
  /** A part was done, and the report says which. */
  readonly isPartial?: boolean;
}

/** What Kafka's own consumer found, by topic. */
export type Found = ReadonlyMap<string, readonly FoundRecord[]>;

/** One piece of work that is under way while a fault strikes. */
export interface Scenario {
  readonly name: string;
  /** What its values begin with, where that is not the name of their topic. */
  readonly valuePrefix?: string;
  /** It writes in transactions, whose ends have offsets, too. */
  readonly isTransactional?: boolean;
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
  /** Ends the readers, and judges; `found` comes once Kafka's consumer has read everything. */
  judge(found: Promise<Found>): Promise<Verdict>;
}
