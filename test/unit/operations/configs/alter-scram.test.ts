import { pbkdf2Sync } from 'node:crypto';
import { expect, test } from 'vitest';
import { alterScram } from '../../../../src/operations/configs/alter-scram.js';
import { AlterUserScramCredentials } from '../../../../src/protocol/messages/alter-user-scram-credentials.js';
import { FakeCluster } from '../../fakes/fake-cluster.js';
import { fakeContext } from '../../fakes/fake-context.js';

function cluster(errorCode = 0, errorMessage: string | null = null): FakeCluster {
  const answer = { throttleTimeMs: 0, results: [{ user: 'u', errorCode, errorMessage }] };
  return new FakeCluster(1).answer(AlterUserScramCredentials, () => answer);
}

test('the password is salted before it is sent, with another salt each time', async () => {
  const fake = cluster();
  const change = { kind: 'set', mechanism: 'SCRAM-SHA-512', iterations: 4096, password: 'sécret' } as const;
  await alterScram(fakeContext(fake), 'u', [change]);
  await alterScram(fakeContext(fake), 'u', [change]);
  const [first, second] = fake.bodies(AlterUserScramCredentials).map(({ upsertions }) => upsertions[0]);
  const expected = pbkdf2Sync('sécret', first?.salt ?? '', 4096, 64, 'sha512');
  expect(Buffer.from(first?.saltedPassword ?? []).equals(expected)).toBe(true);
  expect(first).toMatchObject({ name: 'u', mechanism: 2, iterations: 4096 });
  expect(Buffer.from(first?.salt ?? []).equals(Buffer.from(second?.salt ?? []))).toBe(false);
});

test("the broker's refusal is the error", async () => {
  const fake = cluster(91, 'no such credential');
  await expect(alterScram(fakeContext(fake), 'u', [{ kind: 'delete', mechanism: 'SCRAM-SHA-256' }])).rejects.toThrow(
    'no such credential',
  );
});
