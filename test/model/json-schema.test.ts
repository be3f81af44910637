import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { inspectSchema } from '#model/inspect-document.ts';
import { type JsonSchema, mismatchOf } from '#model/json-schema.ts';
import { labResultSchema } from '#model/result.ts';
import { hostileFiles } from '../fixtures/hostile-files.ts';
import { inspectDocument } from '../fixtures/inspect-document.ts';

const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema) as JsonSchema;
const results = globSync('labs/results/*/*.json').sort();

describe('mismatchOf()', () => {
  test.each([
    [z.string(), 7, [], 'expected string, received a number'],
    [z.int().nonnegative(), -1, [], 'expected 0 or more, received -1'],
    [z.int().positive(), 0, [], 'expected more than 0, received 0'],
    [z.int(), 0.5, [], 'expected integer, received a number'],
    [z.number(), Number.POSITIVE_INFINITY, [], 'expected number, received a number'],
    [z.array(z.int()).min(1), [], [], 'expected 1 or more, found 0'],
    [z.array(z.int()), [1, 'a'], [1], 'expected integer, received a string'],
    [z.tuple([z.int(), z.string()]), [1, 2], [1], 'expected string, received a number'],
    [z.strictObject({ a: z.int() }), {}, ['a'], 'expected a value, found none'],
    [z.strictObject({ a: z.int() }), { a: 1, b: 2 }, [], 'unknown name "b"'],
    [z.strictObject({ a: z.int() }), JSON.parse('{"a":1,"__proto__":2}'), [], 'unknown name "__proto__"'],
    [z.record(z.string().regex(/^[a-z]$/), z.int()), { A: 1 }, [], 'unknown name "A"'],
    [z.enum(['x', 'y']), 'z', [], 'expected "x" or "y", received a string'],
    [z.literal(1), 2, [], 'expected 1, received a number'],
    [z.string().nullable(), 2, [], 'expected string or null, received a number'],
    [z.union([z.strictObject({ a: z.int() }), z.string()]), { a: 'x' }, ['a'], 'expected integer, received a string'],
  ])('of %# names the place and what was found', (schema, value, path, what) => {
    expect(mismatchOf(schemaOf(schema), value)).toEqual({ path, what });
  });

  test('refuses a schema with a keyword that it does not know', () => {
    expect(() => mismatchOf({ type: 'array', uniqueItems: true }, [1])).toThrow(
      "Cannot check against a schema with 'uniqueItems': it is not known",
    );
  });

  test.each(results)('agrees with zod on %s', (file) => {
    expect(mismatchOf(schemaOf(labResultSchema), JSON.parse(readFileSync(file, 'utf8')))).toBeNull();
  });

  test('agrees with zod on a thousand hostile files', () => {
    const good = [
      readFileSync('labs/results/reference-vm/splice-proxy.json', 'utf8'),
      readFileSync('labs/results/reference-vm/shared-pages.json', 'utf8'),
      readFileSync('labs/results/reference-vm/java-nio.json', 'utf8'),
      JSON.stringify(inspectDocument()),
    ];
    const seen = { fits: 0, not: 0 };
    for (const { how, text } of hostileFiles(1000, 7, good)) {
      const json = parsed(text);
      if (json === undefined || /__proto__/.test(text)) continue;
      for (const schema of [labResultSchema, inspectSchema]) {
        const own = mismatchOf(schemaOf(schema), json) === null;
        expect(own, how).toBe(schema.safeParse(json).success);
        seen[own ? 'fits' : 'not']++;
      }
    }
    expect(seen.fits).toBeGreaterThan(20);
    expect(seen.not).toBeGreaterThan(1000);
  });
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
