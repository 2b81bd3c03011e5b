import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';

/** What a scenario asks of a peer. */
export interface Job {
  readonly bootstrap: string;
  readonly topic: string;
  readonly file: string;
  readonly records: number;
  readonly compression: 'none' | 'lz4';
  /** A group name that nobody used before. */
  readonly group: string;
}

/** The command line for a job, and where its records come from. */
export interface CommandLine {
  readonly argv: readonly string[];
  readonly stdin?: string;
}

export type JobName = 'produce' | 'consume' | 'consumeJson' | 'consumeGroup' | 'groupLag' | 'listTopics' | 'help';

/** One tool of the comparison. A job it cannot do is left out. */
export interface Peer {
  readonly name: string;
  readonly version: string;
  readonly jobs: Partial<Record<JobName, (job: Job) => CommandLine>>;
}

const root = path.resolve(import.meta.dirname, '../..');

function kafkit(): Peer {
  const bin = [process.execPath, path.join(root, 'bin/kafkit.js')];
  return {
    name: 'kafkit',
    version: execFileSync(process.execPath, [path.join(root, 'bin/kafkit.js'), '--version'], { encoding: 'utf8' }).trim(),
    jobs: {
      produce: (job) => ({
        argv: [
          ...bin,
          'console',
          'produce',
          job.topic,
          '-b',
          job.bootstrap,
          ...(job.compression === 'none' ? [] : ['--compression', job.compression]),
        ],
        stdin: job.file,
      }),
      consume: (job) => ({
        argv: [...bin, 'console', 'consume', job.topic, '-b', job.bootstrap, '--from-beginning', '--exit-at-end'],
      }),
      consumeJson: (job) => ({
        argv: [...bin, 'console', 'consume', job.topic, '-b', job.bootstrap, '--from-beginning', '--exit-at-end', '-o', 'jsonl'],
      }),
      consumeGroup: (job) => ({
        argv: [
          ...bin,
          'console',
          'consume',
          job.topic,
          '-b',
          job.bootstrap,
          '--from-beginning',
          '--exit-at-end',
          '--group',
          job.group,
        ],
      }),
      groupLag: (job) => ({ argv: [...bin, 'lag', 'describe', '--all-groups', '-b', job.bootstrap] }),
      listTopics: (job) => ({ argv: [...bin, 'topics', 'list', '-b', job.bootstrap] }),
      help: () => ({ argv: [...bin, '--help'] }),
    },
  };
}

/** The drop-in console consumer, which is a member of a group as Kafka's is. */
function dropIn(): Peer {
  const consumer = (job: Job): string[] => [
    path.join(root, 'bin/kafka-console-consumer'),
    ...['--bootstrap-server', job.bootstrap, '--topic', job.topic, '--from-beginning', '--max-messages', String(job.records)],
  ];
  const producer = (job: Job): string[] => [
    path.join(root, 'bin/kafka-console-producer'),
    ...['--bootstrap-server', job.bootstrap, '--topic', job.topic, '--compression-codec', job.compression],
  ];
  return {
    name: 'kafkit drop-in',
    version: 'by the name of the tool',
    jobs: {
      consume: (job) => ({ argv: consumer(job) }),
      produce: (job) => ({ argv: producer(job), stdin: job.file }),
      listTopics: (job) => ({ argv: [path.join(root, 'bin/kafka-topics'), '--bootstrap-server', job.bootstrap, '--list'] }),
    },
  };
}

function kcat(): Peer | undefined {
  const found = spawnSync('kcat', ['-V'], { encoding: 'utf8' });
  if (found.error) return undefined;
  return {
    name: 'kcat',
    version: /Version (\S+)/.exec(found.stdout + found.stderr)?.[1] ?? 'unknown',
    jobs: {
      produce: (job) => ({
        argv: [
          'kcat',
          '-P',
          '-b',
          job.bootstrap,
          '-t',
          job.topic,
          '-X',
          'acks=all',
          ...(job.compression === 'none' ? [] : ['-z', job.compression]),
          '-l',
          job.file,
        ],
      }),
      consume: (job) => ({ argv: ['kcat', '-C', '-b', job.bootstrap, '-t', job.topic, '-o', 'beginning', '-e', '-q'] }),
      consumeJson: (job) => ({ argv: ['kcat', '-C', '-b', job.bootstrap, '-t', job.topic, '-o', 'beginning', '-e', '-q', '-J'] }),
      consumeGroup: (job) => ({
        argv: ['kcat', '-b', job.bootstrap, '-q', '-e', '-X', 'auto.offset.reset=earliest', '-G', job.group, job.topic],
      }),
      listTopics: (job) => ({ argv: ['kcat', '-L', '-b', job.bootstrap] }),
    },
  };
}

