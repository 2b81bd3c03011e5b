import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { CliError } from '../core/errors.js';
import { findOnPath } from './find-java.js';
import { refuseOtherShape } from './refuse-other-shape.js';
import { sandboxStatus } from './sandbox-status.js';
import type { SecureFolder } from './secure-folder.js';
import type { SandboxChoice } from './sandbox-state.js';
import { startCluster, type ClusterOptions } from './start-cluster.js';

export interface RunOptions
  extends
    SandboxChoice,
    Pick<ClusterOptions, 'brokers' | 'port' | 'secure' | 'kafkaVersion' | 'extraConfig' | 'onProgress' | 'signal'> {
  readonly command: string;
  readonly args: readonly string[];
  /** Called when the brokers are there, before the command starts. */
  readonly onReady?: (() => void) | undefined;
  /** Whether the command gets Ctrl-C from the terminal itself, so that it must not get it from us as well. */
  readonly sharesTerminal: boolean;
}

/**
 * Runs a command with the brokers' addresses in its environment, as `KAFKIT_BOOTSTRAP_SERVER` and `KAFKA_BOOTSTRAP` (and of a
 * secure sandbox the administrator's settings, as `KAFKIT_COMMAND_CONFIG`): those of the sandbox in the background when it is up,
 * otherwise of a new one, which ends with the command. Resolves to the command's exit code, 128+n for signal n.
 *
 * @throws CliError `not-found` when there is no such command; as {@link startCluster} does
 */
export async function runWithSandbox(options: RunOptions): Promise<number> {
  const env = options.env ?? process.env;
  if (!options.command.includes('/') && (await findOnPath(options.command, env)) === undefined) {
    throw new CliError('not-found', `there is no command '${options.command}' on the PATH`);
  }
  const running = await sandboxStatus(options);
  if (running.condition === 'up' && running.state !== undefined) {
    refuseOtherShape(running.state, options, true);
    return runCommand(options, environment(running.state.bootstrap, running.state.commandConfig));
  }
  const { brokers, port, secure, kafkaVersion, extraConfig, onProgress, signal } = options;
  const cluster = await startCluster({ env, brokers, port, secure, kafkaVersion, extraConfig, onProgress, signal });
  try {
    return await runCommand(options, environment(cluster.bootstrap, cluster.secure?.commandConfig));
  } finally {
    await cluster.stop();
  }
}

function environment(bootstrap: string, commandConfig: SecureFolder['commandConfig'] | undefined): NodeJS.ProcessEnv {
  return {
    KAFKIT_BOOTSTRAP_SERVER: bootstrap,
    KAFKA_BOOTSTRAP: bootstrap,
    ...(commandConfig === undefined ? {} : { KAFKIT_COMMAND_CONFIG: commandConfig.admin }),
  };
}

function runCommand(options: RunOptions, addresses: NodeJS.ProcessEnv): Promise<number> {
  options.onReady?.();
  const env = { ...(options.env ?? process.env), ...addresses };
  return new Promise((resolve, reject) => {
    const child = spawn(options.command, options.args, { stdio: 'inherit', env });
    const pass = (): void => {
      const reason: unknown = options.signal?.reason;
      if (reason === 'SIGINT' && options.sharesTerminal) return;
      child.kill(reason === 'SIGINT' || reason === 'SIGHUP' ? reason : 'SIGTERM');
    };
    options.signal?.addEventListener('abort', pass, { once: true });
    if (options.signal?.aborted === true) pass();
    child.on('error', (cause) => {
      reject(new CliError('not-found', `'${options.command}' could not be started: ${cause.message}`, { cause }));
    });
    child.on('exit', (code, signal) => {
      options.signal?.removeEventListener('abort', pass);
      resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]);
    });
  });
}
