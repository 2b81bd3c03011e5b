import { describeScramUsers, type ScramUser } from '../../client/scram-users.js';
import type { Context } from '../context.js';

/** Reads which SCRAM credentials users have, never the secrets: all users where none are named; those without any are left out. */
export async function describeScram(context: Context, users: readonly string[] = []): Promise<readonly ScramUser[]> {
  return describeScramUsers(await context.connect(), users);
}
