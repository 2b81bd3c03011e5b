import { readFile } from 'node:fs/promises';
import { settingsFile } from './broker-settings.js';
import { isProcessAlive } from './file-lock.js';
import { runProgram } from './run-program.js';
import type { BrokerState } from './sandbox-state.js';

/** Whether the remembered process still runs and is that broker, not another program that was given its id since. */
export async function isBrokerRunning({ pid, dir }: Pick<BrokerState, 'pid' | 'dir'>): Promise<boolean> {
  if (!isProcessAlive(pid)) return false;
  return (await commandLine(pid)).includes(settingsFile(dir));
}

/** Empty for a process that is gone, or ended and not yet collected by its parent. */
async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return runProgram('ps', ['-ww', '-o', 'args=', '-p', String(pid)]).then(
    ({ stdout }) => stdout,
    () => '',
  );
}
