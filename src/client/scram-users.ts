import { pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { errorCode } from '../protocol/errors.js';
import { AlterUserScramCredentials } from '../protocol/messages/alter-user-scram-credentials.js';
import { DescribeUserScramCredentials } from '../protocol/messages/describe-user-scram-credentials.js';
import { brokerError, type BrokerError } from './broker-error.js';
import type { Cluster, Limits } from './cluster.js';

const mechanisms = {
  'SCRAM-SHA-256': { wire: 1, digest: 'sha256', bytes: 32 },
  'SCRAM-SHA-512': { wire: 2, digest: 'sha512', bytes: 64 },
} as const;

/** How a password is salted and hashed (RFC 5802, RFC 7677). */
export type ScramMechanism = keyof typeof mechanisms;

/** The names of both mechanisms. */
export const scramMechanisms = Object.keys(mechanisms) as ScramMechanism[]; // keys of a constant

/** Which credentials a user has; never the secrets. */
export interface ScramUser {
  readonly user: string;
  readonly credentials: readonly { readonly mechanism: ScramMechanism | 'unknown'; readonly iterations: number }[];
  /** Why they could not be read. */
  readonly error: BrokerError | undefined;
}

/** Reads which SCRAM credentials users have (KIP-554): all users where none are named; those named who have none are left out. */
export async function describeScramUsers(
  cluster: Cluster,
  users: readonly string[] = [],
  limits: Limits = {},
): Promise<readonly ScramUser[]> {
  const body = { users: users.length === 0 ? null : users.map((name) => ({ name })) };
  const answer = await cluster.request(DescribeUserScramCredentials, body, limits);
  if (answer.errorCode !== 0) throw brokerError(answer.errorCode, answer.errorMessage, 'cannot read SCRAM credentials');
  return answer.results
    .filter((result) => result.errorCode !== errorCode.RESOURCE_NOT_FOUND)
    .map((result) => ({
      user: result.user,
      // Brokers list them in no order.
      credentials: [...result.credentialInfos]
        .sort((left, right) => left.mechanism - right.mechanism)
        .map(({ mechanism, iterations }) => ({ mechanism: mechanismOf(mechanism), iterations })),
      error:
        result.errorCode === 0
          ? undefined
          : brokerError(result.errorCode, result.errorMessage, `cannot read the SCRAM credentials of user '${result.user}'`),
    }));
}

function mechanismOf(wire: number): ScramMechanism | 'unknown' {
  return scramMechanisms.find((name) => mechanisms[name].wire === wire) ?? 'unknown';
}

/** A new password, or the removal of one. */
export type ScramChange =
  | { readonly kind: 'set'; readonly mechanism: ScramMechanism; readonly iterations: number; readonly password: string }
  | { readonly kind: 'delete'; readonly mechanism: ScramMechanism };

/**
 * Changes the SCRAM credentials of one user; passwords are salted here and never sent (KIP-554).
 *
 * @throws BrokerError with the broker's reason
 */
export async function alterScramUser(
  cluster: Cluster,
  user: string,
  changes: readonly ScramChange[],
  limits: Limits = {},
): Promise<void> {
  const deletions = changes.flatMap((change) =>
    change.kind === 'delete' ? [{ name: user, mechanism: mechanisms[change.mechanism].wire }] : [],
  );
  const upsertions = await Promise.all(
    changes.flatMap((change) => (change.kind === 'set' ? [saltedCredential(user, change)] : [])),
  );
  const answer = await cluster.request(AlterUserScramCredentials, { deletions, upsertions }, limits);
  for (const { errorCode: code, errorMessage } of answer.results) {
    if (code !== 0) throw brokerError(code, errorMessage, `cannot change the SCRAM credentials of user '${user}'`);
  }
}

const saltBytes = 24;

async function saltedCredential(
  name: string,
  { mechanism, iterations, password }: ScramChange & { kind: 'set' },
): Promise<{ name: string; mechanism: number; iterations: number; salt: Buffer; saltedPassword: Buffer }> {
  const { wire, digest, bytes } = mechanisms[mechanism];
  const salt = randomBytes(saltBytes);
  const saltedPassword = await promisify(pbkdf2)(password, salt, iterations, bytes, digest);
  return { name, mechanism: wire, iterations, salt, saltedPassword };
}
