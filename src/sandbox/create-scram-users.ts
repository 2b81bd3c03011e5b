import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { sleep } from '../timers/timers.js';
import { CliError } from '../core/errors.js';
import { AlterUserScramCredentials } from '../protocol/messages/alter-user-scram-credentials.js';
import { askBroker } from './ask-broker.js';

/** SCRAM mechanisms by their number in the protocol (KIP-554). */
const mechanisms = [
  { mechanism: 1, digest: 'sha256', bytes: 32 },
  { mechanism: 2, digest: 'sha512', bytes: 64 },
] as const;
const iterations = 4096;
const patienceMs = 30_000;

/**
 * Sets the users' passwords for SCRAM-SHA-256 and -512 at a broker's plain port: over the wire, salted, since Kafka's own tool
 * would want them on a command line that others can read.
 *
 * @throws CliError `broker` when the cluster does not take them in half a minute
 */
export async function createScramUsers(port: number, passwords: Readonly<Record<string, string>>): Promise<void> {
  const deadline = Date.now() + patienceMs;
  // One mechanism after the other: a request may name a user only once.
  for (const { mechanism, digest, bytes } of mechanisms) {
    const upsertions = Object.entries(passwords).map(([name, password]) => {
      const salt = randomBytes(16);
      return { name, mechanism, iterations, salt, saltedPassword: pbkdf2Sync(password, salt, iterations, bytes, digest) };
    });
    await upsert(port, upsertions, deadline);
  }
}

type Upsertions = Parameters<typeof askBroker<typeof AlterUserScramCredentials>>[2]['upsertions'];

async function upsert(port: number, upsertions: Upsertions, deadline: number): Promise<void> {
  for (;;) {
    const problem = await tryOnce(port, upsertions);
    if (problem === undefined) return;
    if (Date.now() > deadline) throw new CliError('broker', `the users of the sandbox could not be created: ${problem}`);
    await sleep(100);
  }
}

async function tryOnce(port: number, upsertions: Upsertions): Promise<string | undefined> {
  try {
    const { results } = await askBroker(port, AlterUserScramCredentials, { deletions: [], upsertions }, 10_000);
    const failed = results.find(({ errorCode }) => errorCode !== 0);
    return failed && (failed.errorMessage ?? `error code ${failed.errorCode}`);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
