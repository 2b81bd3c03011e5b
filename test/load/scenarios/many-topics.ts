import type { RequestBody, ResponseBody } from '../../../src/protocol/message.js';
import { DescribeConfigs } from '../../../src/protocol/messages/describe-configs.js';
import { ListOffsets } from '../../../src/protocol/messages/list-offsets.js';
import { Metadata } from '../../../src/protocol/messages/metadata.js';
import { DeclaredBroker, declared } from '../declared-broker.js';
import type { LoadResult, LoadScenario } from '../load-scenario.js';
import { runMeasured } from '../run-measured.js';

const limits = { seconds: 60, mebibytes: 1024 };

/** A cluster of so many tiny topics, as its metadata would show it; there is no real one to ask for so much. */
export function manyTopics(count: number): LoadScenario {
  return async () => {
    const names = Array.from({ length: count }, (_, index) => `tiny-${String((index * 7919) % count).padStart(6, '0')}`);
    const broker: DeclaredBroker = await DeclaredBroker.start([
      declared(Metadata, ({ topics }) => metadata(broker.port, topics === null ? names : topics.map(({ name }) => name ?? ''))),
      declared(DescribeConfigs, configs),
      declared(ListOffsets, offsets),
    ]);
    try {
      const wanted = [...names].sort();
      const read = (key: 'topics' | 'partitions', name: string) => (text: string) =>
        (JSON.parse(text) as Record<string, Record<string, string>[]>)[key]?.map((item) => item[name] ?? '') ?? [];
      return [
        await row('topics list', ['topics', 'list', '-o', 'json'], read('topics', 'name'), { broker, wanted }),
        await row('topics list, names', ['topics', 'list', '-o', 'names'], (text) => text.trimEnd().split('\n'), {
          broker,
          wanted,
        }),
        await row('topics describe', ['topics', 'describe', '-o', 'json'], read('topics', 'name'), { broker, wanted }),
        await row('offsets get', ['offsets', 'get', '-o', 'json'], read('partitions', 'topic'), { broker, wanted }),
      ];
    } finally {
      broker.stop();
    }
  };
}

async function row(
  title: string,
  args: readonly string[],
  namesOf: (stdout: string) => string[],
  { broker, wanted }: { broker: DeclaredBroker; wanted: readonly string[] },
): Promise<LoadResult> {
  const { stdout, seconds, peakMiB } = await runMeasured([...args, '-b', broker.address]);
  const names = namesOf(stdout);
  const isComplete = names.length === wanted.length && names.every((name, index) => name === wanted[index]);
  const violations = [
    ...(isComplete ? [] : [`${names.length} of ${wanted.length} topics, or not in order`]),
    ...(seconds > limits.seconds ? [`took ${seconds.toFixed(1)} s`] : []),
    ...(peakMiB > limits.mebibytes ? [`${peakMiB.toFixed(0)} MiB of memory`] : []),
  ];
  return { scenario: `many topics, ${title}`, what: `${wanted.length} topics`, seconds, peakMiB, violations };
}

function metadata(port: number, names: readonly string[]): ResponseBody<typeof Metadata> {
  const partition = { errorCode: 0, partitionIndex: 0, leaderId: 1, leaderEpoch: 0, replicaNodes: [1], isrNodes: [1] };
  const partitions = [{ ...partition, offlineReplicas: [] }];
  const rest = { errorCode: 0, topicId: 'AAAAAAAAAAAAAAAAAAAAAQ', isInternal: false, partitions };
  return {
    throttleTimeMs: 0,
    brokers: [{ nodeId: 1, host: '127.0.0.1', port, rack: null }],
    clusterId: 'load',
    controllerId: 1,
    topics: names.map((name) => ({ ...rest, name, topicAuthorizedOperations: -2147483648 })),
    clusterAuthorizedOperations: -2147483648,
    errorCode: 0,
  };
}

function configs({ resources }: RequestBody<typeof DescribeConfigs>): ResponseBody<typeof DescribeConfigs> {
  const results = resources.map(({ resourceType, resourceName }) => ({
    ...{ errorCode: 0, errorMessage: null, resourceType, resourceName },
    configs: [],
  }));
  return { throttleTimeMs: 0, results };
}

function offsets({ topics }: RequestBody<typeof ListOffsets>): ResponseBody<typeof ListOffsets> {
  return {
    throttleTimeMs: 0,
    topics: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({
        ...{ partitionIndex, errorCode: 0, timestamp: -1n, offset: 5n, leaderEpoch: 0 },
      })),
    })),
  };
}
