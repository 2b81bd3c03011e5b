// npm run bench:drop-ins [-- --rounds 7]
// How long the drop-in names take to start, beside bare node, and to list things, beside Kafka's own tools on the same broker.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { dropInNames } from '../../src/core/drop-in-names.js';
import { kafkaClasses } from '../golden/kafka-classes.js';
import { measure, median } from './measure.js';
import { withBenchSandbox } from './sandbox.js';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } });
const rounds = Number(values.rounds);

interface Row {
  readonly what: string;
  readonly ours: readonly string[];
  readonly other: readonly string[];
  readonly otherName: string;
  /** How the ratio is told: how many times as long as the other, or how many times as fast. */
  readonly goal: 'at most 3.5 times as long' | 'at least 8 times as fast';
}

const ours = (name: string): string[] => [process.execPath, path.resolve('bin', name)];
const kafka = (libs: string, name: string): string[] => ['java', '-cp', path.join(libs, '*'), kafkaClasses[name] ?? ''];

/** What a tool does without asking a broker; those that know no `--version` print their help when nothing is said. */
const startWords = (name: string): string[] => (name.startsWith('kafka-verifiable') ? [] : ['--version']);

function rowsFor(bootstrap: string, libs: string): Row[] {
  const bare = [process.execPath, '-e', '0'];
  const starts = dropInNames.map((name): Row => ({
    what: `${name} ${startWords(name).join(' ')}`.trim(),
    ours: [...ours(name), ...startWords(name)],
    other: bare,
    otherName: 'bare node',
    goal: 'at most 3.5 times as long',
  }));
  const list = ['--bootstrap-server', bootstrap, '--list'];
  const lists = ['kafka-topics', 'kafka-consumer-groups'].map((name): Row => ({
    what: `${name} --list`,
    ours: [...ours(name), ...list],
    other: [...kafka(libs, name), ...list],
    otherName: "Kafka's own",
    goal: 'at least 8 times as fast',
  }));
  return [...starts, ...lists];
}

async function timeRow({ what, ours: mine, other, otherName, goal }: Row): Promise<string> {
  const [own, others]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    own.push((await measure({ argv: mine })).seconds);
    others.push((await measure({ argv: other })).seconds);
  }
  const [a, b] = [median(own), median(others)];
  const ratio = goal.includes('long') ? a / b : b / a;
  return `| ${what} | ${a.toFixed(3)} | ${otherName} | ${b.toFixed(3)} | ${ratio.toFixed(1)} | ${goal} |`;
}

await withBenchSandbox(async ({ bootstrap, libs }) => {
  console.log('| command | median s | beside | median s | ratio | goal |\n| --- | ---: | --- | ---: | ---: | --- |');
  for (const row of rowsFor(bootstrap, libs)) console.log(await timeRow(row));
});
