import type { ChangeKind } from './change-kind.js';
import type { ClusterTarget } from './cluster-target.js';
import type { Deadline } from './deadline.js';
import type { GlobalOptions } from './global-options.js';
import { watchInterrupts } from '../terminal/interrupts.js';
import { after, type Timer } from '../timers/timers.js';
import type { OutageNotices } from './outages.js';
import { startProgress } from './progress.js';
import type { Cluster } from '../client/cluster.js';
import type { Wait } from '../client/waits.js';
import type { LoadedSettings } from '../config/load.js';
import type { ConnectionSettings } from '../core/connection-settings.js';
import type { CliError } from '../core/errors.js';
import type { Context } from '../operations/context.js';
import type { Report } from '../output/report.js';
import type { Theme } from '../output/theme.js';

/** What is left of `--timeout` for saying what failed. */
const marginMs = 200;
/** An interrupt is followed by silence for no longer than this. */
const stayMs = 1000;
/** How long a command that has read its plan waits for the cluster's id. */
const identityTimeoutMs = 5000;

/** What a run that moves records did, in the line that it ends with. */
export interface Account {
  readonly line: string;
  /** Users go on from it, so `--quiet` does not leave it out. */
  readonly mustBeRead: boolean;
}

/** One run of one command: its options, streams and cluster; closed when the command ends. */
export class Session {
  readonly options: GlobalOptions;
  readonly deadline: Deadline | undefined;
  /** What the command was declared to change. */
  readonly changes: ChangeKind | undefined;
  private readonly interrupts = watchInterrupts();
  private readonly spinner = startProgress();
  private cluster: Promise<Cluster> | undefined;
  private loaded: Promise<LoadedSettings> | undefined;
  private clusterId: string | undefined;
  private isPlaceTold = false;
  private outages: OutageNotices | undefined;
  private lastLine: Account | undefined;
  private patience: Timer | undefined;
  /** What took the time of `--timeout`, where that is known. */
  waitedForAtDeadline: string | undefined;

  /** @throws CliError `usage` for a `--timeout` that is not a duration */
  constructor(options: GlobalOptions, deadline: Deadline | undefined, changes?: ChangeKind) {
    this.options = options;
    this.deadline = deadline;
    this.changes = changes;
    this.interrupts.signal.addEventListener('abort', () => this.explainStay(), { once: true });
    deadline?.signal.addEventListener('abort', () => (this.waitedForAtDeadline = this.outages?.describe()), { once: true });
    const signals = [this.interrupts.signal, ...(deadline === undefined ? [] : [deadline.signal])];
    this.context = {
      connect: () => (this.cluster ??= this.openCluster()),
      signal: AbortSignal.any(signals),
      hurry: this.interrupts.hurry,
      now: () => Date.now(),
      notice: (message) => this.notice(message),
      warn: (message) => this.notice(`warning: ${message}`),
      progress: (message) => {
        if (options.verbose === true) this.notice(message);
        else if (options.quiet !== true) this.spinner.show(message);
      },
    };
  }

  /** What operations see of this run. */
  readonly context: Context;
  private readonly notices: string[] = [];
  private lastNotice: Promise<void> = Promise.resolve();

  /** Writes a line to stderr, control characters escaped; `--quiet` leaves it out. Lines keep their order. */
  notice(line: string): void {
    if (this.options.quiet !== true) this.failure(line);
  }

  /** The same for what must be read: `--quiet` does not leave it out. */
  failure(line: string): void {
    this.notices.push(line);
    if (this.notices.length === 1) this.lastNotice = this.writeNotices();
  }

  private async writeNotices(): Promise<void> {
    const { escapeControls } = await import('../core/terminal-safe.js');
    this.spinner.clear();
    process.stderr.write(
      this.notices
        .splice(0)
        .map((line) => `${escapeControls(line)}\n`)
        .join(''),
    );
  }

  /** A run that does not end soon after it was interrupted says why, and how to end it all the same. */
  private explainStay(): void {
    // Nobody is there to read it where the output has gone away.
    if (this.interruptedWith === undefined) return;
    const say = (): void => {
      const wait = this.outages?.describe() ?? 'waiting for what is under way';
      this.failure(`interrupted: ${wait}; interrupt again to give it up`);
    };
    this.patience = after(stayMs, say, { background: true });
  }

  /** The theme for a stream. */
  async theme(stream: { isTTY?: boolean }): Promise<Theme> {
    const { createTheme, wantsColor } = await import('../output/theme.js');
    return createTheme(wantsColor(stream, process.env, this.options.color));
  }

  /** Waits until everything said on stderr so far is written, and clears the spinner: call it before writing there directly. */
  async settleNotices(): Promise<void> {
    this.spinner.clear();
    await this.lastNotice;
  }

  /** Prints a report in the format asked for and sets the exit code it carries; that of a change says which cluster it was. */
  async print(bare: Report): Promise<void> {
    const { renderReport } = await import('../output/render.js');
    const format = this.options.output ?? bare.defaultFormat ?? 'table';
    // Where stdout holds names or cells for programs, or nothing at all, people are told on stderr.
    const hasNoPlace = format === 'csv' || format === 'names' || (!format.startsWith('json') && isEmpty(bare));
    const place = hasNoPlace ? await this.place() : undefined;
    if (place !== undefined) this.notice(place);
    const report = hasNoPlace ? bare : await this.withCluster(bare);
    const { stdout, stderr } = await renderReport(report, format, () => this.theme(process.stdout));
    await this.settleNotices();
    if (stderr !== '' && this.options.quiet !== true) process.stderr.write(stderr);
    // The other formats are safe wherever they go; CSV keeps every character for the program that reads it.
    if (stdout !== '') process.stdout.write(format === 'csv' && process.stdout.isTTY ? await safeLines(stdout) : stdout);
    if (report.exitCode !== undefined) process.exitCode = report.exitCode;
  }

