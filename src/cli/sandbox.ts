import { InvalidArgumentError, Option, type Command } from 'commander';
import { command, examples } from './runner.js';

/** `kafkit sandbox`: a real Kafka on this machine. */
export function registerSandbox(sandbox: Command): void {
  registerUp(sandbox);
  registerDown(sandbox);
  registerStatus(sandbox);
  registerLogs(sandbox);
  registerRun(sandbox);
}

function registerUp(sandbox: Command): void {
  const up = command(sandbox, 'up', async () => (await import('./sandbox/up.js')).upHandler)
    .description('start Kafka in the background (KRaft, on 127.0.0.1); one that is up already is left alone')
    .option('--port <port>', 'port of the first broker (default: 9092 where it is free, otherwise a free one)', parsePort);
  addClusterOptions(up).addOption(nameOption());
  examples(
    up,
    'kafkit sandbox up',
    'kafkit sandbox up --brokers 3 --port 19092',
    'kafkit sandbox up --secure',
    'BOOTSTRAP=$(kafkit sandbox up -o names)',
  ).addHelpText('after', needs);
}

function registerDown(sandbox: Command): void {
  const down = command(sandbox, 'down', async () => (await import('./sandbox/down.js')).downHandler)
    .description('stop the Kafka of "sandbox up" and remove its data')
    .option('--keep-data', 'leave topics and records for the next "sandbox up"')
    .addOption(nameOption());
  examples(down, 'kafkit sandbox down');
}

function registerStatus(sandbox: Command): void {
  const status = command(sandbox, 'status', async () => (await import('./sandbox/status.js')).statusHandler)
    .description('show whether the sandbox is up (exit code 3 when it is not), its brokers and processes')
    .addOption(nameOption());
  examples(status, 'kafkit sandbox status', 'kafkit sandbox status -o json');
}

function registerLogs(sandbox: Command): void {
  const logs = command(sandbox, 'logs', async () => (await import('./sandbox/logs.js')).logsHandler)
    .description('print what the brokers have logged')
    .option('-f, --follow', 'go on until Ctrl-C')
    .option('--broker <id>', 'only this broker', parseCount)
    .addOption(nameOption());
  examples(logs, 'kafkit sandbox logs --follow --broker 1');
}

function registerRun(sandbox: Command): void {
  const run = command(sandbox, 'run <command...>', async () => (await import('./sandbox/run.js')).runHandler)
    .description(
      'run a command with the brokers in KAFKIT_BOOTSTRAP_SERVER and KAFKA_BOOTSTRAP: those of "sandbox up", or new ones that end with it',
    )
    .passThroughOptions();
  addClusterOptions(run).addOption(nameOption());
  examples(run, 'kafkit sandbox run -- npm test', "kafkit sandbox run --brokers 3 -- sh -c 'kafkit topics list'").addHelpText(
    'after',
    needs,
  );
}

const needs = `
Needs Java 17 or newer, and either Maven (to download Kafka once) or an unpacked Kafka distribution in KAFKA_HOME.`;

function addClusterOptions(target: Command): Command {
  return target
    .addOption(new Option('--brokers <count>', 'how many brokers (default: 1)').choices(['1', '3']))
    .option('--secure', 'SASL_SSL with SCRAM and PLAIN users, and ACLs; client settings are written beside it')
    .option('--kafka-version <version>', 'which Kafka (default: the one in KAFKA_HOME, otherwise 4.3.0)')
    .option('--config <key=value>', 'a broker setting; may be given several times', collectSetting);
}

function nameOption(): Option {
  return new Option('--name <name>', 'which sandbox, where there are several').default(undefined, 'default');
}

function parsePort(text: string): number {
  const port = parseCount(text);
  if (port <= 65_533) return port;
  throw new InvalidArgumentError('a port is a number from 1 to 65533.');
}

function parseCount(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a whole number from 1 is needed.');
}

function collectSetting(text: string, previous: Record<string, string> = {}): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('a setting has the form key=value.');
  return { ...previous, [text.slice(0, at)]: text.slice(at + 1) };
}
