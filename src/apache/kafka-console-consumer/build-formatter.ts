import type { RecordFormatter } from '../../core/record-formats/format-json-line.js';
import { findFormatter } from '../formatters/create-formatter.js';
import { formatLogLine } from '../java/log-line.js';
import { readPropertiesFile } from '../java/tool-settings.js';
import type { OptionSet } from '../jopt/option-set.js';
import { UsageError } from '../jopt/usage-error.js';
import { parseKeyValues } from '../key-values.js';
import type { ToolRun } from '../tool.js';

/**
 * The formatter that the options ask for.
 *
 * @throws UsageError for everything that is wrong with it
 */
export async function buildFormatter(run: ToolRun, options: OptionSet): Promise<RecordFormatter> {
  try {
    return await tryToBuild(run, options);
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof Error)) throw error;
    throw new UsageError(error.message, options.specs);
  }
}

async function tryToBuild(run: ToolRun, options: OptionSet): Promise<RecordFormatter> {
  const className = options.text('formatter') ?? '';
  const create = findFormatter(className);
  if (create === undefined) throw new UsageError(className, options.specs);
  if (options.has('property') && options.has('formatter-property')) {
    throw new UsageError('Options --property and --formatter-property cannot be specified together.', options.specs);
  }
  if (options.has('property')) {
    run.out('Option --property is deprecated and will be removed in a future version. Use --formatter-property instead.\n');
  }
  const config = await formatterConfig(options);
  return create(config, (missing) => {
    const logger = 'org.apache.kafka.tools.consumer.DefaultMessageFormatter';
    run.err(formatLogLine('ERROR', `Unable to instantiate a deserializer from ${missing}`, logger, new Date()));
    run.err(`java.lang.ClassNotFoundException: ${missing}\n`);
  });
}

async function formatterConfig(options: OptionSet): Promise<ReadonlyMap<string, string>> {
  const path = options.text('formatter-config');
  const config = path === undefined ? new Map<string, string>() : await readPropertiesFile(path);
  for (const part of ['key', 'value']) {
    const className = options.text(`${part}-deserializer`) ?? '';
    if (className !== '') config.set(`${part}.deserializer`, className);
  }
  const given = parseKeyValues([...options.values('formatter-property'), ...options.values('property')]);
  return new Map([...config, ...given]);
}
