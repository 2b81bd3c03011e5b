import type { ProducerIdentity } from '../../../../src/client/producer/sequenced-batch.js';
import { sequenceAfter, sequenceCount } from '../../../../src/client/producer/sequenced-batch.js';

interface ProducerState {
  epoch: number;
  batches: { first: number; last: number }[];
}

/** A partition leader that applies Kafka's rules for idempotent producers: epochs, gapless sequences, the last 5 batches remembered. */
export class FakePartition<Record> {
  readonly log: Record[] = [];
  private readonly states = new Map<bigint, ProducerState>();

  /** Appends unless the rules forbid it; returns the error code, 0 also for a batch that it holds already. */
  append(identity: ProducerIdentity | undefined, baseSequence: number, records: readonly Record[], count = records.length): number {
    if (identity !== undefined) {
      const code = this.check(identity, baseSequence, sequenceAfter(baseSequence, count - 1));
      if (code === 'duplicate') return 0;
      if (code !== 0) return code;
    }
    this.log.push(...records);
    return 0;
  }

  /** After a clean restart a broker knows only the last batch of each producer. */
  forgetAllButTheLastBatch(): void {
    for (const state of this.states.values()) state.batches = state.batches.slice(-1);
  }

  /** What the partition knows of each producer. */
  *producers(): Iterable<{ producerId: bigint; epoch: number; lastSequence: number }> {
    for (const producerId of this.states.keys()) {
      const known = this.lastSequence(producerId);
      if (known !== undefined) yield { producerId, ...known };
    }
  }

  lastSequence(producerId: bigint): { epoch: number; lastSequence: number } | undefined {
    const state = this.states.get(producerId);
    const last = state?.batches.at(-1);
    return state === undefined || last === undefined ? undefined : { epoch: state.epoch, lastSequence: last.last };
  }

  private check({ producerId, epoch }: ProducerIdentity, first: number, last: number): number | 'duplicate' {
    const state = this.states.get(producerId);
    if (state === undefined) {
      // A broker that knows nothing of the producer accepts any sequence.
      this.states.set(producerId, { epoch, batches: [{ first, last }] });
      return 0;
    }
    if (epoch < state.epoch) return 47;
    if (epoch > state.epoch) {
      if (first !== 0) return 45;
      state.epoch = epoch;
      state.batches = [{ first, last }];
      return 0;
    }
    if (state.batches.some((batch) => batch.first === first && batch.last === last)) return 'duplicate';
    const held = state.batches.at(-1);
    if (held !== undefined && first !== (held.last + 1) % sequenceCount) return 45;
    state.batches = [...state.batches, { first, last }].slice(-5);
    return 0;
  }
}
