import type { AnyField, Shape } from '../../protocol/field.js';
import { isPresent } from '../../protocol/field.js';

/** A declared value as Kafka's JSON converters write it: fields of this version in their order, tagged ones where they are not the default. */
export function coordinatorJson(value: unknown, shape: Shape, version: number): string {
  if (value === null || value === undefined) return 'null';
  switch (shape.kind) {
    case 'primitive':
      return typeof value === 'string' ? quote(value) : (value as number | bigint | boolean).toString(); // what primitives are read as
    case 'string':
      return quote(value as string); // as the shape says
    case 'bytes':
      return quote(Buffer.from(value as Uint8Array).toString('base64')); // likewise
    case 'array':
      return `[${(value as unknown[]).map((element) => coordinatorJson(element, shape.element, version)).join(',')}]`; // likewise
    case 'struct': {
      const values = value as Readonly<Record<string, unknown>>; // likewise
      const members = Object.entries(shape.fields)
        .filter(([name, declared]) => isShown(declared, values[name], version))
        .map(([name, { type }]) => `${quote(name)}:${coordinatorJson(values[name], type.shape, version)}`);
      return `{${members.join(',')}}`;
    }
  }
}

function isShown(declared: AnyField, value: unknown, version: number): boolean {
  if (!isPresent(declared, version)) return false;
  return declared.tag === undefined || value !== declared.default;
}

/** Control characters with capital digits, as Java's library writes them. */
function quote(text: string): string {
  return JSON.stringify(text).replaceAll(
    /\\u00([01])([a-f])/g,
    (_, high: string, low: string) => `\\u00${high}${low.toUpperCase()}`,
  );
}
