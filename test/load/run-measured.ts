import { MeasuredProcess, type MeasuredEnd, type MeasuredOptions } from './measured-process.js';

/** A run that ended with exit code 0. */
export interface MeasuredRun extends MeasuredEnd {
  readonly peakMiB: number;
}

/**
 * Runs the built program to its end.
 *
 * @throws Error with what it said, when it ends with anything but 0
 */
export async function runMeasured(args: readonly string[], options: MeasuredOptions = {}): Promise<MeasuredRun> {
  const running = new MeasuredProcess(args, options);
  const end = await running.end;
  if (end.code !== 0) throw new Error(`kafkit ${args.join(' ')} ended with ${String(end.code)}: ${end.stderr}`);
  return { ...end, peakMiB: running.peakMiB };
}
