import { defaultLineFormat, type LineFormat } from '../../core/record-formats/line-format.js';
import { createTrustingLineParser, type RecordParser } from '../../core/record-formats/line-parser.js';
import type { LineTexts } from '../../core/record-formats/record-error.js';
import { JavaError } from '../java/java-error.js';
import { javaRegExp } from '../java/java-regex.js';
import { javaSplit } from '../java/java-split.js';
import { readPropertiesFile } from '../java/tool-settings.js';
import type { OptionSet } from '../jopt/option-set.js';
import { parseKeyValues } from '../key-values.js';

export interface LineReader {
  readonly topic: string;
  readonly parse: RecordParser;
}

/** The built-in reader, and its name in Kafka 3. */
const readers = ['org.apache.kafka.tools.LineMessageReader'];

/**
 * The reader that the options ask for.
 *
 * @throws JavaError for another class, a file that is not there, and separators that cannot be told apart
 */
export async function createLineReader(options: OptionSet): Promise<LineReader> {
  const className = options.text('line-reader') ?? '';
  if (!readers.includes(className)) throw new JavaError('java.lang.ClassNotFoundException', className);
  const path = options.text('reader-config');
  const file = path === undefined ? new Map<string, string>() : await readPropertiesFile(path);
  const topic = ['topic', options.text('topic') ?? ''] as const;
  // A property may name another topic, as it may in Kafka.
  const given = parseKeyValues([...options.values('reader-property'), ...options.values('property')]);
  const config = new Map([...file, topic, ...given]);
  return { topic: config.get('topic') ?? '', parse: parserOf(config) };
}

function parserOf(config: ReadonlyMap<string, string>): RecordParser {
  const isOn = (key: string): boolean => config.get(key)?.trim().toLowerCase() === 'true';
  const bytesOf = (key: string, byDefault: Uint8Array): Uint8Array => {
    const text = config.get(key);
    return text === undefined ? byDefault : new TextEncoder().encode(text);
  };
  const splitHeaders = headerSplitter(config.get('headers.separator') ?? ',');
  refuseEqualParts(config);
  const marker = config.get('null.marker');
  const format: LineFormat = {
    parseKey: isOn('parse.key'),
    keySeparator: bytesOf('key.separator', defaultLineFormat.keySeparator),
    parseHeaders: isOn('parse.headers'),
    headersDelimiter: bytesOf('headers.delimiter', defaultLineFormat.headersDelimiter),
    headersSeparator: bytesOf('headers.separator', defaultLineFormat.headersSeparator),
    headersKeySeparator: bytesOf('headers.key.separator', defaultLineFormat.headersKeySeparator),
    ignoreErrors: isOn('ignore.error'),
    nullMarker: marker === undefined ? undefined : new TextEncoder().encode(marker),
    keepsEmptyPairs: true,
    splitHeaders,
    texts: textsOf(marker),
  };
  return createTrustingLineParser(format);
}

/** Undefined for a separator that stands for itself in a regular expression. */
function headerSplitter(separator: string): ((list: string) => readonly string[]) | undefined {
  const pattern = javaRegExp(separator);
  if (separator !== '' && !/[\\^$.*+?()|[\]{}]/.test(separator)) return undefined;
  return (list) => javaSplit(list, pattern);
}

const forbiddenPairs = [
  ['headers.delimiter', 'headers.separator'],
  ['headers.delimiter', 'headers.key.separator'],
  ['headers.separator', 'headers.key.separator'],
  ['null.marker', 'key.separator'],
  ['null.marker', 'headers.separator'],
  ['null.marker', 'headers.delimiter'],
  ['null.marker', 'headers.key.separator'],
] as const;

const defaults: Readonly<Record<string, string>> = {
  'key.separator': '\t',
  'headers.delimiter': '\t',
  'headers.separator': ',',
  'headers.key.separator': ':',
};

function refuseEqualParts(config: ReadonlyMap<string, string>): void {
  const partOf = (key: string): string | undefined => config.get(key) ?? defaults[key];
  const pair = forbiddenPairs.find(([left, right]) => partOf(left) === partOf(right));
  if (pair !== undefined)
    throw new JavaError('org.apache.kafka.common.KafkaException', `${pair[0]} and ${pair[1]} may not be equal`);
}

function textsOf(marker: string | undefined): LineTexts {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const text = (piece: { readonly source: Uint8Array; readonly start: number; readonly end: number }): string =>
    decoder.decode(piece.source.subarray(piece.start, piece.end));
  return {
    missing: (what, line) => `No ${what} found on line number ${line.tag}: '${text(line)}'`,
    unpaired: (pair) => `No header key separator found in pair '${text(pair)}' on line number ${pair.tag}`,
    nullKey: () => `Header keys should not be equal to the null marker '${marker ?? ''}' as they can't be null`,
  };
}
