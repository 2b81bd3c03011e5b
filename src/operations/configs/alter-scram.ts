import { alterScramUser, type ScramChange } from '../../client/scram-users.js';
import type { Context } from '../context.js';

/**
 * Sets and deletes SCRAM credentials of one user.
 *
 * @throws BrokerError with the broker's reason
 */
export async function alterScram(context: Context, user: string, changes: readonly ScramChange[]): Promise<void> {
  await alterScramUser(await context.connect(), user, changes);
}
