/** One line of the verifiable tools; which members it has depends on its name. */
export interface ToolEvent {
  readonly name: string;
  readonly partition?: number;
  readonly offset?: number;
  readonly value?: string;
  readonly sent?: number;
  readonly acked?: number;
  readonly success?: boolean;
  readonly partitions?: readonly PolledPartition[];
  readonly offsets?: readonly { readonly partition: number; readonly offset: number }[];
}

/** A partition in `records_consumed`. */
export interface PolledPartition {
  readonly partition: number;
  readonly count: number;
  readonly minOffset: number;
  readonly maxOffset: number;
}

/** What a verifiable tool has told so far, whole lines only. */
export function toolEvents(stdout: string): ToolEvent[] {
  return stdout
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as ToolEvent); // the shape is pinned by the recorded cases of both tools
}
