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
    const text = `No content to map due to end-of-input${place('UNKNOWN', 'UNKNOWN')}`;
    throw new JavaError(`${jackson}databind.exc.MismatchedInputException`, text);
  }
  const [group, topic, partition, offset] = columns === 4 ? fields : [undefined, ...fields];
  const record = {
    group: group?.text,
    topic: topic?.text ?? '',
    partition: Number(parseNumber(partition, { type: 'int', property: 'partition', columns })),
    offset: parseNumber(offset, { type: 'long', property: 'offset', columns }),
  };
  const extra = fields[columns];
  if (extra !== undefined) {
    const { text: value, column } = extra;
    const text = `Too many entries: expected at most ${columns} (value #${columns} (${value.length} chars) "${value}")`;
    throw new JavaError(`${jackson}dataformat.csv.CsvReadException`, text + place(1, column));
  }
  return record;
}

/** The second line of the library's messages: where in the text it was. Each line is a text of its own to it. */
function place(line: number | 'UNKNOWN', column: number | 'UNKNOWN'): string {
  return `\n at [Source: (StringReader); line: ${line}, column: ${column}]`;
}

interface Field {
  readonly text: string;
  /** Where it begins, and where what follows it does; counted from 1. */
  readonly column: number;
  readonly next: number;
}

/** The fields of a line; undefined for an empty one. Quotes count at the start of a field, and twice inside for one. */
function splitFields(line: string): Field[] | undefined {
  const text = line.replace(/\r.*$/s, '');
  if (text.trim() === '') return undefined;
  const fields: Field[] = [];
  const field = /\s*"((?:[^"]|"")*)"[^,]*(,|$)|([^,]*)(,|$)/y;
  for (;;) {
    const column = field.lastIndex + 1;
    const [, quoted, afterQuoted, plain = '', afterPlain] = field.exec(text) ?? [];
    if (quoted === undefined && /^\s*"/.test(plain)) {
      const message = `Missing closing quote for value${place(1, text.length + 1)}`;
      throw new JavaError(`${jackson}core.JsonParseException`, message);
    }
    fields.push({ text: quoted === undefined ? plain : quoted.replaceAll('""', '"'), column, next: field.lastIndex + 1 });
    if ((afterQuoted ?? afterPlain) !== ',') return fields;
  }
}

interface Wanted {
  readonly type: keyof typeof limits;
  readonly property: string;
  readonly columns: 3 | 4;
}

function parseNumber(field: Field | undefined, { type, property, columns }: Wanted): bigint {
  const { text, column, next } = field ?? { text: '', column: 1, next: 1 };
  const owner = `org.apache.kafka.tools.consumer.group.CsvUtils$${columns === 4 ? 'CsvRecordWithGroup' : 'CsvRecordNoGroup'}`;
  const chain = ` (through reference chain: ${owner}["${property}"])`;
  const trimmed = text.trim();
  if (trimmed === '' || trimmed === 'null') return 0n;
  if (!/^[+-]?\d+$/.test(trimmed)) {
    const message = `Cannot deserialize value of type \`${type}\` from String "${text}": not a valid \`${type}\` value`;
    throw new JavaError(`${jackson}databind.exc.InvalidFormatException`, message + place(1, column) + chain);
  }
  const value = BigInt(trimmed.replace('+', ''));
  if (value >= -limits[type] && value < limits[type]) return value;
  const isLong = BigInt.asIntN(64, value) === value;
  const range = isLong ? '' : ` (${-limits[type]} - ${limits[type] - 1n})`;
  const message = `Numeric value (${trimmed}) out of range of ${type}${range}`;
  const cause = new JavaError(`${jackson}core.JsonParseException`, message + place(1, next));
  throw new JavaError(`${jackson}databind.JsonMappingException`, message + place(1, next) + chain, cause);
}
