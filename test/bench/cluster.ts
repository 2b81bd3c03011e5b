import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const kafkit = path.resolve(import.meta.dirname, '../../bin/kafkit.js');

/** The cluster under test, changed with kafkit's own commands. */
export class BenchCluster {
  readonly bootstrap: string;
  private serial = 0;

  constructor(bootstrap: string) {
    this.bootstrap = bootstrap;
  }

  /** A name that no earlier run used. */
  name(): string {
    return `bench-${process.pid}-${Date.now().toString(36)}-${this.serial++}`;
  }

  async createTopic(partitions: number): Promise<string> {
    const topic = this.name();
    await run(process.execPath, [kafkit, 'topics', 'create', topic, '--partitions', String(partitions), '-b', this.bootstrap]);
    return topic;
  }

  async deleteTopic(topic: string): Promise<void> {
    await run(process.execPath, [kafkit, 'topics', 'delete', topic, '--yes', '-b', this.bootstrap]);
  }
}
