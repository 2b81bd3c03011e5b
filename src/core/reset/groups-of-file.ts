import { CliError } from '../errors.js';
import type { BelowZero, OffsetEntry, OffsetFile, OffsetGroup } from '../offset-file/offset-file.js';

/** A group, and the offsets that a file has for it. */
export interface GivenOffsets {
  readonly groupId: string;
  readonly entries: readonly OffsetEntry[];
  /** Commits of the group that were below zero, and are not to be put back. */
  readonly belowZero?: readonly BelowZero[];
}

/**
 * The offsets of named groups in a file. A file that names no group is a cut that any group can be put to; in one that does, each
 * group must be named.
 *
 * @param path how an error names the file
 * @throws CliError `input` naming every group that the file has nothing for
 */
export function offsetsOfGroups(file: OffsetFile, groupIds: readonly string[], path: string): GivenOffsets[] {
  const byGroup = new Map(file.groups.map((group) => [group.group, group]));
  const forAll = byGroup.get(undefined);
  const missing = groupIds.filter((groupId) => !byGroup.has(groupId) && forAll === undefined);
  if (missing.length > 0) {
    const there = [...byGroup.keys()].map((group) => `'${group ?? ''}'`).join(', ');
    const lines = missing.map((groupId) => `${path} has no offsets of group '${groupId}'; it has those of ${there}`);
    throw new CliError('input', lines.join('\n'), {
      hint: `give a group the offsets of another: kafkit groups import ${path} --group ${missing[0] ?? ''}`,
    });
  }
  return groupIds.map((groupId) => toGiven(groupId, byGroup.get(groupId) ?? forAll));
}

/**
 * Every group of a file with its offsets, under another name where one is given.
 *
 * @throws CliError `usage` for a new name where the file has several groups, and for none where the file names no group
 */
export function groupsOfFile(file: OffsetFile, rename: string | undefined, path: string): GivenOffsets[] {
  const [only] = file.groups;
  if (rename !== undefined && file.groups.length > 1) {
    throw new CliError('usage', `${path} has ${file.groups.length} groups, so '--group ${rename}' does not say which`, {
      hint: 'leave --group out to import each under its own name',
    });
  }
  if (only === undefined) throw new CliError('input', `${path} has no group`);
  return file.groups.map((group) => {
    const groupId = rename ?? group.group;
    if (groupId === undefined) {
      throw new CliError('usage', `${path} does not say whose offsets it holds`, { hint: 'name the group: --group GROUP' });
    }
    return toGiven(groupId, group);
  });
}

function toGiven(groupId: string, group: OffsetGroup | undefined): GivenOffsets {
  const belowZero = group?.belowZero;
  return { groupId, entries: group?.partitions ?? [], ...(belowZero !== undefined && { belowZero }) };
}
