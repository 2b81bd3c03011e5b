import type { LineTexts } from './record-error.js';

/** How a line is cut into `[headers DELIMITER][key SEPARATOR]value`. Separators are bytes, at least one each. */
export interface LineFormat {
  readonly parseKey: boolean;
  readonly keySeparator: Uint8Array;
  readonly parseHeaders: boolean;
  /** Ends the header list. */
  readonly headersDelimiter: Uint8Array;
  /** Stands between two headers. */
  readonly headersSeparator: Uint8Array;
  /** Stands between a header's key and its value, at its first occurrence. */
  readonly headersKeySeparator: Uint8Array;
  /** A field that is exactly this is null. */
  readonly nullMarker?: Uint8Array | undefined;
  /** A missing separator makes the part absent instead of stopping the run. */
  readonly ignoreErrors: boolean;
  /** Nothing between separators is a pair that lacks its own, as in Kafka's reader; otherwise an empty list is no headers. */
  readonly keepsEmptyPairs?: boolean | undefined;
  /** Cuts a header list into pairs in place of `headersSeparator`. */
  readonly splitHeaders?: ((list: string) => readonly string[]) | undefined;
  /** How the parser words what it refuses; our own words by default. */
  readonly texts?: LineTexts | undefined;
}

/** The separators that Kafka's console producer uses when none are given. */
export const defaultLineFormat: LineFormat = {
  parseKey: false,
  keySeparator: Uint8Array.of(0x09),
  parseHeaders: false,
  headersDelimiter: Uint8Array.of(0x09),
  headersSeparator: Uint8Array.of(0x2c),
  headersKeySeparator: Uint8Array.of(0x3a),
  ignoreErrors: false,
};
