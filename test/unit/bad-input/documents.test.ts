import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJaas } from '../../../src/config/jaas.js';
import { parseOffsetCsv } from '../../../src/config/offset-file-csv.js';
import { parseOffsetJson } from '../../../src/config/offset-file-json.js';
import { MalformedEscape, parsePropertiesFile } from '../../../src/config/properties-file.js';
import { defaultLineFormat } from '../../../src/core/record-formats/line-format.js';
import { createLineParser } from '../../../src/core/record-formats/line-parser.js';
import { createJsonLineParser } from '../../../src/core/record-formats/parse-json-line.js';
import { RecordSyntaxError } from '../../../src/core/record-formats/record-error.js';
import { emptyRecordRange } from '../../../src/core/record-formats/record-range.js';
import { nearMisses, numRuns } from './near-misses.js';

const offsetFiles = [
  '{"version":1,"group":"g","partitions":[{"topic":"orders","partition":0,"offset":42,"leaderEpoch":3,"metadata":""}]}',
  '{"partitions":[{"topic":"a","partition":1,"offset":9007199254740993}],"version":1}',
  '{"version":1,"groups":[{"group":"g","partitions":[]},{"group":"h","partitions":[{"topic":"t","partition":0,"offset":0}]}]}',
];

test('an offset file that is almost right says what is wrong with it, or holds whole numbers only', () => {
  let refused = 0;
  fc.assert(
    fc.property(nearMisses(offsetFiles), fc.boolean(), (text, allowHighWatermark) => {
      const result = parseOffsetJson(text, { allowHighWatermark });
      if ('problems' in result) {
        refused++;
        expect(result.problems.length).toBeGreaterThan(0);
        for (const { message } of result.problems) expect(message).not.toMatch(/undefined|\[object|NaN/);
        return;
      }
      // What was taken is JSON, and each partition stands there once in its group.
      expect(() => JSON.parse(text) as unknown).not.toThrow();
      for (const { partitions } of result.file.groups) {
        const places = partitions.map(({ topic, partition }) => `${topic} ${partition}`);
        expect(new Set(places).size).toBe(places.length);
        for (const { offset, partition } of partitions) {
          expect(offset === 'high-watermark' ? allowHighWatermark : offset >= 0n && offset < 2n ** 63n).toBe(true);
          expect(Number.isInteger(partition) && partition >= 0 && partition < 2 ** 31).toBe(true);
        }
      }
    }),
    { numRuns },
  );
  expect(refused).toBeGreaterThan(numRuns / 4);
});

test('a CSV export that is almost right says what is wrong with it, or holds whole numbers only', () => {
  let refused = 0;
  fc.assert(
    fc.property(nearMisses(['orders,0,42\norders,1,7\n', 'g,orders,0,42\nh,orders,0,1\n', '"a",0,1\r\n']), (text) => {
      const result = parseOffsetCsv(text);
      if ('problems' in result) {
        refused++;
        expect(result.problems.length).toBeGreaterThan(0);
        return;
      }
      for (const { partitions } of result.file.groups) {
        for (const { topic, partition, offset } of partitions) {
          expect(topic).toMatch(/^[a-zA-Z0-9._-]{1,249}$/);
          expect(Number.isInteger(partition) && partition >= 0).toBe(true);
          expect(typeof offset === 'bigint' && offset >= 0n).toBe(true);
        }
      }
    }),
    { numRuns },
  );
  expect(refused).toBeGreaterThan(numRuns / 4);
});

test('any bytes are a properties file, in which every key and value is text, unless an escape in it is broken', () => {
  const texts = nearMisses([
    'bootstrap.servers=a:1\nsecurity.protocol = SSL\n',
    'a: b\\\n  c\n# x\n! y\nk\\u0041=v',
    'a b\r\n\r\nc\td',
  ]);
  fc.assert(
    fc.property(
      fc.oneof(
        texts.map((text) => Buffer.from(text, 'utf8')),
        fc.uint8Array({ maxLength: 200 }),
      ),
      (bytes) => {
        const values = valuesUnlessMalformed(bytes);
        // Java refuses a file for this alone.
        if (values === undefined) expect(Buffer.from(bytes).toString('latin1')).toContain('\\u');
        for (const [key, value] of values ?? []) expect([typeof key, typeof value]).toEqual(['string', 'string']);
      },
    ),
    { numRuns },
  );
});

function valuesUnlessMalformed(bytes: Uint8Array): ReadonlyMap<string, string> | undefined {
  try {
    return parsePropertiesFile(bytes).values;
  } catch (error) {
    if (error instanceof MalformedEscape) return undefined;
    throw error;
  }
}

test('a JAAS entry that is almost right is refused in words that do not quote it', () => {
  const secret = 'Zx9Qv7LkW2';
  const samples = [
    `org.apache.kafka.common.security.plain.PlainLoginModule required username="a" password="${secret}";`,
    `org.apache.kafka.common.security.scram.ScramLoginModule required username='b' password='${secret}' ;`,
  ];
  let refused = 0;
  fc.assert(
    fc.property(nearMisses(samples), (text) => {
      const entry = parseJaas(text);
      if (typeof entry !== 'string') return;
      refused++;
      expect(entry).not.toContain(secret);
    }),
    { numRuns },
  );
  expect(refused).toBeGreaterThan(numRuns / 20);
});

const jsonLines = [
  '{"key":"k","value":"v","headers":{"a":"b"},"timestamp":1700000000000,"partition":3}',
  '{"topic":"t","offset":9,"timestampType":"create","keyBase64":"AAEC","value":null}',
  '{"value":"\\u00e9\\n\\ud83d\\ude00","headers":{}}',
];

test('a JSON line that is no JSON is never taken for a record', () => {
  const parse = createJsonLineParser({ usePartitions: true });
  let refused = 0;
  fc.assert(
    fc.property(nearMisses(jsonLines), (text) => {
      const bytes = Buffer.from(text, 'utf8');
      const record = emptyRecordRange();
      try {
        parse(bytes, 0, bytes.length, record);
      } catch (error) {
        if (!(error instanceof RecordSyntaxError)) throw error;
        refused++;
        return;
      }
      expect(() => JSON.parse(bytes.toString('utf8')) as unknown).not.toThrow();
      expect(record.valueStart <= record.valueEnd && record.keyStart <= record.keyEnd).toBe(true);
    }),
    { numRuns },
  );
  expect(refused).toBeGreaterThan(numRuns / 4);
});

test('a line is cut within its bounds or refused', () => {
  const parse = createLineParser({ ...defaultLineFormat, parseKey: true, parseHeaders: true, nullMarker: Buffer.from('NIL') });
  fc.assert(
    fc.property(nearMisses(['a:1,b:2\tkey\tvalue', 'NIL\tNIL\tNIL', '\tkey\tvalue', 'a:NIL\tk\t']), (text) => {
      const bytes = Buffer.from(`##${text}##`, 'utf8');
      const record = emptyRecordRange();
      const end = bytes.length - 2;
      try {
        parse(bytes, 2, end, record);
      } catch (error) {
        if (error instanceof RecordSyntaxError) return;
        throw error;
      }
      for (const at of [record.keyStart, record.keyEnd, record.valueStart, record.valueEnd]) {
        expect(at === -1 || (at >= 2 && at <= end)).toBe(true);
      }
    }),
    { numRuns },
  );
});
