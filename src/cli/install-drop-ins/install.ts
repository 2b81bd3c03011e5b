import { realpathSync } from 'node:fs';
import { delimiter, dirname, resolve } from 'node:path';
import {
  installDropIns,
  type DropInFile,
  type InstallPlan,
  type InstallResult,
} from '../../operations/drop-ins/install-drop-ins.js';
import { table, type Report } from '../../output/report.js';
import { approval, type ChangeOptions } from '../approval.js';
import type { Handler } from '../handler.js';

/** `kafkit install-drop-ins`. */
export const installHandler: Handler<ChangeOptions> = async ({ args, options, session }) => {
  const folder = resolve(String(args[0]));
  // Wherever kafkit was started from, a clone or a global installation, its programs lie side by side.
  const bin = dirname(realpathSync(process.argv[1] ?? ''));
  const result = await installDropIns({ folder, bin }, async (plan) => {
    // New files alone are what was asked for, and the report names them.
    if (plan.files.every(({ change }) => change !== 'replace')) return options.dryRun !== true;
    const view = (shown: InstallPlan): Report => reportOf({ plan: shown, isWritten: false }, [], 'would');
    return approval(session, options, 'always', view)(plan);
  });
  return reportOf(result, pathNotes(folder), options.dryRun === true ? 'would' : 'did');
};

const words = {
  would: { new: 'would be added', replace: 'would be replaced', none: 'is there' },
  did: { new: 'added', replace: 'replaced', none: 'was there' },
} as const;

/** What was done, or would be. */
export function reportOf({ plan, isWritten }: InstallResult, notes: readonly string[], tense: keyof typeof words): Report {
  const statusOf = ({ change }: DropInFile): string => words[tense][change];
  return {
    document: {
      written: isWritten,
      files: plan.files.map(({ name, path, change }) => ({ name, path, change })),
    },
    names: plan.files.map(({ path }) => path),
    tables: [
      table<DropInFile>({
        columns: [
          { title: 'FILE', value: ({ path }) => path },
          { title: 'STATUS', value: statusOf },
        ],
        rows: plan.files,
      }),
    ],
    notes,
  };
}

function pathNotes(folder: string): string[] {
  const places = (process.env['PATH'] ?? '').split(delimiter);
  return places[0] === folder ? [] : [`to use them: export PATH=${folder}:$PATH`];
}