  /** The connection settings of this run, with every property and its source. */
  settings(): Promise<LoadedSettings> {
    return (this.loaded ??= import('../config/load.js').then(({ loadSettings }) => loadSettings(this.options, process.env)));
  }

  /** A report or plan with the cluster in it, where the command was declared to change the cluster. */
  async withCluster(report: Report): Promise<Report> {
    if (this.changes !== 'cluster') return report;
    this.isPlaceTold = true;
    const [{ withTarget }, target] = await Promise.all([import('./cluster-target.js'), this.target()]);
    return withTarget(report, target);
  }

  /** The line that says which cluster is changed; undefined for a command that changes none. */
  async place(): Promise<string | undefined> {
    if (this.changes !== 'cluster') return undefined;
    this.isPlaceTold = true;
    const [{ describeTarget }, target] = await Promise.all([import('./cluster-target.js'), this.target()]);
    return describeTarget(target);
  }

  /** Has the run end with an account: after everything else that is said, its error included. */
  account(account: Account): void {
    this.lastLine = account;
  }

  /** Says the account of a run that ends without an error, and in which cluster. */
  async tellAccount(): Promise<void> {
    if (this.lastLine === undefined) return;
    const { line, mustBeRead } = this.lastLine;
    const place = this.isPlaceTold || this.cluster === undefined ? undefined : await this.place();
    for (const text of place === undefined ? [line] : [place, line]) {
      if (mustBeRead) this.failure(text);
      else this.notice(text);
    }
  }

  /**
   * The error of a run with what is said after it: whose brokers were meant, where nothing has said so yet (of every failed change,
   * and wherever brokers cannot be reached), and the account.
   */
  async withPlace(error: unknown): Promise<unknown> {
    const { CliError } = await import('../core/errors.js');
    if (!(error instanceof CliError)) return error;
    const place = await this.untoldPlace(error);
    const account = this.lastLine?.line;
    if (place === undefined && account === undefined) return error;
    const { code, message, hint } = error;
    return new CliError(code, message, { hint, account, place: place ?? error.place, cause: error });
  }

  private async untoldPlace(error: CliError): Promise<string | undefined> {
    const [{ tellsPlace }, { describeTarget }] = await Promise.all([import('./failures.js'), import('./cluster-target.js')]);
    if (this.cluster === undefined || this.isPlaceTold || !tellsPlace(error, this.changes)) return undefined;
    return this.knownTarget().then(describeTarget, () => undefined);
  }

  private async target(): Promise<ClusterTarget> {
    if (this.clusterId === undefined && this.cluster !== undefined && !this.context.signal.aborted) {
      const { describeCluster } = await import('../client/cluster-info.js');
      const asked = this.cluster.then((cluster) => describeCluster(cluster, { timeoutMs: identityTimeoutMs }));
      // A cluster that does not say who it is can be changed all the same.
      this.clusterId = await asked.then(
        ({ id }) => id,
        () => undefined,
      );
    }
    return this.knownTarget();
  }

  private async knownTarget(): Promise<ClusterTarget> {
    const [settings, { formatAddress }] = await Promise.all([this.settings(), import('../core/address.js')]);
    const source = settings.properties.get('bootstrap.servers')?.source ?? 'defaults';
    return { id: this.clusterId, bootstrapServers: settings.bootstrap.map(formatAddress), source };
  }

  private async openCluster(): Promise<Cluster> {
    const [settings, { openCluster }, { OutageNotices }] = await Promise.all([
      this.settings(),
      import('../client/connect.js'),
      import('./outages.js'),
    ]);
    for (const warning of settings.warnings) this.context.warn(warning);
    const debug = this.options.debug === true ? (line: string) => this.failure(`debug: ${line}`) : undefined;
    const cluster = openCluster(this.withinDeadline(settings), {
      signal: this.context.signal,
      onIdentity: (id) => (this.clusterId = id),
      ...(debug && { debug }),
    });
    const current = (): Wait[] => cluster.direct.waits?.current(performance.now()) ?? [];
    this.outages = new OutageNotices({ current, say: (line) => this.notice(line), now: () => Date.now() });
    return cluster;
  }

  /** A broker that says nothing fails just before `--timeout` does, so that the error can name it. */
  private withinDeadline<Settings extends ConnectionSettings>(settings: Settings): Settings {
    if (this.deadline === undefined) return settings;
    const limit = Math.max(1, this.deadline.remainingMs() - marginMs);
    const { apiTimeoutMs, connectTimeoutMs } = settings;
    return {
      ...settings,
      apiTimeoutMs: Math.min(apiTimeoutMs, limit),
      connectTimeoutMs: Math.min(connectTimeoutMs, Math.max(1, limit - marginMs)),
    };
  }

  async close(): Promise<void> {
    this.outages?.stop();
    this.deadline?.stop();
    this.interrupts.stop();
    await this.settleNotices();
    // A cluster that could not be opened has reported that already.
    await this.cluster?.then(
      (cluster) => cluster.close(),
      () => undefined,
    );
    this.patience?.cancel();
  }

  /** Exit code of the signal that interrupted the run, if one did. */
  get interruptedWith(): number | undefined {
    return this.interrupts.exitCode;
  }
}

/** Whether there is nothing to show in tables. */
function isEmpty({ tables, notes = [] }: Report): boolean {
  return notes.length === 0 && tables.every(({ rows }) => rows.length === 0);
}

/** Text that cannot drive a terminal, line by line. */
async function safeLines(text: string): Promise<string> {
  const { escapeControls } = await import('../core/terminal-safe.js');
  return text.split('\n').map(escapeControls).join('\n');
}
