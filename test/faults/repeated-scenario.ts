import { RepeatedCommand, type StruckRun } from './repeated-command.js';
import type { Scenario, Verdict } from './scenario.js';
import type { World } from './world.js';

/** What the struck run of a command said that it did, against what Kafka's tools show. */
export interface CheckedRun {
  /** Items that it said were done, and those of them that are not. */
  readonly promised: number;
  readonly missing: number;
  /** Items that it was to do. */
  readonly wanted: number;
  readonly violations: readonly string[];
}

/**
 * A command that changes several things and is over in a moment. What it said was done must be done, a failure must be told as one,
 * and the same command run again must do what is left.
 */
export abstract class RepeatedScenario implements Scenario {
  abstract readonly name: string;
  readonly topics: readonly string[] = [];
  private world: World | undefined;
  private commands: RepeatedCommand | undefined;

  /** The command of a turn, each a little different. */
  protected abstract argsOf(turn: number): readonly string[];
  protected abstract setUp(world: World): Promise<void>;
  /** Compares what the struck run said with what there is. */
  protected abstract check(world: World, struck: StruckRun): Promise<CheckedRun>;
  /** After the same command was run again: what it still left undone, in words. */
  protected abstract findUndone(world: World, turn: number): Promise<readonly string[]>;

  prepare(world: World): Promise<void> {
    this.world = world;
    return this.setUp(world);
  }

  start(world: World): Promise<void> {
    this.commands = new RepeatedCommand(world, (turn) => this.argsOf(turn));
    return Promise.resolve();
  }

  get isInFlight(): boolean {
    return this.commands?.isInFlight === true;
  }

  onStrike(): void {
    this.commands?.strike();
  }

  async judge(): Promise<Verdict> {
    const { commands, world } = this;
    if (commands === undefined || world === undefined) throw new Error('nothing was started');
    const struck = await commands.struck;
    const { turn, outcome, lateMs } = struck;
    const { code, stderr } = outcome;
    const { promised, missing, wanted, violations } = await this.check(world, struck);
    const told = [...violations];
    if (commands.calmFailure !== undefined) told.push(`failed before the fault: ${commands.calmFailure}`);
    if (code !== 0 && !/^error: /m.test(stderr)) told.push(`failed without an error: ${stderr}`);
    await world.prepare(...this.argsAgain(turn));
    told.push(...(await this.findUndone(world, turn)));
    const isPartial = code !== 0 && promised > 0 && promised < wanted;
    const account = { acknowledged: promised, missing, duplicated: 0, reordered: 0 };
    return { ...account, violations: told, peakMiB: commands.peakMiB, lateMs, exits: [code], isPartial };
  }

  /** The command that finishes what the struck run may have left. */
  protected argsAgain(turn: number): readonly string[] {
    return this.argsOf(turn);
  }
}
