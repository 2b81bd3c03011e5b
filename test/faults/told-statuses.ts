/** What a JSON document of a change says of each partition, by its number. */
export type ToldStatuses = ReadonlyMap<number, string>;

/** What a document says; nothing where there is none. */
export function toldStatuses(partitions: readonly { readonly partition: number; readonly status: string }[]): ToldStatuses {
  return new Map(partitions.map(({ partition, status }) => [partition, status]));
}

const mayBeDone: ReadonlySet<string | undefined> = new Set(['written', 'deleted', 'unchanged', 'unknown']);

/** Partitions that were changed although the report of a command that failed says otherwise, or does not name them. */
export function findUntold(changed: readonly number[], told: ToldStatuses): number[] {
  return changed.filter((partition) => !mayBeDone.has(told.get(partition)));
}
