import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Log } from '../../../src/broker/storage/log.ts';
import type { Slice } from '../../../src/broker/storage/slice.ts';
import { batch, randomBatches } from './batches.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zc-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const small = { segmentBytes: 20_000, segmentIndexBytes: 4096, indexIntervalBytes: 1000 };

/** Bytes of a slice, read by its descriptor. */
function bytesOf({ path, position, bytes }: Slice): Buffer {
  return readFileSync(path).subarray(position, position + bytes);
}

describe('Log', () => {
  test('gives offsets and finds each batch by each of its offsets', () => {
    using log = Log.open(folder, small);
    const batches = randomBatches(1);
    for (let count = 0; count < 100; count++) {
      const bytes = batches.next().value as Buffer;
      const { baseOffset, lastOffset } = log.append(bytes);
      for (const offset of [baseOffset, lastOffset]) {
        const [slice] = log.read(offset, 1, { atLeastOne: true }) as [Slice];
        expect(bytesOf(slice).equals(bytes)).toBe(true);
        slice.release();
      }
    }
    expect(log.read(log.endOffset, 100, { atLeastOne: true })).toEqual([]);
  });

  test('refuses offsets outside', () => {
    using log = Log.open(folder);
    log.append(batch());
    expect(() => log.read(2n, 1, { atLeastOne: true })).toThrow('Cannot read from offset 2: the log goes from 0 to 1');
  });
});
