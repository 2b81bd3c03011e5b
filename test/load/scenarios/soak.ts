import { setTimeout } from 'node:timers/promises';
import { descriptorsOf, type LoadResult, type LoadScenario } from '../load-scenario.js';
import { MeasuredProcess, type Sample } from '../measured-process.js';
import { runMeasured } from '../run-measured.js';
import { SeenRecords } from '../seen-records.js';

export interface SoakSize {
  readonly minutes: number;
  readonly recordsPerSecond: number;
}

const tickMs = 50;
const catchUpMs = 60_000;
// Before then a program is still taking its shape: caches fill, code is compiled.
const steadyMinutes = 2;
const residentLimitMiB = 150;

/** Records at a steady rate through a producer and a member of a group: each is accounted for, and neither program grows. */
export function soak({ minutes, recordsPerSecond }: SoakSize): LoadScenario {
  return async ({ bootstrap, name }) => {
    const [topic, group] = [`${name}-soak`, `${name}-soak-group`];
    await runMeasured(['topics', 'create', topic, '--partitions', '3', '-b', bootstrap]);
    const sampleMs = Math.min(10_000, (minutes * 60_000) / 40);
    const timeoutMs = minutes * 60_000 + 3 * catchUpMs;
    const consume = ['console', 'consume', topic, '--from-beginning', '--group', group, '--print', 'partition,offset,value'];
    const reader = new MeasuredProcess([...consume, '-b', bootstrap], { stdout: 'pipe', sampleMs, isLive: true, timeoutMs });
    const seen = new SeenRecords(reader.stdout);
    const writer = new MeasuredProcess(['console', 'produce', topic, '-b', bootstrap], {
      stdin: 'pipe',
      sampleMs,
      isLive: true,
      timeoutMs,
    });
    const commits = watchCommits(group, bootstrap, Math.max(5000, sampleMs * 3));
    const count = await writeSteadily(writer, { minutes, recordsPerSecond });
    const written = await writer.end;
    await seen.waitFor(count, catchUpMs);
    reader.interrupt();
    const read = await reader.end;
    const positions = await commits.stop();
    const committed = await committedOf(group, bootstrap);
    const what = `${count} records in ${minutes} min, ${positions.length} looks at the commits`;
    return [
      row('soak, produce', what, writer, written.seconds, exitFault(written.code, 0, written.stderr)),
      row('soak, consume in a group', what, reader, read.seconds, [
        ...exitFault(read.code, 130, read.stderr),
        ...seen.faults(count),
        ...(committed === count ? [] : [`${committed} of ${count} records committed`]),
        ...(positions.every((position, index) => position > (positions[index - 1] ?? -1)) ? [] : ['commits stood still']),
      ]),
    ];

    function row(scenario: string, text: string, measured: MeasuredProcess, seconds: number, faults: string[]): LoadResult {
      const growth = growthOf(measured.samples);
      const violations = minutes < steadyMinutes ? faults : [...faults, ...growthFaults(growth)];
      return {
        scenario,
        what: `${text}; ${describeGrowth(growth)}`,
        seconds,
        peakMiB: measured.peakMiB,
        descriptors: descriptorsOf(measured),
        violations,
      };
    }
  };
}

function exitFault(code: number | null, wanted: number, stderr: string): string[] {
  return code === wanted ? [] : [`exit code ${String(code)}: ${stderr}`];
}

/** Writes numbered lines for so long; gives how many. */
async function writeSteadily(writer: MeasuredProcess, { minutes, recordsPerSecond }: SoakSize): Promise<number> {
  const startedAt = performance.now();
  const total = Math.floor(minutes * 60 * recordsPerSecond);
  for (let next = 0; next < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - startedAt) / 1000) * recordsPerSecond));
    let text = '';
    for (; next < due; next++) text += `${next} ${'.'.repeat(next % 200)}\n`;
    if (text !== '' && !writer.stdin.write(text)) await new Promise((resolve) => writer.stdin.once('drain', resolve));
    await setTimeout(tickMs);
  }
  writer.stdin.end();
  return total;
}

/** Looks at a group's commits again and again, once there are some. */
function watchCommits(group: string, bootstrap: string, everyMs: number): { stop(): Promise<number[]> } {
  const positions: number[] = [];
  const over = new AbortController();
  const { signal } = over;
  const look = async (): Promise<void> => {
    for (;;) {
      await setTimeout(everyMs, undefined, { signal }).catch(() => {});
      const committed = signal.aborted ? 0 : await committedOf(group, bootstrap);
      // Told to end: by now it may be that nothing more is being committed.
      if (signal.aborted) return;
      if (committed > 0) positions.push(committed);
    }
  };
  const work = look();
  return {
    async stop() {
      over.abort();
      await work;
      return positions;
    },
  };
}

interface LagDocument {
  readonly groups?: readonly { readonly partitions: readonly { readonly committed: number | null }[] }[];
}

async function committedOf(group: string, bootstrap: string): Promise<number> {
  const end = await new MeasuredProcess(['lag', 'describe', group, '-o', 'json', '-b', bootstrap]).end;
  if (end.code !== 0) return 0; // nothing was committed yet
  const { groups = [] } = JSON.parse(end.stdout) as LagDocument; // the shape that its own tests pin
  return groups.flatMap(({ partitions }) => partitions).reduce((sum, { committed }) => sum + (committed ?? 0), 0);
}

type Held = Omit<Sample, 'seconds'>;

/** What was held in the second tenth of the time, when everything has its size, and in the last. */
interface Growth {
  readonly early: Held;
  readonly late: Held;
}

function growthOf(samples: readonly Sample[]): Growth {
  const tenth = Math.max(1, Math.floor(samples.length / 10));
  return { early: heldIn(samples.slice(tenth, 2 * tenth)), late: heldIn(samples.slice(-tenth)) };
}

function heldIn(samples: readonly Sample[]): Held {
  const [residentMiB, liveMiB] = [medianOf(samples, 'residentMiB'), medianOf(samples, 'liveMiB')];
  return { residentMiB, liveMiB, descriptors: medianOf(samples, 'descriptors') };
}

function describeGrowth({ early, late }: Growth): string {
  const live = `${early.liveMiB.toFixed(1)} then ${late.liveMiB.toFixed(1)} MiB held`;
  return `${live}, ${early.residentMiB.toFixed(0)} then ${late.residentMiB.toFixed(0)} MiB resident`;
}

/** What is resident goes up and down with what the engine has not collected yet; what is held must not grow. */
function growthFaults({ early, late }: Growth): string[] {
  const faults: string[] = [];
  if (!(late.liveMiB <= early.liveMiB + 1)) faults.push(`what is held grew from ${early.liveMiB} to ${late.liveMiB} MiB`);
  if (late.residentMiB > residentLimitMiB) faults.push(`${late.residentMiB.toFixed(0)} MiB resident, over ${residentLimitMiB}`);
  if (late.descriptors > early.descriptors * 1.1) faults.push(`descriptors grew from ${early.descriptors} to ${late.descriptors}`);
  return faults;
}

function medianOf(samples: readonly Sample[], key: keyof Sample): number {
  const sorted = samples.map((sample) => sample[key]).sort((left, right) => left - right);
  return sorted[sorted.length >> 1] ?? NaN;
}
