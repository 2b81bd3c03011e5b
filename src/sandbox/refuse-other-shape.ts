import { CliError } from '../core/errors.js';
import type { SandboxState } from './sandbox-state.js';

/** What somebody asks of a sandbox; unset: as it is. */
interface Shape {
  readonly brokers?: 1 | 3 | undefined;
  readonly port?: number | undefined;
  readonly kafkaVersion?: string | undefined;
  readonly secure?: boolean | undefined;
  readonly extraConfig?: Readonly<Record<string, string>> | undefined;
}

/**
 * Refuses what contradicts a sandbox that is there. Ports and settings of brokers can be changed while none runs.
 *
 * @throws CliError `usage` that names what it has, and what was asked for
 */
export function refuseOtherShape(state: SandboxState, asked: Shape, isRunning: boolean): void {
  const wishes = [...otherCluster(state, asked), ...(isRunning ? otherBrokers(state, asked) : [])];
  if (wishes.length === 0) return;
  const isSecure = state.commandConfig !== undefined;
  const count = state.brokers.length;
  const has = `${count === 1 ? 'one broker' : `${count} brokers`} of Kafka ${state.kafkaVersion}${isSecure ? ', secure' : ''}`;
  throw new CliError(
    'usage',
    `this sandbox is there already, with ${has} at ${state.bootstrap}, and not with ${wishes.join(' and ')}`,
    {
      hint: 'kafkit sandbox down removes it and its data; --name starts another beside it',
    },
  );
}

function otherCluster(state: SandboxState, { brokers, kafkaVersion, secure }: Shape): string[] {
  const wishes: string[] = [];
  if (brokers !== undefined && brokers !== state.brokers.length) wishes.push(`--brokers ${brokers}`);
  if (kafkaVersion !== undefined && kafkaVersion !== state.kafkaVersion) wishes.push(`--kafka-version ${kafkaVersion}`);
  if (secure !== undefined && secure !== (state.commandConfig !== undefined)) wishes.push('--secure');
  return wishes;
}

function otherBrokers(state: SandboxState, { port, extraConfig = {} }: Shape): string[] {
  const isElsewhere = port !== undefined && port !== state.brokers[0]?.port;
  const changed = Object.entries(extraConfig).filter(([key, value]) => state.extraConfig?.[key] !== value);
  return [...(isElsewhere ? [`--port ${port}`] : []), ...changed.map(([key]) => `another --config ${key}`)];
}
