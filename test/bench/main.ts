// npm run bench [-- --rounds 7 --only TEXT --peers kafkit,kcat --big]
// Every peer in turn on the same broker and data, several rounds in one run; each round's records are counted and checked.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { BenchCluster } from './cluster.js';
import { fingerprint, writeLines, type Fingerprint } from './data.js';
import { measure, type Measurement } from './measure.js';
import { findPeers, type CommandLine, type Job, type Peer } from './peers.js';
import { scenarios, type Scenario } from './scenarios.js';
import { prepareGroups, readLag, type GroupLag } from './group-lag.js';
import { formatResults, type Result } from './table.js';
import { withBenchSandbox } from './sandbox.js';

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    only: { type: 'string' },
    peers: { type: 'string' },
    big: { type: 'boolean', default: false },
  },
});
const rounds = Number(flags.rounds);
const folder = mkdtempSync(path.join(tmpdir(), 'kafkit-bench-'));
const lags = new Map<Scenario, GroupLag>();
const inputs = new Map<string, { file: string; print: Fingerprint }>();

function input({ records, width }: Scenario['data']): { file: string; print: Fingerprint } {
  const key = `${records}x${width}`;
  const known = inputs.get(key);
  if (known !== undefined) return known;
  const file = path.join(folder, `lines-${key}.txt`);
  writeLines(file, records, width);
  const made = { file, print: fingerprint(file) };
  inputs.set(key, made);
  return made;
}

function requireSame(what: string, want: Fingerprint, got: Fingerprint): void {
  if (want.lines === got.lines && want.sum === got.sum) return;
  throw new Error(`${what}: expected ${want.lines} lines with checksum ${want.sum}, found ${got.lines} with ${got.sum}`);
}

function requireSameLag(what: string, want: GroupLag | undefined, got: GroupLag): void {
  if (want?.partitions === got.partitions && want.lag === got.lag) return;
  throw new Error(`${what}: expected ${JSON.stringify(want)}, found ${JSON.stringify(got)}`);
}

/** Reads a topic back with a peer that did not write it, where there is one. */
async function readBack(peers: readonly Peer[], writer: string, job: Job): Promise<Fingerprint> {
  // kafkajs is slow, and kafkit is one program by whichever door.
  const isOther = ({ name }: Peer): boolean => name !== writer && name !== 'kafkajs' && !name.startsWith('kafkit');
  const reader = peers.find((peer) => isOther(peer) && peer.jobs.consume !== undefined) ?? peers[0];
  const consume = reader?.jobs.consume;
  if (consume === undefined) throw new Error('no peer can read the topic back');
  const file = path.join(folder, 'read-back.txt');
  await measure({ ...consume(job), stdout: file });
  return fingerprint(file);
}

async function once(
  cluster: BenchCluster,
  peers: readonly Peer[],
  peer: Peer,
  scenario: Scenario,
  prepared: string | undefined,
): Promise<Measurement> {
  const { file, print } = input(scenario.data);
  const topic = prepared ?? (await cluster.createTopic(scenario.partitions));
  const job: Job = {
    bootstrap: cluster.bootstrap,
    topic,
    file,
    records: scenario.data.records,
    compression: scenario.compression,
    group: cluster.name(),
  };
  const line = lineFor(peer, scenario, job);
  const output = path.join(folder, 'output.txt');
  const measured = await measure({ ...line, stdout: output });
  if (scenario.job === 'produce') {
    requireSame(`${scenario.name} by ${peer.name}`, print, await readBack(peers, peer.name, job));
    await cluster.deleteTopic(topic);
  } else if (scenario.job === 'consume' || scenario.job === 'consumeGroup') {
    requireSame(`${scenario.name} by ${peer.name}`, print, fingerprint(output));
  } else if (scenario.job === 'consumeJson' && fingerprint(output).lines !== print.lines) {
    throw new Error(`${scenario.name} by ${peer.name}: ${fingerprint(output).lines} lines of ${print.lines}`);
  } else if (scenario.job === 'groupLag') {
    requireSameLag(`${scenario.name} by ${peer.name}`, lags.get(scenario), readLag(output));
  }
  return measured;
}

