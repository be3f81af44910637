/** The lab mmap-read at toy size: who sees what, who is ended by a signal, and which faults there are. */
import { expect, test } from 'vitest';
import { pageSize } from '#libc';
import { runToy, seriesAt } from './toy.ts';

const KiB = 1024;
const BYTES = 512 * KiB;

test('every way finds the last byte, and mapping does what it does', async () => {
  const result = await runToy('mmap-read', { bytes: BYTES });
  if (result.kind !== 'time') throw new Error('Expected a time result');
  const able = (scene: string) => !result.cannotRun.some(({ factors }) => factors.scene === scene);
  const at = (variant: string, scene: string) => seriesAt(result, variant, { scene }).samples[0];

  const looked = result.integrity.received.filter(({ factors }) => factors.scene === 'file in memory');
  expect(looked.map(({ hash }) => hash)).toEqual(Array(6).fill(String(BYTES - 1)));
  for (const variant of ['mmap', 'mmap-populate', 'mmap-will-need', 'mmap-random']) {
    const sample = at(variant, 'file in memory') as { minorFaults: number; extra: Record<string, number> };
    expect(sample.extra.residentBytes).toBeGreaterThanOrEqual(BYTES / 2);
    // Large folios and fault-around: between one for everything and one a page, some of the process' own beside.
    expect(sample.minorFaults).toBeGreaterThan(0);
    expect(sample.minorFaults).toBeLessThan(BYTES / pageSize() + 100);
  }
  if (able('file on disk')) {
    // Without reading ahead every page waits for the disk by itself.
    const { majorFaults } = at('mmap-random', 'file on disk') as { majorFaults: number };
    // Another reader of the disk may have brought a page in.
    expect(majorFaults).toBeGreaterThan((BYTES / pageSize()) * 0.9);
    expect(majorFaults).toBeLessThanOrEqual(BYTES / pageSize());
    expect(at('read', 'file on disk')).toMatchObject({ majorFaults: 0 });
  }

  expect(at('mmap', 'file cut')).toMatchObject({ extra: { zeroBytes: pageSize() - 100, busErrors: 1 } });
  expect(at('read', 'file cut')).toMatchObject({ extra: { zeroBytes: 0, busErrors: 0 } });
  expect(at('mmap', 'file written')).toMatchObject({ extra: { seenBytes: pageSize() - 1 } });
  expect(at('read', 'file written')).toMatchObject({ extra: { seenBytes: 0 } });
  expect(at('mmap', 'kernel')).toMatchObject({ extra: { kernelBytes: 0, refused: 1 } });
  expect(at('read', 'kernel')).toMatchObject({ extra: { kernelBytes: 0, refused: 1 } });
  if (able('one thread')) expect(at('mmap', 'one thread')).toMatchObject({ extra: { operations: 16_000 } });
});
