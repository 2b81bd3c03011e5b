import type { CliError } from '../../core/errors.js';
import type { OffsetFile } from '../../core/offset-file/offset-file.js';
import type { GivenOffsets } from '../../core/reset/groups-of-file.js';
import type { TopicScope } from '../../core/reset/parse-scope.js';
import type { ResetRow, ResetTarget } from '../../core/reset/plan-reset.js';

/** Where the offsets of each group come from. */
export type ResetSource =
  | { readonly kind: 'target'; readonly target: ResetTarget }
  /** `clusterId`: of the cluster they were taken from, where that is known; `byTime`: as timestamps to find, not as offsets. */
  | {
      readonly kind: 'given';
      readonly groups: readonly GivenOffsets[];
      readonly clusterId: string | undefined;
      readonly byTime?: boolean;
    }
  /** The commits of another group. */
  | { readonly kind: 'group'; readonly groupId: string };

export interface ResetOffsetsInput {
  readonly groupIds: readonly string[];
  readonly source: ResetSource;
  /** Topics and partitions; `committed`: every partition that the group has a commit for, or an offset was given for. */
  readonly scope: readonly TopicScope[] | 'committed';
  /** Keeps what undoes the change; called after approval and before anything is written. */
  readonly save?: ((undo: OffsetFile) => Promise<void>) | undefined;
}

/** What one group's offsets would become. */
export interface GroupReset {
  readonly groupId: string;
  /** The group does not exist, and begins to with its first commit. */
  readonly isNew: boolean;
  readonly rows: readonly ResetRow[];
}

export interface ResetPlan {
  readonly groups: readonly GroupReset[];
}

/**
 * What became of one partition. `unchanged`: it stood there already. `unknown`: the commit was sent, and no answer came.
 * `not-tried`: the run ended before.
 */
export interface ResetOutcome {
  readonly groupId: string;
  readonly row: ResetRow;
  readonly status: 'written' | 'unchanged' | 'failed' | 'unknown' | 'not-tried';
  readonly error: CliError | undefined;
}

/** What a reset is planned from, once the groups are known. */
export interface ReadInput extends ResetOffsetsInput {
  readonly groups: readonly { readonly groupId: string; readonly isNew: boolean }[];
  readonly clusterId: string | undefined;
}
