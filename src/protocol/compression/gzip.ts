import { gunzipSync, gzipSync } from 'node:zlib';
import { ProtocolError } from '../protocol-error.js';
import type { Codec } from './codec.js';

/** Bytes of output made at a time; zlib's own default of 16 KiB means many small copies for a batch. */
const CHUNK = 128 * 1024;

/** Gzip (RFC 1952) from node's own zlib; level 6 when none is given, like Kafka. */
export function createGzip(level = 6): Codec {
  return {
    type: 'gzip',
    compress: (input) => gzipSync(input, { level, chunkSize: CHUNK }),
    decompress(input, limit) {
      try {
        return gunzipSync(input, { maxOutputLength: limit, chunkSize: CHUNK });
      } catch (error) {
        throw new ProtocolError(`records compressed with gzip are corrupt or larger than ${limit} bytes`, { cause: error });
      }
    },
  };
}
