/** The lab sequential-read at toy size: every order reads every page, and what is in memory and dirty afterwards. */
import { expect, test } from 'vitest';
import { extras } from './lab-run.ts';
import { runToy } from './toy.ts';

const KiB = 1024;
const BYTES = 256 * KiB;

test('every way reads the same, and leaves in memory what it should', async () => {
  const result = await runToy('sequential-read', { bytes: BYTES });
  if (result.kind !== 'time') throw new Error('Expected a time result');
  const cannot = (variant: string, does: string) =>
    result.cannotRun.some((one) => one.variant === variant && one.factors.does === does);
  const found = extras(result, 'does');
  for (const [variant, cachedBytes, operations] of [
    ['sequential', BYTES, 64],
    ['random', BYTES, 64],
    ['sequential-no-readahead', BYTES, 64],
    ['direct-sequential', 0, 64],
    ['direct-random', 0, 64],
    ['direct-sequential-1m', 0, 1],
    ['direct-random-1m', 0, 1],
  ] as const) {
    if (cannot(variant, 'reading')) continue;
    expect(found[`${variant} reading`]).toEqual({ operations, cachedBytes });
  }
  for (const variant of ['sequential', 'random']) {
    if (cannot(variant, 'writing')) continue;
    expect(found[`${variant} writing`]).toEqual({
      operations: 64,
      dirtyBytes: BYTES,
      leftDirtyBytes: 0,
      cachedBytes: BYTES,
    });
  }
  if (!cannot('sendfile', 'sending')) expect(found['sendfile sending']).toEqual({ operations: 1, cachedBytes: BYTES });
  for (const rows of Map.groupBy(result.integrity.received, ({ factors }) => factors.does).values()) {
    expect(new Set(rows.map(({ hash }) => hash)).size).toBe(1);
  }
});
