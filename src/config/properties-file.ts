import { parseLines } from 'dot-properties';

/** What a `.properties` file says, in its order; of a key given twice the last value counts, as in Java. */
export interface PropertiesFile {
  readonly values: ReadonlyMap<string, string>;
  readonly warnings: readonly string[];
}

/**
 * Reads Java's `.properties` format as Java does: ISO-8859-1 with \uXXXX escapes, continued lines, and blanks at the end of a
 * value kept.
 */
export function parsePropertiesFile(bytes: Uint8Array): PropertiesFile {
  const values = new Map<string, string>();
  for (const line of parseLines(Buffer.from(bytes).toString('latin1'))) {
    if (!Array.isArray(line)) continue;
    const [key = '', value = ''] = line;
    values.set(key, value);
  }
  return { values, warnings: looksLikeUtf8(bytes) ? [utf8Warning] : [] };
}

const utf8Warning = 'has UTF-8 letters, which Kafka (and kafkit) read as ISO-8859-1; write them as \\uXXXX';

/** Bytes above ASCII that happen to be sound UTF-8 were hardly meant as ISO-8859-1. */
function looksLikeUtf8(bytes: Uint8Array): boolean {
  if (!bytes.some((byte) => byte >= 0x80)) return false;
  return !Buffer.from(bytes).toString('utf8').includes('\ufffd');
}
