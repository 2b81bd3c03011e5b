import { isPresent, type AnyField, type Fields, type Shape } from '../../../src/protocol/field.js';
import { inRange, type KafkaField, type KafkaSchema } from './kafka-schema.js';

/** What one version of a message puts on the wire, in the same terms for Kafka's schemas and for ours. */
export interface Layout {
  readonly plain: readonly FieldLayout[];
  readonly tagged: readonly FieldLayout[];
  /** Fields of other versions of our range, and whether they may be dropped. */
  readonly absent: Readonly<Record<string, boolean>>;
}

interface FieldLayout {
  readonly name: string;
  readonly tag: number | undefined;
  readonly type: TypeLayout;
  readonly nullable: boolean;
  /** Only where Kafka writes a default or the field is tagged: elsewhere an encoder of ours must give a value. */
  readonly default: unknown;
}

type TypeLayout = string | Layout | { readonly array: TypeLayout };

/** The versions we declare; Kafka's fields outside of them do not concern us. */
export interface VersionRange {
  readonly first: number;
  readonly last: number;
}

const lower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** The layout of a version after Kafka's schema. */
export function kafkaLayout(schema: KafkaSchema, version: number, range: VersionRange): Layout {
  const structs = new Map(schema.commonStructs?.map(({ name, fields }) => [name, fields]));
  const fieldsOf = (field: KafkaField, name: string): readonly KafkaField[] => field.fields ?? structs.get(name) ?? [];

  function typeOf(field: KafkaField, name: string): TypeLayout {
    if (name.startsWith('[]')) return { array: typeOf(field, name.slice(2)) };
    if (name === 'records') return 'bytes';
    return /^[A-Z]/.test(name) ? layoutOf(fieldsOf(field, name)) : name;
  }

  function defaultOf(field: KafkaField): unknown {
    if (field.default === undefined && field.tag === undefined) return undefined;
    return kafkaDefault(field, (name) => fieldsOf(field, name));
  }

  function layoutOf(fields: readonly KafkaField[]): Layout {
    const known = fields.filter(({ versions }) => versionsBetween(range).some((other) => inRange(versions, other)));
    const present = known.filter(({ versions }) => inRange(versions, version));
    const layouts = present.map((field) => ({
      name: lower(field.name),
      tag: inRange(field.taggedVersions, version) ? field.tag : undefined,
      type: typeOf(field, field.type),
      nullable: inRange(field.nullableVersions, version),
      default: defaultOf(field),
    }));
    const absent = known.filter((field) => !present.includes(field));
    return {
      plain: layouts.filter(({ tag }) => tag === undefined),
      tagged: layouts.filter(({ tag }) => tag !== undefined),
      absent: Object.fromEntries(absent.map((field) => [lower(field.name), String(field.ignorable ?? false) === 'true'])),
    };
  }

  return layoutOf(schema.fields);
}

function versionsBetween({ first, last }: VersionRange): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function kafkaDefault(field: KafkaField, fieldsOf: (name: string) => readonly KafkaField[]): unknown {
  const text = String(field.default ?? '');
  if (text === 'null') return null;
  if (field.type.startsWith('[]')) return [];
  switch (field.type) {
    case 'string':
      return text;
    case 'bool':
      return text === 'true';
    case 'int64':
      return BigInt(text);
    case 'uuid':
      return 'AAAAAAAAAAAAAAAAAAAAAA';
    default:
      if (!/^[A-Z]/.test(field.type)) return Number(text);
      return Object.fromEntries(fieldsOf(field.type).map((inner) => [lower(inner.name), kafkaDefault(inner, fieldsOf)]));
  }
}

/**
 * The layout of a version after our declaration. `kafka` is the same version's layout after Kafka; it only says which defaults
 * are worth comparing.
 */
export function ourLayout(shape: Shape, version: number, kafka: Layout): Layout {
  if (shape.kind !== 'struct') throw new Error('a message body is a struct');
  return layoutOf(shape.fields, version, kafka);
}

function layoutOf(fields: Fields, version: number, kafka: Layout | undefined): Layout {
  const counterparts = new Map([...(kafka?.plain ?? []), ...(kafka?.tagged ?? [])].map((field) => [field.name, field]));
  const entries = Object.entries(fields);
  const layouts = entries
    .filter(([, declared]) => isPresent(declared, version))
    .map(([name, declared]) => fieldLayout(name, declared, version, counterparts.get(name)));
  const absent = entries.filter(([, declared]) => !isPresent(declared, version));
  return {
    plain: layouts.filter(({ tag }) => tag === undefined),
    tagged: layouts.filter(({ tag }) => tag !== undefined),
    absent: Object.fromEntries(absent.map(([name, { ignorable }]) => [name, ignorable])),
  };
}

function fieldLayout(name: string, declared: AnyField, version: number, kafka: FieldLayout | undefined): FieldLayout {
  const { shape } = declared.type;
  const nullableSince = shape.kind === 'primitive' ? undefined : shape.nullableSince;
  return {
    name,
    tag: declared.tag,
    type: typeLayout(shape, version, kafka?.type),
    nullable: nullableSince !== undefined && version >= nullableSince,
    default: kafka?.default === undefined ? undefined : (declared.default as unknown),
  };
}

function typeLayout(shape: Shape, version: number, kafka: TypeLayout | undefined): TypeLayout {
  if (shape.kind === 'primitive') return shape.name;
  if (shape.kind === 'string' || shape.kind === 'bytes') return shape.kind;
  const isNamed = typeof kafka !== 'object';
  if (shape.kind === 'array') {
    return { array: typeLayout(shape.element, version, !isNamed && 'array' in kafka ? kafka.array : undefined) };
  }
  return layoutOf(shape.fields, version, !isNamed && 'plain' in kafka ? kafka : undefined);
}
