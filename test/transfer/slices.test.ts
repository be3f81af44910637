import { describe, expect, test } from 'vitest';
import { type Slices, sliceOffsets } from '#transfer/slices.ts';

const KiB = 1024;
const slices = (change: Partial<Slices> = {}): Slices => ({
  sliceBytes: 65_024,
  headerBytes: 60,
  offsetBytes: 2049,
  ...change,
});

describe('sliceOffsets()', () => {
  test('lets all slices lie alike in their pages, and none reach past the end', () => {
    const offsets = sliceOffsets(256 * KiB, slices());
    expect(offsets).toEqual([2049, 2049 + 64 * KiB, 2049 + 128 * KiB]);
    expect(sliceOffsets(2049 + 65_024, slices())).toEqual([2049]);
    expect(sliceOffsets(256 * KiB, slices({ offsetBytes: 0 }))).toHaveLength(4);
  });

  test('puts larger slices further apart', () => {
    expect(sliceOffsets(256 * KiB, slices({ sliceBytes: 65 * KiB, offsetBytes: 0 }))).toEqual([0, 128 * KiB]);
  });

  test('finds none in a file that is too short for one', () => {
    expect(sliceOffsets(2049 + 65_023, slices())).toEqual([]);
    expect(sliceOffsets(0, slices({ offsetBytes: 0 }))).toEqual([]);
  });
});
