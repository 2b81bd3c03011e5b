import { copyFile, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../core/errors.js';
import { dataFolder, renderProperties, settingsFile } from './broker-settings.js';
import { javaArguments } from './java-command.js';
import type { Kafka } from './locate-kafka.js';
import { randomId } from './random-id.js';
import { runProgram } from './run-program.js';

export interface FormatOptions {
  readonly kafka: Kafka;
  /** Folder of the broker; its settings file is written already. */
  readonly dir: string;
  readonly nodeId: number;
  readonly clusterId: string;
  readonly signal?: AbortSignal | undefined;
}

const bootstrapFile = 'bootstrap.checkpoint';
const metaFile = 'meta.properties';
const template = (kafka: Kafka): string => join(kafka.cache, 'format');

/**
 * Makes the data folder of a new broker. Kafka's own tool takes a second of JVM for it, so what it wrote once for this version
 * (the feature levels, the same for every cluster) is copied, and only the ids are written anew.
 *
 * @throws CliError `broker` when Kafka's tool refuses; `aborted`
 */
export async function formatStorage(options: FormatOptions): Promise<void> {
  if (!(await isTemplateUsable(options.kafka))) {
    await formatWithTool(options);
    return;
  }
  const data = dataFolder(options.dir);
  await mkdir(data, { recursive: true });
  await copyFile(join(template(options.kafka), bootstrapFile), join(data, bootstrapFile));
  const meta = { version: '1', 'cluster.id': options.clusterId, 'node.id': String(options.nodeId), 'directory.id': randomId() };
  await writeFile(join(data, metaFile), renderProperties(meta));
}

async function formatWithTool({ kafka, dir, clusterId, signal }: FormatOptions): Promise<void> {
  const args = [...(await javaArguments(kafka)), 'kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', settingsFile(dir)];
  const { code, stdout, stderr } = await runProgram(kafka.java.path, args, { signal });
  if (code === 0) return;
  throw new CliError('broker', `Kafka ${kafka.version} could not format the storage of a broker in ${dir}`, {
    hint: (stderr + stdout).trim().split('\n').slice(-10).join('\n'),
  });
}

/** Keeps what Kafka's tool wrote into a formatted, unused data folder as the template of later ones. */
export async function saveTemplate(kafka: Kafka, dir: string): Promise<void> {
  const draft = `${template(kafka)}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  for (const file of await readdir(dataFolder(dir))) await copyFile(join(dataFolder(dir), file), join(draft, file));
  try {
    await rename(draft, template(kafka));
  } catch {
    // Somebody else's is there already, and as good.
    await rm(draft, { recursive: true, force: true });
  }
}

/** A version that writes anything but the two files and four ids known here is formatted by its own tool. */
async function isTemplateUsable(kafka: Kafka): Promise<boolean> {
  const files = await readdir(template(kafka)).catch((): string[] => []);
  if (files.sort().join() !== [bootstrapFile, metaFile].join()) return false;
  const meta = await readFile(join(template(kafka), metaFile), 'utf8');
  const entries = meta.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const keys = entries.map((line) => line.slice(0, line.indexOf('='))).sort();
  return keys.join() === 'cluster.id,directory.id,node.id,version' && entries.includes('version=1');
}
