/** Apache Kafka itself: whose bytes leave by which calls. */
import { expect, test } from 'vitest';
import { claims } from '#model/claims/index.ts';
import lab from '../../labs/kafka-calls.ts';
import { extras, runLab } from './lab-run.ts';

const MiB = 2 ** 20;

test('every scene shows what it is there for, and decides its claims', { timeout: 280_000 }, async () => {
  const result = await runLab(lab, { bytes: 10 * MiB });
  expect(result).toMatchObject({ kind: 'count', cannotRun: [], parameters: { apacheKafka: expect.any(String) } });
  const seen = extras(result, 'none');
  const of = (scene: string) => seen[`${scene} `] ?? {};
  for (const scene of ['plaintext', 'compressed', 'small-batches'])
    expect(of(scene)).toMatchObject({ sendfileBytes: of(scene).recordBytes, mappedLogs: 0 });
  expect(of('tls')).toMatchObject({ sendfileBytes: 0, sendfileCalls: 0, mappedLogs: 0 });
  expect(of('tls').logReadBytes).toBeGreaterThanOrEqual(of('tls').recordBytes as number);
  expect(of('compressed').compressedBatches).toBe(of('compressed').batches);
  expect(of('produce')).toMatchObject({ sendfileCalls: 0 });
  expect(of('produce').recordBytes).toBeGreaterThanOrEqual(10 * MiB);
  expect(of('roll').rolls).toBeGreaterThanOrEqual(2);
  expect(of('roll').logSyncs).toBe(of('roll').rolls);
  for (const scene of ['follower', 'reassign', 'reassign-cold'])
    expect(of(scene).sendfileBytes).toBeGreaterThanOrEqual(of(scene).recordBytes as number);
  // A page of Java's own code may come from the disk meanwhile.
  expect(of('reassign').networkDiskBytes).toBeLessThan((of('reassign').recordBytes as number) / 100);
  expect(of('reassign-cold').networkDiskBytes).toBeGreaterThan((of('reassign-cold').recordBytes as number) / 2);
  const judged = claims.flatMap(({ id, tests = [] }) =>
    tests.filter((one) => one.lab === lab.id).map(({ judge }) => [id, judge(result).state] as const),
  );
  expect(Object.fromEntries(judged)).toEqual({
    ...{ A11: 'not-held', B1: 'not-held', B9: 'not-held', B11: 'held', E1: 'held', E2: 'held', E3: 'not-held' },
    ...{ E4: 'not-held', E5: 'held', E7: 'held', E8: 'held' },
  });
});
