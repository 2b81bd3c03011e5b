import { formatDouble } from '../java/double.js';

/** A number that JSON shows as Java's `double`: always with a fraction. */
export class JavaDouble {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** What a member of an event may be. */
export type EventValue =
  string | number | bigint | boolean | null | JavaDouble | readonly EventValue[] | { readonly [name: string]: EventValue };

/** Compact JSON as Jackson writes it, members in the order given. */
export function formatEvent(value: EventValue): string {
  if (value instanceof JavaDouble) {
    const text = formatDouble(value.value);
    return Number.isFinite(value.value) ? text : `"${text}"`;
  }
  if (typeof value === 'string') return formatText(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (isList(value)) return `[${value.map(formatEvent).join(',')}]`;
  const members = Object.entries(value).map(([name, member]) => `${formatText(name)}:${formatEvent(member)}`);
  return `{${members.join(',')}}`;
}

function isList(value: EventValue): value is readonly EventValue[] {
  return Array.isArray(value);
}

/** Jackson writes control characters with capital digits. */
function formatText(text: string): string {
  return JSON.stringify(text).replace(/\\(?:u[0-9a-f]{4}|.)/g, (escape) =>
    escape.startsWith('\\u') ? `\\u${escape.slice(2).toUpperCase()}` : escape,
  );
}
