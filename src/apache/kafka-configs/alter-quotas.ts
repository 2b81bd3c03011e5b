import type { ScramChange } from '../../client/scram-users.js';
import type { Context } from '../../operations/context.js';
import { clientFailure } from '../java/client-failure.js';
import { parseDouble } from '../java/double.js';
import { JavaError, executionException } from '../java/java-error.js';
import type { QuotaEntities } from './describe-quotas.js';
import type { GivenChanges } from './parse-changes.js';
import { isIpQuota, isScram, isUserQuota, quotaTypes } from './quota-entities.js';
import { illegalArgument, invalidConfiguration } from './refusal.js';

/** `--alter` of users, clients and ips: quotas, or SCRAM credentials of one user. */
export async function alterQuotaConfigs(context: Context, entities: QuotaEntities, changes: GivenChanges): Promise<void> {
  const keys = [...changes.added.keys(), ...changes.deleted];
  if (entities.types[0] === 'ips') {
    checkIpQuotas(keys);
    return alterQuotaValues(context, entities, changes);
  }
  checkUserKeys(entities, changes);
  if (keys.some(isUserQuota)) return alterQuotaValues(context, entities, changes);
  return alterScramCredentials(context, entities.names, changes);
}

function checkIpQuotas(keys: readonly string[]): void {
  const unknown = [...new Set(keys)].filter((key) => !isIpQuota(key));
  if (unknown.length === 0) return;
  const text = "Only connection quota configs can be added for 'ips' using --bootstrap-server. Unexpected config names";
  throw illegalArgument(`${text}: ${unknown.join(',')}`);
}

function checkUserKeys({ types, names }: QuotaEntities, { added, deleted }: GivenChanges): void {
  const keys = [...added.keys()];
  const isClient = types[0] === 'clients' || types.length === 2;
  const isAllowed = (key: string): boolean => isUserQuota(key) || (isScram(key) && !isClient);
  // What is no mechanism either comes first, as Kafka's tool puts the list together.
  const unexpected = (all: readonly string[]): string[] => [
    ...all.filter((key) => !isAllowed(key) && !isScram(key)),
    ...all.filter((key) => !isAllowed(key) && isScram(key)),
  ];
  const rule = isClient ? ['Only quota configs', 'clients'] : ['Only quota and SCRAM credential configs', 'users'];
  const refuse = (verb: string, list: string): JavaError =>
    illegalArgument(`${rule[0]} can be ${verb} for '${rule[1]}' using --bootstrap-server. Unexpected config names: ${list}`);
  const toAdd = unexpected(keys);
  if (toAdd.length > 0) throw refuse('added', `Set(${toAdd.join(', ')})`);
  const toDelete = unexpected(deleted);
  if (toDelete.length > 0) throw refuse('deleted', `ArrayBuffer(${toDelete.join(', ')})`);
  if (![...keys, ...deleted].some(isScram)) return;
  if (names.includes('')) {
    throw illegalArgument(
      'The use of --entity-default or --user-defaults is not allowed with User SCRAM Credentials using --bootstrap-server.',
    );
  }
  if ([...keys, ...deleted].some(isUserQuota)) {
    throw illegalArgument(
      "Cannot alter both quota and SCRAM credential configs simultaneously for 'users' using --bootstrap-server.",
    );
  }
}

async function alterQuotaValues(
  context: Context,
  { types, names }: QuotaEntities,
  { added, deleted }: GivenChanges,
): Promise<void> {
  const { alterQuotas } = await import('../../operations/configs/alter-quotas.js');
  const entity = types.map((type, at) => ({ type: quotaTypes[type], name: names[at] === '' ? null : (names[at] ?? null) }));
  // The tool looks at what is to be deleted first, then at the numbers.
  const parsed = [...added].map(([key, text]) => ({ key, text, value: parseDouble(text) }));
  const wrong = parsed.find(({ value }) => value === undefined);
  const changes = [
    ...(wrong === undefined ? parsed.map(({ key, value }) => ({ key, value })) : []),
    ...deleted.map((key) => ({ key, value: undefined })),
  ];
  if (wrong !== undefined && deleted.length === 0) throw notANumber(wrong);
  const result = await alterQuotas(context, { entity, changes, dryRun: wrong !== undefined }).catch((error: unknown) => {
    throw executionException(clientFailure(error, 'alterClientQuotas'));
  });
  if (result.unset.length > 0) throw invalidConfiguration(`Invalid config(s): ${result.unset.join(',')}`);
  if (wrong !== undefined) throw notANumber(wrong);
}

function notANumber({ key, text }: { readonly key: string; readonly text: string }): JavaError {
  return illegalArgument(`Cannot parse quota configuration value for ${key}: ${text}`);
}

async function alterScramCredentials(context: Context, names: readonly string[], { added, deleted }: GivenChanges): Promise<void> {
  const [user, ...more] = names;
  if (user === undefined || more.length > 0) {
    const text = `Altering user SCRAM credentials should never occur for more zero or multiple users: List(${names.join(', ')})`;
    throw new JavaError('java.lang.IllegalStateException', text);
  }
  const changes: ScramChange[] = [
    ...deleted.filter(isScram).map((mechanism) => ({ kind: 'delete' as const, mechanism })),
    ...[...added].flatMap(([key, value]) => (isScram(key) ? [parseCredential(key, value)] : [])),
  ];
  if (changes.length === 0) return;
  if (changes.some((change) => change.kind === 'set' && change.password === '')) throw emptyPassword();
  const { alterScram } = await import('../../operations/configs/alter-scram.js');
  await alterScram(context, user, changes).catch((error: unknown) => {
    throw executionException(clientFailure(error, 'alterUserScramCredentials'));
  });
}

const defaultIterations = 4096;
const leastIterations = 4096;

function parseCredential(mechanism: 'SCRAM-SHA-256' | 'SCRAM-SHA-512', text: string): ScramChange {
  const [matched, given, password = ''] = /^(?:iterations=(-?[0-9]*),)?password=(.*)$/.exec(text) ?? [];
  if (matched === undefined) {
    throw illegalArgument(`Invalid credential property ${mechanism.replaceAll('-', '_')}=${text}`);
  }
  const iterations = given === undefined || given === '-1' ? defaultIterations : Number(given);
  if (given === '' || given === '-' || iterations !== (iterations | 0)) {
    throw new JavaError('java.lang.NumberFormatException', `For input string: "${given}"`);
  }
  if (iterations < leastIterations) {
    throw illegalArgument(`Iterations ${iterations} is less than the minimum ${leastIterations} required for ${mechanism}`);
  }
  return { kind: 'set', mechanism, iterations, password };
}

function emptyPassword(): JavaError {
  const javaClass = 'org.apache.kafka.common.errors.UnacceptableCredentialException';
  return executionException(new JavaError(javaClass, 'Password must not be empty'));
}
