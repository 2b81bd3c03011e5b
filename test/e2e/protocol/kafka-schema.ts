import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';

/** A field as Kafka's schema files write it. */
export interface KafkaField {
  readonly name: string;
  readonly type: string;
  readonly versions: string;
  readonly nullableVersions?: string;
  readonly taggedVersions?: string;
  readonly tag?: number;
  readonly default?: string | number | boolean;
  readonly ignorable?: boolean | string;
  readonly fields?: readonly KafkaField[];
}

/** One of Kafka's schema files, for example `FetchRequest.json`. */
export interface KafkaSchema {
  readonly apiKey?: number;
  readonly name: string;
  readonly validVersions: string;
  readonly flexibleVersions: string;
  readonly fields: readonly KafkaField[];
  readonly commonStructs?: readonly { readonly name: string; readonly fields: readonly KafkaField[] }[];
}

/** Reads every message schema out of the kafka-clients jar in a folder of jars, by schema name. */
export async function readKafkaSchemas(libs: string): Promise<ReadonlyMap<string, KafkaSchema>> {
  const jar = (await readdir(libs)).find((file) => /^kafka-clients-[\d.]+\.jar$/.test(file));
  if (jar === undefined) throw new Error(`no kafka-clients jar in ${libs}`);
  const entries = unzipSync(await readFile(join(libs, jar)), {
    filter: ({ name }) => name.startsWith('common/message/') && name.endsWith('.json'),
  });
  const schemas = Object.values(entries).map((bytes) => parseSchema(strFromU8(bytes)));
  return new Map(schemas.map((schema) => [schema.name, schema]));
}

/** Kafka's schema files are JSON with `//` lines. */
function parseSchema(text: string): KafkaSchema {
  return JSON.parse(text.replace(/^\s*\/\/.*$/gm, '')) as KafkaSchema; // the shape is Kafka's own and checked by the comparison
}

/** The first and last version of a range such as `3`, `2-7`, `9+` or `none`; `none` is an empty range. */
export function parseRange(range: string | undefined): { first: number; last: number } {
  if (range === undefined || range === 'none') return { first: Infinity, last: -Infinity };
  const [first = '', last] = range.replace(/\+$/, '-Infinity').split('-');
  return { first: Number(first), last: Number(last ?? first) };
}

/** Whether a range such as `9+` holds a version. */
export function inRange(range: string | undefined, version: number): boolean {
  const { first, last } = parseRange(range);
  return version >= first && version <= last;
}