function lineFor(peer: Peer, scenario: Scenario, job: Job): CommandLine {
  const make = peer.jobs[scenario.job];
  if (make === undefined) throw new Error(`${peer.name} has no ${scenario.job}`);
  return make(job);
}

/** A topic filled once, for scenarios that only read. */
async function filledTopic(cluster: BenchCluster, peers: readonly Peer[], scenario: Scenario): Promise<string> {
  const topic = await cluster.createTopic(scenario.partitions);
  const { file, print } = input(scenario.data);
  const job: Job = {
    bootstrap: cluster.bootstrap,
    topic,
    file,
    records: scenario.data.records,
    compression: scenario.compression,
    group: '',
  };
  const writer = peers.find((peer) => peer.jobs.produce !== undefined);
  if (writer?.jobs.produce === undefined) throw new Error('no peer can write');
  await measure(writer.jobs.produce(job));
  requireSame(`filling for ${scenario.name}`, print, await readBack(peers, writer.name, job));
  return topic;
}

async function runScenario(cluster: BenchCluster, peers: readonly Peer[], scenario: Scenario): Promise<Result[]> {
  const taking = peers.filter((peer) => peer.jobs[scenario.job] !== undefined && scenario.without?.includes(peer.name) !== true);
  const reads = scenario.job.startsWith('consume') || scenario.job === 'groupLag';
  const prepared = reads ? await filledTopic(cluster, peers, scenario) : scenario.job === 'produce' ? undefined : '-';
  if (scenario.job === 'groupLag' && prepared !== undefined)
    lags.set(scenario, await prepareGroups(cluster.bootstrap, prepared, folder));
  const runs = new Map<Peer, Measurement[]>(taking.map((peer) => [peer, []]));
  for (let round = 0; round < rounds * (scenario.repeat ?? 1); round++) {
    for (const [peer, list] of runs) list.push(await once(cluster, peers, peer, scenario, prepared));
  }
  if (reads && prepared !== undefined) await cluster.deleteTopic(prepared);
  const shown: Job = {
    bootstrap: 'HOST:PORT',
    topic: 'TOPIC',
    file: 'FILE',
    records: scenario.data.records,
    compression: scenario.compression,
    group: 'GROUP',
  };
  return [...runs].map(([peer, list]) => {
    const { argv, stdin } = lineFor(peer, scenario, shown);
    return {
      scenario: scenario.name,
      peer: peer.name,
      version: peer.version,
      command: argv.join(' ') + (stdin === undefined ? '' : ' < FILE'),
      runs: list,
    };
  });
}

try {
  await withBenchSandbox(async ({ bootstrap, libs }) => {
    const wanted = flags.peers?.split(',');
    const peers = findPeers(libs).filter((peer) => wanted === undefined || wanted.includes(peer.name));
    const results: Result[] = [];
    for (const scenario of scenarios) {
      if (scenario.big === true && !flags.big) continue;
      if (flags.only !== undefined && !scenario.name.includes(flags.only)) continue;
      process.stderr.write(`${scenario.name} ...\n`);
      results.push(...(await runScenario(new BenchCluster(bootstrap), peers, scenario)));
    }
    const report = path.resolve('.bench', `${new Date().toISOString().replaceAll(':', '')}.json`);
    mkdirSync(path.dirname(report), { recursive: true });
    writeFileSync(report, `${JSON.stringify({ node: process.version, rounds, results }, undefined, 2)}\n`);
    process.stdout.write(
      `${formatResults(results)}\n\n${peers.map((peer) => `${peer.name} ${peer.version}`).join(', ')}; ${rounds} rounds; ${report}\n`,
    );
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
