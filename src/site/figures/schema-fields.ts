/** A JSON Schema as rows to read: each field by its path, with its type in words. */

/** The parts of JSON Schema 2020-12 that `npm run schema` writes. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

export interface Field {
  /** `series[].samples[].wallNs` */
  readonly path: string;
  readonly type: string;
  /** True when a document of some kind may leave it out. */
  readonly optional: boolean;
  /** Kinds of result that have it. */
  readonly kinds: readonly string[];
}

/**
 * Every field of a schema that is a choice of kinds, each field once, in the order of the first kind that has it.
 * @throws {TypeError} when the schema is none of objects that say their kind
 */
export function fieldsOf(schema: Schema): Field[] {
  const fields = new Map<string, Field>();
  for (const one of schema.oneOf ?? []) {
    const kind = one.properties?.kind?.const;
    if (typeof kind !== 'string') throw new TypeError("Expected a schema of objects with a constant 'kind'");
    for (const field of walk(one, '')) fields.set(field.path, merge(fields.get(field.path), field, kind));
  }
  if (fields.size === 0) throw new TypeError("Expected a schema with 'oneOf', found none");
  return [...fields.values()];
}

type Bare = Omit<Field, 'kinds'>;

function merge(earlier: Field | undefined, field: Bare, kind: string): Field {
  if (!earlier) return { ...field, kinds: [kind] };
  const types = earlier.type.split(' or ').includes(field.type) ? earlier.type : join([earlier.type, field.type]);
  return {
    ...earlier,
    type: types,
    optional: earlier.optional || field.optional,
    kinds: [...new Set([...earlier.kinds, kind])],
  };
}

/** The fields below an object, its own before those of what they hold. */
function walk(schema: Schema, path: string): Bare[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const own = path === '' ? name : `${path}.${name}`;
    const optional = !schema.required?.includes(name);
    return [{ path: own, type: typeOf(field), optional }, ...below(field, own)];
  });
}

/** Fields of an object, of a list's items, or of the alternatives of a union. */
function below(schema: Schema, path: string): Bare[] {
  if (schema.properties) return walk(schema, path);
  if (schema.items) return below(schema.items, `${path}[]`);
  const all = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((one) => below(one, path));
  const grouped = [...Map.groupBy(all, (field) => field.path).values()];
  const alternatives = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].filter(({ properties }) => properties);
  return grouped.map((fields) => ({
    path: fields[0]?.path ?? path,
    type: join(fields.map(({ type }) => type)),
    optional: fields.length < alternatives.length || fields.some(({ optional }) => optional),
  }));
}

/** A type in words: `integer from 0`, `"time"`, `list of text`. */
export function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return join(schema.enum.map((value) => JSON.stringify(value)));
  if (schema.anyOf || schema.oneOf) return join([...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map(typeOf));
  if (Array.isArray(schema.type)) return join(schema.type.map((type) => typeOf({ ...schema, type })));
  if (schema.type === 'array') return listOf(schema);
  if (schema.type === 'object') return objectOf(schema);
  return `${words[String(schema.type)] ?? schema.type}${limitsOf(schema)}`;
}

const words: Readonly<Record<string, string>> = { string: 'text', boolean: 'true or false' };

function limitsOf({ type, format, minimum, exclusiveMinimum }: Schema): string {
  if (type === 'string') return format === 'date-time' ? ', a time in UTC' : '';
  if (exclusiveMinimum !== undefined) return ` above ${exclusiveMinimum}`;
  // Every integer has the smallest that JavaScript counts exactly as its limit: no news.
  return minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? '' : ` from ${minimum}`;
}

function listOf({ items, prefixItems, minItems = 0 }: Schema): string {
  if (prefixItems) return `list of ${prefixItems.length} (${join(prefixItems.map(typeOf))})`;
  return `list${minItems > 0 ? ` (${minItems} or more)` : ''}${items ? ` of ${typeOf(items)}` : ''}`;
}

function objectOf({ properties, additionalProperties }: Schema): string {
  if (properties || typeof additionalProperties !== 'object') return 'object';
  return `by name, ${typeOf(additionalProperties)}`;
}

function join(types: readonly string[]): string {
  return [...new Set(types)].join(' or ');
}
