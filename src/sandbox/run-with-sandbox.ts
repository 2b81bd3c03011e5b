import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { CliError } from '../core/errors.js';
import { findOnPath } from './find-java.js';
import { sandboxStatus } from './sandbox-status.js';
import type { SandboxChoice } from './sandbox-state.js';
import { startCluster, type ClusterOptions } from './start-cluster.js';

export interface RunOptions
  extends SandboxChoice, Pick<ClusterOptions, 'brokers' | 'port' | 'kafkaVersion' | 'extraConfig' | 'onProgress' | 'signal'> {
  readonly command: string;
  readonly args: readonly string[];
  /** Called when the brokers are there, before the command starts. */
  readonly onReady?: (() => void) | undefined;
  /** Whether the command gets Ctrl-C from the terminal itself, so that it must not get it from us as well. */
  readonly sharesTerminal: boolean;
}

/** The variables that tell a command where the brokers are. */
export const bootstrapVariables = ['KAFKIT_BOOTSTRAP_SERVER', 'KAFKA_BOOTSTRAP'] as const;

/**
 * Runs a command with the brokers' addresses in its environment: those of the sandbox in the background when it is up,
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
  if (running.condition === 'up' && running.state !== undefined) return runCommand(options, running.state.bootstrap);
  const { brokers, port, kafkaVersion, extraConfig, onProgress, signal } = options;
  const cluster = await startCluster({ env, brokers, port, kafkaVersion, extraConfig, onProgress, signal });
  try {
    return await runCommand(options, cluster.bootstrap);
  } finally {
    await cluster.stop();
  }
}

function runCommand(options: RunOptions, bootstrap: string): Promise<number> {
  options.onReady?.();
  const addresses = Object.fromEntries(bootstrapVariables.map((name) => [name, bootstrap]));
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
