import type { CliError } from '../../core/errors.js';
import type { GroupSelection } from '../../core/groups/group-selection.js';
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

/** Offsets that can be chosen once it is known which groups the words pick. */
export interface OffsetsOfGroups {
  readonly kind: 'of-groups';
  /** @throws CliError `input` for a group that nothing is given for */
  readonly give: (groupIds: readonly string[]) => Extract<ResetSource, { kind: 'given' }>;
}

export interface ResetOffsetsInput extends GroupSelection {
  /** A group may be created whatever its name (`--literal`). */
  readonly isLiteral?: boolean | undefined;
  readonly source: ResetSource | OffsetsOfGroups;
  /** Topics and partitions; `committed`: every partition that the group has a commit for, or an offset was given for. */
  readonly scope: readonly TopicScope[] | 'committed';
  /** Whether given offsets are used where they are of another cluster or topic, or outside the log. */
  readonly force?: boolean;
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
export interface ReadInput extends Pick<ResetOffsetsInput, 'scope' | 'force'> {
  readonly source: ResetSource;
  readonly groups: readonly { readonly groupId: string; readonly isNew: boolean }[];
  readonly clusterId: string | undefined;
}
