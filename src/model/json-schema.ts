/**
 * Checks a value against a JSON Schema, for pages: zod with our schemas weighs 28 kB there, and the schema is data that the
 * site serves anyway. It knows the part of JSON Schema 2020-12 that z.toJSONSchema writes for our documents; a keyword that
 * it does not know is an error, so that no rule is passed over. A test holds it against zod.
 */
import { kindOf } from './result-version.ts';

export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** The first thing that is wrong. */
export interface Mismatch {
  readonly path: readonly (string | number)[];
  /** `expected number, received a string` */
  readonly what: string;
}

/** @returns null where the value fits. @throws {TypeError} for a schema with a keyword that is not known */
export function mismatchOf(schema: JsonSchema, value: unknown): Mismatch | null {
  return check(schema, value, []);
}

type Path = Mismatch['path'];
type Check = (wanted: never, value: unknown, path: Path, schema: JsonSchema) => Mismatch | null;

function check(schema: JsonSchema, value: unknown, path: Path): Mismatch | null {
  for (const [keyword, wanted] of Object.entries(schema)) {
    if (silent.has(keyword)) continue;
    const of = Object.hasOwn(checks, keyword) ? checks[keyword] : undefined;
    if (!of) throw new TypeError(`Cannot check against a schema with '${keyword}': it is not known`);
    const wrong = of(wanted as never, value, path, schema);
    if (wrong) return wrong;
  }
  return null;
}

/** Keywords that say nothing which another one beside them does not. */
const silent = new Set(['$schema', 'format', 'propertyNames']);

const checks: Readonly<Record<string, Check>> = {
  type: (wanted: string | readonly string[], value, path) => {
    const types = [wanted].flat();
    return types.some((type) => isOf(type, value)) ? null : expected(types.join(' or '), value, path);
  },
  const: (wanted: unknown, value, path) => (value === wanted ? null : expected(JSON.stringify(wanted), value, path)),
  enum: (wanted: readonly unknown[], value, path) =>
    wanted.includes(value) ? null : expected(wanted.map((one) => JSON.stringify(one)).join(' or '), value, path),
  pattern: (wanted: string, value, path) =>
    typeof value !== 'string' || new RegExp(wanted).test(value)
      ? null
      : { path, what: `expected text of the form ${wanted}` },
  minimum: (wanted: number, value, path) => limit(Number(value) >= wanted, `${wanted} or more`, value, path),
  maximum: (wanted: number, value, path) => limit(Number(value) <= wanted, `at most ${wanted}`, value, path),
  exclusiveMinimum: (wanted: number, value, path) => limit(Number(value) > wanted, `more than ${wanted}`, value, path),
  minItems: (wanted: number, value, path) =>
    lengthOf(value) >= wanted ? null : { path, what: `expected ${wanted} or more, found ${lengthOf(value)}` },
  maxItems: (wanted: number, value, path) =>
    lengthOf(value) <= wanted ? null : { path, what: `expected at most ${wanted}, found ${lengthOf(value)}` },
  items: (wanted: JsonSchema, value, path) =>
    first(Array.isArray(value) ? value : [], (each, at) => check(wanted, each, [...path, at])),
  prefixItems: (wanted: readonly JsonSchema[], value, path) =>
    first(Array.isArray(value) ? value : [], (each, at) =>
      wanted[at] ? check(wanted[at], each, [...path, at]) : null,
    ),
  required: (wanted: readonly string[], value, path) => {
    const missing = isOf('object', value) ? wanted.find((name) => !Object.hasOwn(value as object, name)) : undefined;
    return missing === undefined ? null : { path: [...path, missing], what: 'expected a value, found none' };
  },
  properties: (wanted: Readonly<Record<string, JsonSchema>>, value, path) =>
    first(Object.entries(isOf('object', value) ? (value as object) : {}), ([name, each]) =>
      Object.hasOwn(wanted, name) && wanted[name] ? check(wanted[name], each, [...path, name]) : null,
    ),
  additionalProperties: (wanted: JsonSchema | false, value, path, schema) => {
    if (!isOf('object', value)) return null;
    const known = (schema.properties ?? {}) as object;
    const names = (schema.propertyNames as { pattern?: string } | undefined)?.pattern;
    return first(Object.entries(value as object), ([name, each]): Mismatch | null => {
      if (Object.hasOwn(known, name)) return null;
      const allowed = wanted !== false && (names === undefined || new RegExp(names).test(name));
      return allowed ? check(wanted, each, [...path, name]) : { path, what: `unknown name ${JSON.stringify(name)}` };
    });
  },
  anyOf: (wanted: readonly JsonSchema[], value, path) => best(wanted, value, path),
  oneOf: (wanted: readonly JsonSchema[], value, path) => best(wanted, value, path),
};

/** Fits one of several: what is told is the mismatch that lies deepest, of the alternative that was meant. */
function best(wanted: readonly JsonSchema[], value: unknown, path: Path): Mismatch | null {
  const wrong = wanted.map((one) => check(one, value, path));
  if (wrong.includes(null)) return null;
  return wrong.reduce(
    (deepest, one) => (one && (!deepest || one.path.length > deepest.path.length) ? one : deepest),
    null,
  );
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'number') return Number.isFinite(value);
  return typeof value === type;
}

function limit(holds: boolean, words: string, value: unknown, path: Path): Mismatch | null {
  return typeof value !== 'number' || holds ? null : { path, what: `expected ${words}, received ${value}` };
}

function expected(words: string, value: unknown, path: Path): Mismatch {
  return { path, what: `expected ${words}, received ${kindOf(value)}` };
}

const lengthOf = (value: unknown) => (Array.isArray(value) ? value.length : 0);

function first<T>(values: readonly T[], of: (value: T, at: number) => Mismatch | null): Mismatch | null {
  for (const [at, value] of values.entries()) {
    const wrong = of(value, at);
    if (wrong) return wrong;
  }
  return null;
}
