import { givenNames, givenTypes, singular, type EntityType } from './kafka-configs/entities.js';
import { configsOptions } from './kafka-configs/options.js';
import { helpOrVersion } from './jopt/help-or-version.js';
import type { OptionSet } from './jopt/option-set.js';
import { OptionError } from './jopt/option-spec.js';
import { parseOptions } from './jopt/parse-options.js';
import { UsageError } from './jopt/usage-error.js';
import { connectController } from './connect-controller.js';
import { connectTool, type ToolContext } from './connect-tool.js';
import type { Tool, ToolOutcome, ToolRun } from './tool.js';

const description =
  'This tool helps to manipulate and describe entity config for a topic, client, user, broker, ip, client-metrics or group';

/** `kafka-configs`. */
export const kafkaConfigs: Tool = async (run) => {
  try {
    return await runConfigs(run);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    run.err(await describeFailure(error, run.argv));
    return { exit: 1 };
  }
};

async function runConfigs(run: ToolRun): Promise<ToolOutcome> {
  const options = parseOptions(configsOptions, run.argv);
  if (run.argv.length === 0) throw new UsageError(description, configsOptions);
  const told = helpOrVersion(options, run, description);
  if (told !== undefined) return told;
  const { checkCommand } = await import('./kafka-configs/check-command.js');
  await checkCommand(options);
  const connection = { bootstrapServer: options.text('bootstrap-server'), commandConfig: options.text('command-config') };
  const controllers = options.text('bootstrap-controller');
  const context =
    controllers === undefined
      ? connectTool(run, connection)
      : connectController(run, { ...connection, bootstrapServer: controllers });
  try {
    await context.settings();
    await (options.has('alter') ? alter(context, run, options) : describe(context, run, options));
    return { exit: 0 };
  } finally {
    await context.close();
  }
}

async function describe(context: ToolContext, run: ToolRun, options: OptionSet): Promise<void> {
  const names = givenNames(options);
  const [{ describeResourceConfigs }, { describeQuotaConfigs }] = await Promise.all([
    import('./kafka-configs/describe-resources.js'),
    import('./kafka-configs/describe-quotas.js'),
  ]);
  const types = givenTypes(options) as EntityType[]; // checked by checkCommand
  const [type] = types;
  if (type === 'users' || type === 'clients' || type === 'ips') {
    // Two types are users and clients.
    return describeQuotaConfigs(context, run, { types: types as ('users' | 'clients' | 'ips')[], names });
  }
  if (type !== undefined) await describeResourceConfigs(context, run, { type, name: names[0], all: options.has('all') });
}

async function alter(context: ToolContext, run: ToolRun, options: OptionSet): Promise<void> {
  const types = givenTypes(options) as EntityType[]; // checked by checkCommand
  const names = givenNames(options);
  const [{ parseChanges }, { illegalArgument }] = await Promise.all([
    import('./kafka-configs/parse-changes.js'),
    import('./kafka-configs/refusal.js'),
  ]);
  if (types.length !== names.length) throw illegalArgument('An entity name must be specified for every entity type');
  const changes = await parseChanges(options);
  const [type] = types;
  const [name = ''] = names;
  if (type === undefined) return;
  if (type === 'users' || type === 'clients' || type === 'ips') {
    const { alterQuotaConfigs } = await import('./kafka-configs/alter-quotas.js');
    // Two types are users and clients.
    await alterQuotaConfigs(context, { types: types as ('users' | 'clients' | 'ips')[], names }, changes);
  } else {
    const { alterResourceConfigs } = await import('./kafka-configs/alter-configs.js');
    await alterResourceConfigs(context, type, name, changes);
  }
  if (name === '') run.out(`Completed updating default config for ${type} in the cluster.\n`);
  else run.out(`Completed updating config for ${singular(type)} ${name}.\n`);
}

async function describeFailure(error: unknown, argv: readonly string[]): Promise<string> {
  if (error instanceof OptionError) return `${error.message}\n`;
  const [{ isBrief }, { formatTrace, toJavaError }] = await Promise.all([
    import('./kafka-configs/refusal.js'),
    import('./java/java-error.js'),
  ]);
  if (isBrief(error)) return `${error.message}\n`;
  return `Error while executing config command with args '${argv.join(' ')}'\n${formatTrace(toJavaError(error))}`;
}
