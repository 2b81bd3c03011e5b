import { JavaError } from '../java/java-error.js';

/** One line of a reset file. */
export interface CsvRecord {
  readonly group?: string | undefined;
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

const jackson = 'com.fasterxml.jackson.';
const limits = { int: 2n ** 31n, long: 2n ** 63n } as const;

/**
 * Reads `topic,partition,offset`, or with the group before them, as the library that Kafka uses does: columns that are missing or
 * empty are empty text and 0.
 *
 * @throws JavaError the library's
 */
export function parseCsvRecord(line: string, columns: 3 | 4): CsvRecord {
  const fields = splitFields(line);
  if (fields === undefined) {
    throw new JavaError(`${jackson}databind.exc.MismatchedInputException`, 'No content to map due to end-of-input');
  }
  const [group, topic = '', partition = '', offset = ''] = columns === 4 ? fields : [undefined, ...fields];
  const record = { group, topic, partition: Number(parseNumber(partition, 'int')), offset: parseNumber(offset, 'long') };
  const extra = fields[columns];
  if (extra !== undefined) {
    const text = `Too many entries: expected at most ${columns} (value #${columns} (${extra.length} chars) "${extra}")`;
    throw new JavaError(`${jackson}dataformat.csv.CsvReadException`, text);
  }
  return record;
}

/** The fields of a line; undefined for an empty one. Quotes count at the start of a field, and twice inside for one. */
function splitFields(line: string): string[] | undefined {
  const text = line.replace(/\r.*$/s, '');
  if (text.trim() === '') return undefined;
  const fields: string[] = [];
  const field = /\s*"((?:[^"]|"")*)"[^,]*(,|$)|([^,]*)(,|$)/y;
  for (;;) {
    const [, quoted, afterQuoted, plain = '', afterPlain] = field.exec(text) ?? [];
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if ((afterQuoted ?? afterPlain) !== ',') return fields;
  }
}

function parseNumber(text: string, type: keyof typeof limits): bigint {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed === 'null') return 0n;
  if (!/^[+-]?\d+$/.test(trimmed)) {
    const message = `Cannot deserialize value of type \`${type}\` from String "${text}": not a valid \`${type}\` value`;
    throw new JavaError(`${jackson}databind.exc.InvalidFormatException`, message);
  }
  const value = BigInt(trimmed.replace('+', ''));
  if (value >= -limits[type] && value < limits[type]) return value;
  const isLong = BigInt.asIntN(64, value) === value;
  const range = isLong ? '' : ` (${-limits[type]} - ${limits[type] - 1n})`;
  const message = `Numeric value (${trimmed}) out of range of ${type}${range}`;
  const cause = new JavaError(`${jackson}core.JsonParseException`, message);
  throw new JavaError(`${jackson}databind.JsonMappingException`, message, cause);
}
