import type { Command } from 'commander';
import { examples, handle } from './runner.js';

/** `kafkit install-drop-ins`: programs under the names of Kafka's scripts. */
export function registerInstallDropIns(install: Command): void {
  handle(install, async () => (await import('./install-drop-ins/install.js')).installHandler, 'files')
    .argument('<folder>', 'where to put them; made where it does not exist')
    .option('--dry-run', 'show which files would be written, and write none')
    .option('-y, --yes', 'replace older files of kafkit without asking');
  examples(
    install,
    'kafkit install-drop-ins ~/kafka-bin',
    'PATH=~/kafka-bin:$PATH kafka-topics.sh --bootstrap-server localhost:9092 --list',
  );
}
