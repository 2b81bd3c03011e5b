import { readdir } from 'node:fs/promises';
import type { AnyMessage } from '../../../src/protocol/message.js';

const folder = new URL('../../../src/protocol/messages/', import.meta.url);

/** Every declared message, sorted by name; finds new files by itself. */
export async function allMessages(): Promise<AnyMessage[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts'));
  const modules = await Promise.all(files.map((file) => import(new URL(file, folder).href) as Promise<Record<string, unknown>>));
  return modules
    .flatMap((module) => Object.values(module))
    .filter(isMessage)
    .sort((left, right) => left.name.localeCompare(right.name));
}

function isMessage(value: unknown): value is AnyMessage {
  return typeof value === 'object' && value !== null && 'apiKey' in value && 'request' in value;
}

/** Every version of a message that we declare. */
export function versionsOf({ minVersion, maxVersion }: AnyMessage): number[] {
  return Array.from({ length: maxVersion - minVersion + 1 }, (_, index) => minVersion + index);
}