function kcl(): Peer | undefined {
  const found = spawnSync('kcl', ['--version'], { encoding: 'utf8' });
  if (found.error) return undefined;
  const base = (job: Job): string[] => ['kcl', '-X', `seed_brokers=${job.bootstrap}`];
  return {
    name: 'kcl',
    version: (found.stdout + found.stderr).trim().split('\n')[0] ?? 'unknown',
    jobs: {
      produce: (job) => ({ argv: [...base(job), 'produce', job.topic, '-f', '%v\n', '-z', job.compression], stdin: job.file }),
      consume: (job) => ({ argv: [...base(job), 'consume', job.topic, '-o', 'start', '-n', String(job.records), '-f', '%v\n'] }),
      listTopics: (job) => ({ argv: [...base(job), 'topic', 'list'] }),
      help: () => ({ argv: ['kcl', '--help'] }),
    },
  };
}

function rpk(): Peer | undefined {
  const found = spawnSync('rpk', ['--version'], { encoding: 'utf8' });
  if (found.error) return undefined;
  const base = (job: Job): string[] => ['rpk', '-X', `brokers=${job.bootstrap}`, 'topic'];
  return {
    name: 'rpk',
    version: /(v?\d+\.\d+\.\d+)/.exec(found.stdout + found.stderr)?.[1] ?? 'unknown',
    jobs: {
      produce: (job) => ({
        argv: [...base(job), 'produce', job.topic, '-f', '%v\n', '-z', job.compression],
        stdin: job.file,
      }),
      consume: (job) => ({
        argv: [...base(job), 'consume', job.topic, '-o', 'start', '-n', String(job.records), '-f', '%v\n'],
      }),
      listTopics: (job) => ({ argv: [...base(job), 'list'] }),
      help: () => ({ argv: ['rpk', '--help'] }),
    },
  };
}

function apache(libs: string): Peer {
  const java = (main: string): string[] => ['java', '-Xmx512m', '-cp', path.join(libs, '*'), main];
  return {
    name: 'kafka-console',
    version: execFileSync('ls', [libs], { encoding: 'utf8' }).match(/kafka-clients-([\d.]+)\.jar/)?.[1] ?? 'unknown',
    jobs: {
      produce: (job) => ({
        argv: [
          ...java('org.apache.kafka.tools.ConsoleProducer'),
          ...['--bootstrap-server', job.bootstrap, '--topic', job.topic, '--compression-codec', job.compression],
        ],
        stdin: job.file,
      }),
      consume: (job) => ({
        argv: [
          ...java('org.apache.kafka.tools.consumer.ConsoleConsumer'),
          ...['--bootstrap-server', job.bootstrap, '--topic', job.topic, '--from-beginning', '--max-messages', String(job.records)],
        ],
      }),
      groupLag: (job) => ({
        argv: [
          ...java('org.apache.kafka.tools.consumer.group.ConsumerGroupCommand'),
          ...['--bootstrap-server', job.bootstrap, '--describe', '--all-groups'],
        ],
      }),
      listTopics: (job) => ({
        argv: [...java('org.apache.kafka.tools.TopicCommand'), '--bootstrap-server', job.bootstrap, '--list'],
      }),
    },
  };
}

function kafkajs(): Peer {
  const script = (name: string, job: Job): string[] => [
    process.execPath,
    path.join(import.meta.dirname, `peers/${name}.mjs`),
    job.bootstrap,
    job.topic,
  ];
  return {
    name: 'kafkajs',
    version: '2.2.4',
    jobs: {
      produce: (job) => ({ argv: script('kafkajs-produce', job), stdin: job.file }),
      consume: (job) => ({ argv: [...script('kafkajs-consume', job), String(job.records), job.group] }),
      consumeGroup: (job) => ({ argv: [...script('kafkajs-consume', job), String(job.records), job.group] }),
    },
  };
}

function bareNode(): Peer {
  return {
    name: 'bare node',
    version: process.version,
    jobs: { help: () => ({ argv: [process.execPath, '-e', '0'] }), listTopics: () => ({ argv: [process.execPath, '-e', '0'] }) },
  };
}

/** Every peer that this machine has. */
export function findPeers(libs: string): Peer[] {
  return [kafkit(), dropIn(), kcat(), kcl(), rpk(), apache(libs), kafkajs(), bareNode()].filter((peer) => peer !== undefined);
}
