import { ArgumentError } from '../argparse/argument-error.js';
import type { ParsedArguments } from '../argparse/parsed-arguments.js';
import { JavaError } from '../java/java-error.js';
import { readPropertiesFile } from '../java/tool-settings.js';

/**
 * The settings of the file that `--command-config`, or the older option for it, names. The older one is deprecated, and told of.
 *
 * @throws ArgumentError for both options, and for a file that cannot be read
 */
export async function readConfigFile(
  parsed: ParsedArguments,
  deprecated: string,
  tell: (line: string) => void,
): Promise<Map<string, string>> {
  if (parsed.has(deprecated) && parsed.has('command-config')) {
    throw new ArgumentError(`Options --${deprecated} and --command-config are mutually exclusive.`);
  }
  if (parsed.has(deprecated)) {
    tell(`Option --${deprecated} has been deprecated and will be removed in a future version. Use --command-config instead.\n`);
  }
  const path = parsed.text(deprecated) ?? parsed.text('command-config');
  if (path === undefined) return new Map();
  try {
    return await readPropertiesFile(path);
  } catch (error) {
    // Kafka catches what reading ends with, not what the text does.
    if (error instanceof JavaError && error.javaClass !== 'java.lang.IllegalArgumentException')
      throw new ArgumentError(error.message);
    throw error;
  }
}
