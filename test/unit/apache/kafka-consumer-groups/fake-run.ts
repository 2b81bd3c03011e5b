import type { Cluster } from '../../../../src/client/cluster.js';
import type { GroupsRun } from '../../../../src/apache/kafka-consumer-groups/groups-run.js';
import { parseOptions } from '../../../../src/apache/jopt/parse-options.js';
import { optionTable } from '../../../../src/apache/kafka-consumer-groups/option-table.js';

/** A run that keeps what is printed; its cluster answers every request with `answer`. */
export function fakeRun(words: readonly string[], answer: (body: unknown) => unknown = () => undefined): GroupsRun & Printed {
  const printed = { stdout: '', stderr: '' };
  // Only what the code under test asks of it.
  const cluster = {
    request: (_message: unknown, body: unknown) => Promise.resolve().then(() => answer(body)),
  } as unknown as Cluster;
  return {
    options: parseOptions(optionTable, words),
    limits: {},
    connect: () => Promise.resolve(cluster),
    out: (text) => void (printed.stdout += text),
    err: (text) => void (printed.stderr += text),
    now: () => 0,
    printError: (message) => void (printed.stdout += `\nError: ${message}\n`),
    noteFailure: () => undefined,
    hasFailed: false,
    close: () => Promise.resolve(),
    get stdout() {
      return printed.stdout;
    },
    get stderr() {
      return printed.stderr;
    },
  };
}

interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}
