import { expect, inject, onTestFinished } from 'vitest';
import type { Cluster } from '../../src/client/cluster.js';
import { openCluster } from '../../src/client/connect.js';
import { openProducer } from '../../src/client/producer/open-producer.js';
import type { Producer } from '../../src/client/producer/producer.js';
import type { ProducerSettings } from '../../src/client/producer/producer-settings.js';
import { parseAddresses } from '../../src/core/address.js';
import { defaultConnectionSettings } from '../../src/core/connection-settings.js';
import { emptyRecordRange, type RecordRange } from '../../src/core/record-formats/record-range.js';
import { runKafkaTool } from './fixture/kafka-tool.js';
import { withAdmin } from './fixture/topics.js';

/** A cluster client that ends with the test. */
export function testCluster(bootstrap = inject('bootstrap')): Cluster {
  const { addresses } = parseAddresses(bootstrap);
  const cluster = openCluster({ ...defaultConnectionSettings, bootstrap: addresses }, { signal: new AbortController().signal });
  onTestFinished(() => cluster.close());
  return cluster;
}

/** A producer on the shared broker, or another. */
export async function testProducer(settings: Partial<ProducerSettings> = {}, bootstrap?: string): Promise<Producer> {
  return openProducer(testCluster(bootstrap), settings);
}

/** A record of texts; null stands for no key or no value. */
export function textRecord(key: string | null, value: string | null, changes: Partial<RecordRange> = {}): RecordRange {
  const source = Buffer.from(`${key ?? ''}${value ?? ''}`);
  const keyEnd = Buffer.byteLength(key ?? '');
  return {
    ...emptyRecordRange(),
    source,
    ...(key === null ? {} : { keyStart: 0, keyEnd }),
    ...(value === null ? {} : { valueStart: keyEnd, valueEnd: source.length }),
    ...changes,
  };
}

/** Appends, and waits where asked to. */
export async function appendAll(producer: Producer, topic: string, records: Iterable<RecordRange>): Promise<void> {
  for (const record of records) await producer.append(topic, record);
}

/** How {@link readBack} reads. */
export interface ReadOptions {
  readonly args?: readonly string[];
  readonly bootstrap?: string;
  /** Offsets in use beside the records: aborted records and transaction markers. */
  readonly hidden?: number;
}

/** The lines that Kafka's own console consumer prints of a topic that holds `count` records, and not one more. */
export async function readBack(topic: string, count: number, options: ReadOptions = {}): Promise<string[]> {
  const { args = [], bootstrap = inject('bootstrap'), hidden = 0 } = options;
  const written = async (): Promise<number> => {
    const offsets = await withAdmin(bootstrap, (admin) => admin.fetchTopicOffsets(topic));
    return offsets.reduce((total, { high }) => total + Number(high), 0);
  };
  // With acks=0 the broker may still be at it.
  await expect.poll(written, { timeout: 10_000 }).toBe(count + hidden);
  const all = ['--bootstrap-server', bootstrap, '--topic', topic, '--from-beginning', '--max-messages', String(count), ...args];
  const { stdout } = await runKafkaTool('org.apache.kafka.tools.consumer.ConsoleConsumer', all, { timeoutMs: 90_000 });
  return stdout.split('\n').slice(0, -1);
}
