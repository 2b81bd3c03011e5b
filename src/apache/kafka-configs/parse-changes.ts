import type { OptionSet } from '../jopt/option-set.js';
import { javaHashOrder } from '../java/hash-order.js';
import { readPropertiesFile } from '../java/tool-settings.js';
import { illegalArgument } from './refusal.js';

/** What `--add-config`, `--add-config-file` and `--delete-config` say. */
export interface GivenChanges {
  /** By key, in the order in which Java's table of them is read. */
  readonly added: ReadonlyMap<string, string>;
  readonly deleted: readonly string[];
}

const formatRule =
  'requirement failed: Invalid entity config: all configs to be added must be in the format "key=val" or  "key=[val1,val2]" to group values which contain commas.';

// A comma or an equals sign counts where the next bracket, if there is one, opens.
const outside = String.raw`(?=[^\]]*(?:\[|$))`;
const comma = new RegExp(`,${outside}`);
const equals = new RegExp(`[ \\t\\n\\v\\f\\r]*=[ \\t\\n\\v\\f\\r]*${outside}`);

/**
 * Reads the changes of a command.
 *
 * @throws JavaError for a list in the wrong format, an impossible key, a file that cannot be read; OptionError
 */
export async function parseChanges(options: OptionSet): Promise<GivenChanges> {
  const file = options.text('add-config-file');
  const values = file === undefined ? new Map<string, string>() : await readPropertiesFile(file);
  const list = options.text('add-config');
  if (list !== undefined) for (const [key, value] of parseList(list)) values.set(key, value);
  const keys = javaHashOrder(values.keys());
  const odd = keys.find((key) => !/^[$a-zA-Z0-9._-]*$/.test(key));
  if (odd !== undefined) throw illegalArgument(`Invalid character found for config key: ${odd}`);
  return {
    added: new Map(keys.map((key) => [key, values.get(key) ?? ''])),
    deleted: options.values('delete-config').flatMap(splitAtCommas),
  };
}

/** `k1=v1,k2=[v1,v2]`: brackets hold a value together and are dropped. */
function parseList(list: string): [string, string][] {
  const items = list.split(comma);
  // Java drops the empty pieces at the end, but keeps the one that an empty text is.
  while (items.length > 0 && items.at(-1) === '' && list !== '') items.pop();
  return items.map((item) => {
    const [key, value, ...more] = item.split(equals);
    if (key === undefined || value === undefined || more.length > 0) throw illegalArgument(formatRule);
    return [trim(key), trim(value.replace(/[[\]]/g, ''))];
  });
}

/** jopt-simple drops empty pieces, but a text of commas alone stays as it is. */
function splitAtCommas(value: string): string[] {
  const pieces = value.split(',').filter((piece) => piece !== '');
  return (pieces.length === 0 ? [value] : pieces).map(trim);
}

/** Java's `trim`: everything up to the blank counts as blank. */
function trim(text: string): string {
  return text.replace(/^[\0- ]+|[\0- ]+$/g, '');
}
