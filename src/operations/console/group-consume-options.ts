import type { FetchSettings } from '../../client/fetcher/fetcher-options.js';
import type { MemberOptions } from '../../client/member/member-options.js';
import type { TopicSelection } from '../../core/topics/topic-selection.js';
import type { RecordFormatter } from '../../core/record-formats/format-json-line.js';
import type { ByteSink } from './byte-sink.js';
import type { PrintOptions } from './print-records.js';

/** When to commit what was written: as soon as it was, every so often, or never. At the end and before a revocation in any case but the last. */
export type CommitPolicy = { readonly kind: 'batch' | 'none' } | { readonly kind: 'interval'; readonly ms: number };

export interface GroupConsumeOptions {
  /** Who to be in which group, and what to subscribe to: `topics` or `pattern`. */
  readonly member: Pick<
    MemberOptions,
    | 'groupId'
    | 'topics'
    | 'pattern'
    | 'protocol'
    | 'assignors'
    | 'serverAssignor'
    | 'groupInstanceId'
    | 'sessionTimeoutMs'
    | 'heartbeatIntervalMs'
    | 'rebalanceTimeoutMs'
    | 'autoOffsetReset'
    | 'includeInternal'
    | 'metadataRefreshMs'
  >;
  readonly format: RecordFormatter;
  readonly sink: ByteSink;
  readonly isCommittedOnly: boolean;
  readonly maxMessages: number | undefined;
  readonly idleTimeoutMs: number | undefined;
  /** Counts joining and rebalances as time without a record, too. */
  readonly idleWhileJoining?: boolean | undefined;
  readonly onFormatError?: PrintOptions['onFormatError'];
  readonly tally?: PrintOptions['tally'];
  /** Waits for topics that do not exist. */
  readonly waitForTopics?: boolean | undefined;
  /** Topics that must be there: every name, and at least one for every pattern. */
  readonly expected?: TopicSelection | undefined;
  /** Refuses to create a group whose name was most likely meant as something else. */
  readonly refuseOddGroup?: boolean | undefined;
  readonly commit: CommitPolicy;
  /** Ends when every partition assigned was read to the end that it had when it was assigned. */
  readonly exitAtEnd: boolean;
  /** Tells of rebalances, in words. */
  readonly say: (line: string) => void;
  readonly fetch?:
    Pick<FetchSettings, 'rack' | 'maxWaitMs' | 'minBytes' | 'maxBytes' | 'partitionMaxBytes' | 'checkCrcs'> | undefined;
}
