import { expect, test } from 'vitest';
import { parseCsvRecord } from '../../../../src/apache/kafka-consumer-groups/parse-csv-record.js';

const utils = 'org.apache.kafka.tools.consumer.group.CsvUtils';

// As Kafka's tool prints them.
test.each<[string, 3 | 4, string]>([
  ['', 3, 'No content to map due to end-of-input\n at [Source: (StringReader); line: UNKNOWN, column: UNKNOWN]'],
  [
    'a,0,0,1,2',
    4,
    'Too many entries: expected at most 4 (value #4 (1 chars) "2")\n at [Source: (StringReader); line: 1, column: 9]',
  ],
  ['"a,0,0', 3, 'Missing closing quote for value\n at [Source: (StringReader); line: 1, column: 7]'],
  [
    'a,0,zz',
    4,
    `Cannot deserialize value of type \`int\` from String "zz": not a valid \`int\` value\n at [Source: (StringReader); line: 1, column: 5] (through reference chain: ${utils}$CsvRecordWithGroup["partition"])`,
  ],
  [
    'a,99999999999,0',
    3,
    `Numeric value (99999999999) out of range of int\n at [Source: (StringReader); line: 1, column: 15] (through reference chain: ${utils}$CsvRecordNoGroup["partition"])`,
  ],
])('what is wrong with %j is told with its place, on a second line', (line, columns, message) => {
  expect(() => parseCsvRecord(line, columns)).toThrow(expect.objectContaining({ message }) as Error);
});
