import { array, nullableArray } from '../array.js';
import { defineMessage } from '../message.js';
import { boolean, int16, int32, int64, string } from '../primitives.js';
import { responseError } from '../response-error.js';
import { struct } from '../struct.js';

// `topics: null` asks for every replica.
const request = struct({
  topics: nullableArray(
    struct({
      topic: string(),
      partitions: array(int32()),
    }),
  ),
});

const response = struct({
  throttleTimeMs: int32(),
  errorCode: int16({ since: 3, ignorable: true }),
  results: array(
    struct({
      errorCode: int16(),
      logDir: string(),
      topics: array(
        struct({
          name: string(),
          partitions: array(
            struct({
              partitionIndex: int32(),
              partitionSize: int64(),
              offsetLag: int64(),
              isFutureKey: boolean(),
            }),
          ),
        }),
      ),
      totalBytes: int64({ since: 4, default: -1n, ignorable: true }),
      usableBytes: int64({ since: 4, default: -1n, ignorable: true }),
      isCordoned: boolean({ since: 5, default: false, ignorable: true }),
    }),
  ),
});

/** Log directories of one broker with the size of every replica. Disk sizes are -1 before version 4 (KIP-827). */
export const DescribeLogDirs = defineMessage({
  name: 'DescribeLogDirs',
  apiKey: 35,
  minVersion: 1,
  maxVersion: 5,
  flexibleFrom: 2,
  request,
  response,
  route: { to: 'broker' },
  // The error of one directory is left out: a disk that failed is what an operator came to see.
  errors: (body) => [responseError(body)],
});
