import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { TimeIndex } from '../../../src/broker/storage/time-index.ts';

const folder = mkdtempSync(join(tmpdir(), 'zc-times-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('TimeIndex', () => {
  test("has Kafka's format: milliseconds, and offsets less the base offset", () => {
    const path = join(folder, 'format.timeindex');
    using index = new TimeIndex(path, 1000n);
    index.file.grow(100);
    index.append({ timestamp: 1_700_000_000_000n, offset: 1002n });
    index.file.trim();
    expect(readFileSync(path).toString('hex')).toBe(`0000018bcfe56800${'00000002'}`);
    expect(index.last).toEqual({ timestamp: 1_700_000_000_000n, offset: 1002n });
  });

  test('takes a time only when it is newer, and none that is no time', () => {
    using index = new TimeIndex(join(folder, 'newer.timeindex'), 10n);
    index.file.grow(100);
    expect(index.last).toEqual({ timestamp: -1n, offset: 10n });
    for (const [timestamp, offset] of [
      [-1n, 11n],
      [5n, 12n],
      [5n, 13n],
      [4n, 14n],
      [6n, 15n],
    ] as const)
      index.append({ timestamp, offset });
    expect(index.file.entries).toBe(2);
    expect([4n, 5n, 6n, 7n].map((timestamp) => index.lookup(timestamp).offset)).toEqual([10n, 12n, 15n, 15n]);
  });
});
