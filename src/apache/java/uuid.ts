import { illegalArgument } from './illegal-argument.js';

/** The id that stands for none. */
export const zeroId = 'AAAAAAAAAAAAAAAAAAAAAA';

/**
 * Reads an id as Kafka's `Uuid.fromString` does; gives it back in the usual 22 characters.
 *
 * @throws JavaError `IllegalArgumentException` for what is no id
 */
export function parseUuid(text: string): string {
  if (text.length > 24) {
    throw illegalArgument(`Input string with prefix \`${text.slice(0, 24)}\` is too long to be decoded as a base64 UUID`);
  }
  const bytes = decode(text);
  if (bytes.length !== 16) {
    throw illegalArgument(
      `Input string \`${text}\` decoded as ${bytes.length} bytes, which is not equal to the expected 16 bytes of a base64-encoded UUID`,
    );
  }
  return bytes.toString('base64url');
}

/** Java's URL decoder is strict where Node's skips what it does not know. */
function decode(text: string): Buffer {
  const letters = text.replace(/={1,2}$/, '');
  const illegal = /[^A-Za-z0-9_-]/.exec(letters);
  if (illegal !== null) throw illegalArgument(`Illegal base64 character ${illegal[0].charCodeAt(0).toString(16)}`);
  if (letters.length % 4 === 1) throw illegalArgument('Last unit does not have enough valid bits');
  if (letters !== text && text.length % 4 !== 0) throw illegalArgument('Input byte array has wrong 4-byte ending unit');
  return Buffer.from(letters, 'base64url');
}
