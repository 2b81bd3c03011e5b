import type { Cluster, Limits } from '../../client/cluster.js';
import type { OptionSet } from '../jopt/option-set.js';
import { UsageError } from '../jopt/usage-error.js';
import { JavaError } from '../java/java-error.js';
import { runtimeException } from '../java/runtime-exception.js';
import type { ToolRun } from '../tool.js';

/** What the actions work with: the options, the cluster, and the two streams. */
export interface GroupsRun {
  readonly options: OptionSet;
  readonly limits: Limits;
  connect(): Promise<Cluster>;
  out(text: string): void;
  err(text: string): void;
  /** Milliseconds since the epoch. */
  now(): number;
  /** An error block on stdout; what failed does not change the exit code of Kafka's tool. */
  printError(message: string): void;
  /** Notes a failure that is told in another way. */
  noteFailure(): void;
  readonly hasFailed: boolean;
  close(): Promise<void>;
}

/**
 * Reads the settings and opens the cluster on first use, then looks at the values that Kafka's tool reads for every action.
 *
 * @throws JavaError as building Kafka's admin client fails; OptionError for a value of the wrong type
 */
export async function openGroupsRun(run: ToolRun, options: OptionSet): Promise<GroupsRun> {
  const { loadToolSettings } = await import('../java/tool-settings.js');
  const commandConfig = options.text('command-config');
  const bootstrapServer = options.text('bootstrap-server');
  const settings = await loadToolSettings(
    { bootstrapServer, ...(commandConfig !== undefined && { commandConfig }) },
    'admin',
  ).catch((error: unknown) => {
    throw isFileError(error) ? runtimeException(error) : error;
  });
  options.longs('to-offset');
  options.text('by-duration');
  options.long('shift-by');
  // As Java's cast from long to int, and as its admin client takes less than nothing for nothing.
  const timeoutMs = Math.max(1, Number(BigInt.asIntN(32, options.long('timeout') ?? 0n)));
  const { signal } = run.interrupts;
  let cluster: Promise<Cluster> | undefined;
  let hasFailed = false;
  const open = async (): Promise<Cluster> => {
    const [{ openCluster }, { toolClient }] = await Promise.all([import('../../client/connect.js'), import('../tool-client.js')]);
    const client = toolClient(run, settings, 'admin');
    return openCluster({ ...client.settings, apiTimeoutMs: timeoutMs }, { signal, patient: true, watch: client.watch });
  };
  return {
    options,
    limits: { timeoutMs, signal },
    connect: () => (cluster ??= open()),
    out: (text) => run.out(text),
    err: (text) => run.err(text),
    now: () => Date.now(),
    printError: (message) => {
      hasFailed = true;
      run.out(`\nError: ${message}\n`);
    },
    noteFailure: () => {
      hasFailed = true;
    },
    get hasFailed() {
      return hasFailed;
    },
    close: async () => {
      await cluster?.then((opened) => opened.close());
    },
  };
}

/** Kafka's tool wraps what a file that cannot be read throws. */
function isFileError(error: unknown): error is JavaError {
  return error instanceof JavaError && /^java\.(?:nio\.file|io)\./.test(error.javaClass);
}

/** What Kafka's tool finds wrong with an argument once it looks at it: the message and the table of options, exit 1. */
export function illegalArgument({ options }: Pick<GroupsRun, 'options'>, message: string): UsageError {
  return new UsageError(message, options.specs);
}
