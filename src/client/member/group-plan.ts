import { findAssignor } from '../../core/assignors/find-assignor.js';
import { CliError } from '../../core/errors.js';
import type { ResponseBody } from '../../protocol/message.js';
import type { JoinGroup } from '../../protocol/messages/join-group.js';
import type { MembershipHost } from './membership.js';
import { layoutFingerprint, layOutTopics } from './subscribed-topics.js';
import { decodeMember, encodeMemberAssignment } from './subscription-codec.js';

/** What the leader of a classic group hands out, and what the topics looked like when it did. */
export interface GroupPlan {
  readonly assignments: readonly { readonly memberId: string; readonly assignment: Buffer }[];
  /** The topics of all members. */
  readonly topics: readonly string[];
  readonly fingerprint: string;
}

/**
 * Divides the partitions of all subscribed topics among the members, by the assignor that the group chose.
 *
 * @throws CliError where topics cannot be looked up; ProtocolError for a member whose subscription cannot be read
 */
export async function planGroup(host: MembershipHost, joined: ResponseBody<typeof JoinGroup>): Promise<GroupPlan> {
  const { cluster, signal, settings } = host;
  const name = settings.assignors.find((offered) => offered === joined.protocolName);
  const assignor = name === undefined ? undefined : findAssignor(name);
  if (assignor === undefined) {
    throw new CliError('protocol', `the group chose assignor '${joined.protocolName ?? ''}', which was not offered`);
  }
  const members = joined.members.map((member) => decodeMember(assignor.name, member));
  const topics = [...new Set(members.flatMap((member) => member.topics))];
  const layouts = await layOutTopics(cluster, topics, { signal, withRacks: members.some(({ rack }) => rack !== undefined) });
  const fingerprint = layoutFingerprint(layouts);
  // A static leader that came back finds the plan as it was (KIP-814).
  if (joined.skipAssignment) return { assignments: [], topics, fingerprint };
  const assignments = [...assignor.assign(layouts, members)].map(([memberId, partitions]) => ({
    memberId,
    assignment: encodeMemberAssignment(partitions),
  }));
  return { assignments, topics, fingerprint };
}

/** Whether a topic of the plan has come, gone, or got partitions since. */
export async function isOutdated({ cluster, signal }: MembershipHost, plan: GroupPlan): Promise<boolean> {
  const layouts = await layOutTopics(cluster, plan.topics, { signal, withRacks: false });
  return layoutFingerprint(layouts) !== plan.fingerprint;
}
