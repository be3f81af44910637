import { expect, test } from 'vitest';
import type { Answer } from '#model/catalogue.ts';
import { frameOf, partOf, USUAL_ANSWER } from '#site/figures/answer.ts';
import {
  crossoverEntry,
  crossoverResult,
  distributionEntry,
  distributionResult,
  factsEntry,
  factsResult,
  growthEntry,
  growthResult,
  ratioEntry,
  ratioResult,
  timeEntry,
  timeResult,
} from '../../fixtures/results.ts';

test.each([
  ['growth', growthResult(), growthEntry, 'Memory held, by the number of consumers', 'Memory held; across: consumers'],
  [
    'crossover',
    crossoverResult(),
    crossoverEntry,
    'CPU against read: where it turns',
    'CPU each time, read = 1; across: files of …',
  ],
  [
    'ratio',
    ratioResult(),
    ratioEntry,
    'Time an access of each path, against read + write',
    'Time an access, read + write = 1',
  ],
  ['facts', factsResult(), factsEntry, 'What was seen', ''],
  [
    'distribution',
    distributionResult(),
    distributionEntry,
    'How long requests took, from the middle to the tail',
    'Time from the planned start, logarithmic',
  ],
])('frameOf() says what the figure of a %s shows', (_, result, entry, title, axis) => {
  expect(frameOf(result, entry, entry.answer as Answer)).toMatchObject({ title, axis });
});

test('frameOf() of a lab without an answer is the total CPU', () => {
  expect(frameOf(timeResult(), timeEntry, USUAL_ANSWER)).toMatchObject({
    title: 'total CPU of each path, against read + write',
    axis: 'total CPU per GiB, read + write = 1',
  });
});

test('partOf() keeps what was run with the settings, and nothing where that is nothing', () => {
  const result = timeResult({ links: ['tcp', 'unix'] });
  const part = partOf(result, { link: 'unix' });
  expect(part?.series).toHaveLength(result.series.length / 2);
  expect(part?.series.every(({ factors }) => factors.link === 'unix')).toBe(true);
  expect(partOf(result, {})?.series).toHaveLength(result.series.length);
  expect(partOf(result, { link: 'veth' })).toBeUndefined();
});
