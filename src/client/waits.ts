/** Something that the work on a cluster waits for. */
export interface Wait {
  /** The same for as long as it is the same wait. */
  readonly key: string;
  /** What is waited for: `kafka:9092`, `a leader of partition orders-0`. */
  readonly what: string;
  /** Milliseconds so far. */
  readonly forMs: number;
  readonly why: string;
  /** What to say of {@link what} when it is there: `is back`. */
  readonly back: string;
  /** Whether it is there: who gives up waits no longer, either. */
  isBack(): boolean;
}

/** Lists what one part of a client waits for at this moment; `now` is on the clock of `performance.now()`. */
export type WaitSource = (now: number) => Iterable<Wait>;

/** What the parts of a client wait for. They are asked when somebody wants to know, so that it costs them nothing while nobody does. */
export class Waits {
  private readonly sources = new Set<WaitSource>();

  /** Adds a part; the returned function takes it away. */
  add(source: WaitSource): () => void {
    this.sources.add(source);
    return () => this.sources.delete(source);
  }

  /** Everything waited for, each thing once, for as long as the first who waits for it does. */
  current(now: number): Wait[] {
    const found = new Map<string, Wait>();
    for (const source of this.sources) {
      for (const wait of source(now)) {
        const known = found.get(wait.key);
        if (known === undefined || known.forMs < wait.forMs) found.set(wait.key, wait);
      }
    }
    return [...found.values()];
  }
}

const most = 3;

/** A wait for leaders of these partitions; what is waited for keeps its name while their number changes. */
export function leaderWait<Place extends { topic: string; partition: number }>(
  partitions: readonly Place[],
  { forMs, why, isServed }: Pick<Wait, 'forMs' | 'why'> & { isServed: (partition: Place) => boolean },
): Wait {
  const names = partitions.map(({ topic, partition }) => `${topic}-${partition}`);
  const rest = names.length - most;
  const listed = names.slice(0, most).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
  const what = names.length === 1 ? `partition ${listed}` : `partitions ${listed}`;
  const back = names.length === 1 ? 'is served again' : 'are served again';
  return { key: 'partitions', what, forMs, why, back, isBack: () => partitions.every(isServed) };
}
