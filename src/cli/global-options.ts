import { Option, type Command } from 'commander';

/** What `-o/--output` takes; `wide` is a table with more columns, `names` one bare name a line. */
export const outputFormats = ['table', 'wide', 'json', 'jsonl', 'csv', 'names'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** The options every command takes, as the parser gives them: unset ones are absent, so that files and the environment can fill in. */
export interface GlobalOptions {
  bootstrapServer?: string;
  context?: string;
  commandConfig?: string;
  output?: OutputFormat;
  timeout?: string;
  color?: boolean;
  quiet?: boolean;
  verbose?: boolean;
  debug?: boolean;
}

const heading = 'Global options:';

function globalOptions(): Option[] {
  return [
    new Option('-b, --bootstrap-server <host:port,...>', 'brokers to start from (env: KAFKIT_BOOTSTRAP_SERVER)'),
    new Option('--context <name>', 'connection settings from the context file'),
    new Option('--command-config <file>', "Kafka client settings, a .properties file with Kafka's own keys"),
    new Option('-o, --output <format>', 'how results are printed').choices(outputFormats),
    new Option('--timeout <duration>', 'give up after this long, for example 30s'),
    new Option('--no-color', 'no colours (also: NO_COLOR)').default(undefined),
    new Option('--quiet', 'no progress and no notices'),
    new Option('--verbose', 'say more about what is being done'),
    new Option('--debug', 'print protocol events and stack traces'),
  ];
}

/** Adds the global options to a command, under a heading of their own in its help. */
export function addGlobalOptions(command: Command): void {
  for (const option of globalOptions()) {
    option.helpGroup(heading);
    command.addOption(option);
  }
}
