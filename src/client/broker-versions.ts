/** The lowest and highest version of an API, both included. */
export interface VersionRange {
  readonly min: number;
  readonly max: number;
}

/** What one broker speaks, by API key. */
export type BrokerVersions = ReadonlyMap<number, VersionRange>;
