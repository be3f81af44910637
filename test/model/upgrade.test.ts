import { describe, expect, test } from 'vitest';
import { SCHEMA_VERSION } from '#model/result.ts';
import { readResult, UnreadableResult, upgrades } from '#model/upgrade.ts';
import { proofResult, timeResult } from '../fixtures/results.ts';

describe('readResult()', () => {
  test.each([timeResult(), proofResult()])('reads what was written: $kind', (result) => {
    expect(readResult(JSON.parse(JSON.stringify(result)))).toEqual(result);
  });

  test.each([
    [null, 'Cannot read the result: expected a JSON object, got null'],
    [[], 'Cannot read the result: expected a JSON object, got an array'],
    ['{}', 'Cannot read the result: expected a JSON object, got a string'],
    [{}, "Cannot read the result: expected a whole number as 'schemaVersion', got none"],
    [{ schemaVersion: '1' }, "Cannot read the result: expected a whole number as 'schemaVersion', got a string"],
    [{ schemaVersion: 3 }, 'Cannot read a result of schema 3: this copy knows up to 1, update it'],
    [{ schemaVersion: 0 }, 'Cannot read a result of schema 0: no way from there to schema 1 is known'],
    [{ schemaVersion: 1 }, 'Cannot read a result without a kind: this copy knows time and proof'],
    [{ schemaVersion: 1, kind: 'dream' }, 'Cannot read a result of kind "dream": this copy knows time and proof'],
  ])('refuses %j in one sentence', (json, message) => {
    expect(() => readResult(json)).toThrow(UnreadableResult);
    expect(() => readResult(json)).toThrow(message);
  });

  test('names the place of the first thing that is wrong', () => {
    const result = JSON.parse(JSON.stringify(timeResult()));
    result.series[1].samples[2].wallNs = '12';
    expect(() => readResult(result)).toThrow(
      'Cannot read the result: at series[1].samples[2].wallNs: expected number, received string',
    );
  });

  test('names a field that does not belong there', () => {
    expect(() => readResult({ ...timeResult(), colour: 'blue' })).toThrow(
      'Cannot read the result: Unrecognized key: "colour"',
    );
  });

  test('tells a newer result from a broken one', () => {
    const reasonOf = (json: unknown) => {
      try {
        return readResult(json);
      } catch (error) {
        return error instanceof UnreadableResult ? error.reason : error;
      }
    };
    expect(reasonOf({ schemaVersion: 2 })).toBe('newer');
    expect(reasonOf(7)).toBe('not-a-result');
    expect(reasonOf({ ...timeResult(), seed: -1 })).toBe('invalid');
  });

  test('takes an older document up step by step, without touching it', () => {
    const { question, ...rest } = timeResult();
    const old = Object.freeze({ ...rest, schemaVersion: -1, ask: question });
    const steps: number[] = [];
    const result = readResult(old, {
      [-1]: ({ ask, ...document }) => {
        steps.push(-1);
        return { ...document, asked: ask };
      },
      0: ({ asked, ...document }) => {
        steps.push(0);
        return { ...document, question: asked };
      },
    });
    expect(steps).toEqual([-1, 0]);
    expect(result).toEqual(timeResult());
  });
});

test('upgrades has a step from every version before this one', () => {
  expect(Object.keys(upgrades).map(Number)).toEqual(Array.from({ length: SCHEMA_VERSION - 1 }, (_, at) => at + 1));
});
