import type { Report } from '../output/report.js';

/** The cluster that a run is about. */
export interface ClusterTarget {
  /** Undefined where no answer has told it. */
  readonly id: string | undefined;
  /** `host:port` of each broker to start from, as they were given. */
  readonly bootstrapServers: readonly string[];
  /** Who named them: a flag, an environment variable, a context or a settings file. */
  readonly source: string;
}

/** The one line in which plans, questions, results and errors name the cluster: its id, its first address and who gave that. */
export function describeTarget({ id, bootstrapServers, source }: ClusterTarget): string {
  return `cluster${id === undefined ? '' : ` ${id}`} at ${bootstrapServers[0] ?? '-'} (from ${source})`;
}

/** The same as JSON. */
function targetDocument({ id, bootstrapServers, source }: ClusterTarget): object {
  return { id: id ?? null, bootstrapServer: bootstrapServers.join(','), source };
}

/** The report of a change with the cluster in it: in the document, in every item of `-o jsonl`, and for people below the tables. */
export function withTarget(report: Report, target: ClusterTarget): Report {
  const cluster = targetDocument(target);
  const firstList: unknown = Object.values(report.document).find((member) => Array.isArray(member));
  const items = report.items ?? (firstList as readonly object[] | undefined); // isArray() looked
  return {
    ...report,
    document: { cluster, ...report.document },
    // The items of a change are documents of their own.
    ...(items !== undefined && { items: items.map((item) => ({ ...(item as object), cluster })) }),
    notes: [...(report.notes ?? []), describeTarget(target)],
  };
}
