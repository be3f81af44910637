import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalogueSchema } from '#model/catalogue.ts';
import { contributionProblems, placeOf } from '#model/contribution.ts';
import type { TimeResult } from '#model/result.ts';
import { readResult } from '#model/upgrade.ts';

const { labs } = catalogueSchema.parse(JSON.parse(readFileSync('labs/catalogue.json', 'utf8')));
const committed = globSync('labs/results/*/*.json').sort();
const read = (file: string) => readResult(JSON.parse(readFileSync(file, 'utf8')));

test('placeOf() takes machine and lab from a path', () => {
  expect(placeOf('labs/results/xeon-2-vcpu/latency.json')).toEqual({ machine: 'xeon-2-vcpu', lab: 'latency' });
  expect([placeOf('latency.json'), placeOf('labs/results/a/b.txt'), placeOf('')]).toEqual(Array(3).fill(undefined));
});

test.each(committed)('%s is as a result must be', (file) => {
  expect(contributionProblems(read(file), placeOf(file)!, labs)).toEqual([]);
});

describe('contributionProblems() finds', () => {
  const file = 'labs/results/reference-vm/file-to-socket.json';
  const good = read(file) as TimeResult;
  const inEnvironment = (changed: object) => ({ ...good, environment: { ...good.environment, ...changed } });
  const place = placeOf(file)!;

  test.each<[string, TimeResult, Partial<typeof place>, string]>([
    [
      'a host name as folder',
      inEnvironment({ machine: 'Box_1' }),
      { machine: 'Box_1' },
      "'Box_1' is no name for a machine",
    ],
    [
      "another machine's result",
      good,
      { machine: 'other' },
      "it names the machine 'reference-vm' and lies in the folder 'other'",
    ],
    [
      "another lab's result",
      good,
      { lab: 'latency' },
      "it is of the lab 'file-to-socket', and the file is called 'latency'",
    ],
    ['an unknown lab', { ...good, lab: 'none' }, { lab: 'none' }, "there is no lab 'none' in labs/catalogue.json"],
    ['another kind', good, { lab: 'shared-pages' }, 'it holds a time, and the lab gives a proof'],
    [
      'another baseline',
      { ...good, baseline: 'splice' },
      {},
      "its baseline is 'splice', and the lab's is 'read-write'",
    ],
    [
      'an invented variant',
      { ...good, series: good.series.map((one, at) => (at === 0 ? { ...one, variant: 'magic' } : one)) },
      {},
      "the lab has no variant 'magic'",
    ],
    [
      'no baseline',
      { ...good, series: good.series.map((one) => ({ ...one, role: 'variant' as const })) },
      {},
      'no series of it is the baseline',
    ],
    ['changed code', inEnvironment({ commit: 'abc123+' }), {}, 'files that differ from commit abc123'],
    ['code without a commit', inEnvironment({ commit: null }), {}, 'it names no commit'],
    ['times from a guest', inEnvironment({ guest: 'Linux 6.12' }), {}, 'it holds times from a guest'],
    [
      'too few rounds',
      { ...good, series: good.series.map((one) => ({ ...one, samples: one.samples.slice(0, 3) })) },
      {},
      'a series has 3 rounds: expected 7 or more',
    ],
    [
      'wrong bytes',
      {
        ...good,
        integrity: { ...good.integrity, received: good.integrity.received.map((one) => ({ ...one, hash: '0' })) },
      },
      {},
      "splice delivered other bytes than the file's",
    ],
  ])('%s', (_, result, elsewhere, problem) => {
    expect(contributionProblems(result, { ...place, ...elsewhere }, labs).join('\n')).toContain(problem);
  });
});
