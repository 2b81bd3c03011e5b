import { watchInterrupts } from '../terminal/interrupts.js';
import { UsageError } from './jopt/usage-error.js';
import type { Tool, ToolOutcome } from './tool.js';

const strictFlag = '--strict-exit-codes';

/**
 * Runs a tool on this process's command line and sets the exit code. With `--strict-exit-codes`, or `KAFKIT_STRICT=1` in the
 * environment, a failure that Kafka's tool ends with 0 ends with 1. A signal ends as the shell expects of a Java program: 129, 130, 143.
 */
export async function runTool(tool: Tool): Promise<void> {
  const words = process.argv.slice(2);
  const strict = words.includes(strictFlag) || process.env['KAFKIT_STRICT'] === '1';
  const interrupts = watchInterrupts();
  const onOutputError = (): void => undefined; // whoever reads stdout has gone; the run ends by its interrupt
  process.stdout.on('error', onOutputError);
  process.stderr.on('error', onOutputError);
  try {
    const outcome = await tool({
      argv: words.filter((word) => word !== strictFlag),
      env: process.env,
      out: (text) => void process.stdout.write(text),
      err: (text) => void process.stderr.write(text),
      interrupts,
    });
    process.exitCode = interrupts.exitCode ?? exitCodeOf(outcome, strict);
  } catch (error) {
    process.exitCode = interrupts.exitCode ?? 1;
    if (interrupts.exitCode === undefined) process.stderr.write(await describeUncaught(error));
  } finally {
    interrupts.stop();
  }
}

function exitCodeOf({ exit, failed }: ToolOutcome, strict: boolean): number {
  return strict && failed === true && exit === 0 ? 1 : exit;
}

/** What a Java program prints when nothing caught its exception; a usage error with the table of the options. */
async function describeUncaught(error: unknown): Promise<string> {
  if (error instanceof UsageError) {
    const { formatUsage } = await import('./jopt/format-usage.js');
    return `${error.message}\n${formatUsage(error.specs)}`;
  }
  const { formatTrace, toJavaError } = await import('./java/java-error.js');
  return `Exception in thread "main" ${formatTrace(toJavaError(error))}`;
}
