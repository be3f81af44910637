/** The lab cold-read at toy size: every request is served with the same bytes, whoever waits for the disk. */
import { expect, test } from 'vitest';
import { runToy, seriesAt } from './toy.ts';

const REQUESTS = 8;
const BYTES = REQUESTS * 4 * 65_536;
const variants = ['read-write', 'sendfile', 'sendfile-no-wait', 'sendfile-ahead', 'sendfile-helper'];

test('every request is served, and what was put off is served later', async () => {
  const result = await runToy('cold-read', { bytes: BYTES, mode: 'default' });
  if (result.kind !== 'time') throw new Error('Expected a time result');
  const cannot = (variant: string, file: string) =>
    result.cannotRun.some((one) => one.variant === variant && one.factors.file === file);
  for (const file of ['in memory', 'on disk']) {
    for (const variant of variants.filter((one) => !cannot(one, file))) {
      const [sample] = seriesAt(result, variant, { file }).samples;
      expect(sample).toMatchObject({ bytes: REQUESTS * 65_536, extra: { operations: REQUESTS } });
      expect((sample as { latenciesNs?: number[] }).latenciesNs).toHaveLength(REQUESTS);
      if (variant !== 'sendfile-helper' && (variant !== 'sendfile-no-wait' || file === 'in memory'))
        expect(sample).toMatchObject({ extra: { putOff: 0 } });
    }
  }
  // Nothing of the file is in memory, so asking first puts every request off.
  if (!cannot('sendfile-no-wait', 'on disk'))
    expect(seriesAt(result, 'sendfile-no-wait', { file: 'on disk' }).samples[0]).toMatchObject({
      extra: { putOff: REQUESTS },
    });
  for (const rows of Map.groupBy(result.integrity.received, ({ factors }) => factors.file).values()) {
    expect(new Set(rows.map(({ hash }) => hash)).size).toBe(1);
  }
});
