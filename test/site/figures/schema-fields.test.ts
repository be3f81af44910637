import { describe, expect, test } from 'vitest';
import { fieldWords } from '#model/words/result-fields.ts';
import { fieldsOf, typeOf } from '#site/figures/schema-fields.ts';
import { readSchema } from '#site/schema.ts';

describe('fieldsOf()', () => {
  const fields = fieldsOf(readSchema());
  const field = (path: string) => fields.find((one) => one.path === path);

  test('has every field of every kind once, with the kinds that have it', () => {
    expect(new Set(fields.map(({ path }) => path)).size).toBe(fields.length);
    expect(field('kind')).toEqual({
      path: 'kind',
      type: '"time" or "proof" or "count"',
      optional: false,
      kinds: ['time', 'proof', 'count'],
    });
    expect(field('series[].samples[].wallNs')).toMatchObject({ type: 'integer above 0', kinds: ['time'] });
  });

  test('knows what may be absent: in one kind, or in one of several alternatives', () => {
    expect(field('series[].samples[].minorFaults')).toMatchObject({ optional: true, kinds: ['time', 'count'] });
    expect(field('series[].samples[].crossCheck.state')?.optional).toBe(false);
    expect(field('series[].samples[].crossCheck.why')?.optional).toBe(true);
  });

  test('refuses what is no schema of results', () => {
    expect(() => fieldsOf({ type: 'object' })).toThrow("Expected a schema with 'oneOf', found none");
    expect(() => fieldsOf({ oneOf: [{ type: 'object' }] })).toThrow("a constant 'kind'");
  });

  test('every field has its words, and no words are left over', () => {
    expect(Object.keys(fieldWords).sort()).toEqual(fields.map(({ path }) => path).sort());
  });
});

test.each([
  [{ type: 'string' }, 'text'],
  [{ type: ['string', 'null'] }, 'text or null'],
  [{ type: 'string', format: 'date-time' }, 'text, a time in UTC'],
  [{ type: 'integer', minimum: Number.MIN_SAFE_INTEGER }, 'integer'],
  [{ type: 'integer', minimum: 0 }, 'integer from 0'],
  [{ type: 'array', minItems: 1, items: { type: 'number' } }, 'list (1 or more) of number'],
  [{ type: 'array', prefixItems: [{ type: 'integer' }, { type: 'integer' }] }, 'list of 2 (integer)'],
  [{ type: 'object', additionalProperties: { type: 'boolean' } }, 'by name, true or false'],
  [{ enum: ['a', 'b'] }, '"a" or "b"'],
])('typeOf(%j) is %j', (schema, words) => expect(typeOf(schema)).toBe(words));
