import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** How a stream is compared: as it is, lines in any order, only lines with this case's names, the first line only, not at all. */
export type Comparison = 'exact' | 'sorted' | 'mine' | 'first' | 'ignore';

/** What a tool printed, and how it ended: its exit code, or the name of the signal that ended it. */
export interface Printed {
  readonly exit: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** A tool to run before the case: its words, or those with what it reads. */
export type SetupStep = readonly string[] | { readonly run: readonly string[]; readonly stdin: string };

/**
 * One command line and what Kafka's own tool printed. `{T}` is a topic prefix and `{G}` a group prefix that no other case has,
 * `{B}` the bootstrap server, `{DIR}` an empty folder.
 */
export interface GoldenCase {
  readonly name: string;
  /** Other cases must not run meanwhile: it is about something that the whole cluster has once. */
  readonly alone?: boolean;
  /** The size of the cluster that the case needs. Default 1. */
  readonly brokers?: number;
  readonly files?: Readonly<Record<string, string>>;
  readonly setup?: readonly SetupStep[];
  readonly argv: readonly string[];
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: { readonly name: NodeJS.Signals; readonly afterMs: number };
  readonly timeoutMs?: number;
  readonly stdout?: Comparison;
  readonly stderr?: Comparison;
  readonly expect: Printed;
}

export interface GoldenSuite {
  readonly tool: string;
  readonly cases: readonly GoldenCase[];
}

const folder = new URL('cases/', import.meta.url);

/** The files of cases by the name of their tool. */
export function caseFiles(): ReadonlyMap<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return new Map(names.map((name) => [name.replace(/\.json$/, ''), fileURLToPath(new URL(name, folder))]));
}

/** Reads one file of cases. */
export function readSuite(path: string): GoldenSuite {
  return JSON.parse(readFileSync(path, 'utf8')) as GoldenSuite; // written by the recorder
}
