import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { layOutSegment, lookUp, segmentName } from '#model/layouts/segment.ts';
import { Log } from '../../../src/broker/storage/log.ts';
import { batch } from '../../broker/storage/batches.ts';
import { uniform } from '../../fixtures/random.ts';

describe('layOutSegment()', () => {
  test('lays batches and entries as the broker does', () => {
    const folder = mkdtempSync(join(tmpdir(), 'zc-layout-'));
    try {
      const next = uniform(7);
      const records = Array.from({ length: 60 }, () => 1 + Math.floor(next() * 20));
      const sent = records.map((count) => batch({ records: count, body: Buffer.alloc(1 + Math.floor(next() * 3000)) }));
      const interval = 2000;
      {
        using log = Log.open(join(folder, 'topic-0'), { indexIntervalBytes: interval });
        for (const bytes of sent) log.append(bytes);
      }
      const arriving = sent.map((bytes, index) => ({ records: records[index]!, bytes: bytes.length }));
      const { batches, entries } = layOutSegment(0, arriving, interval);
      const [index = ''] = readdirSync(join(folder, 'topic-0')).filter((file) => file.endsWith('.index'));
      expect(index).toBe(segmentName(0, 'index'));
      const stored = readFileSync(join(folder, 'topic-0', index));
      const found = entries.map((_, at) => ({
        relativeOffset: stored.readInt32BE(at * 8),
        position: stored.readInt32BE(at * 8 + 4),
      }));
      expect(entries.length).toBeGreaterThan(10);
      expect(entries).toEqual(found);
      // Behind the last entry there is none, or the room of a segment that is still written.
      expect(stored.subarray(entries.length * 8).every((byte) => byte === 0)).toBe(true);
      const log = readFileSync(join(folder, 'topic-0', segmentName(0, 'log')));
      for (const { firstOffset, position } of batches) expect(Number(log.readBigInt64BE(position))).toBe(firstOffset);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('lookUp()', () => {
  const layout = layOutSegment(
    100,
    [3, 3, 3, 3, 3].map((records) => ({ records, bytes: 3000 })),
    4096,
  );

  test('begins where the index says and reads headers up to the offset', () => {
    expect(layout.entries).toEqual([
      { relativeOffset: 8, position: 6000 },
      { relativeOffset: 14, position: 12000 },
    ]);
    const { entry, read } = lookUp(layout, 110);
    expect(entry?.position).toBe(6000);
    expect(read.map(({ firstOffset }) => firstOffset)).toEqual([106, 109]);
  });

  test('begins with the file before the first entry', () => {
    expect(lookUp(layout, 107)).toMatchObject({
      entry: null,
      read: [{ position: 0 }, { position: 3000 }, { position: 6000 }],
    });
  });

  test('refuses what the segment does not hold', () => {
    expect(() => lookUp(layout, 99)).toThrow('Cannot look up offset 99: the segment holds 100 to 114');
    expect(() => lookUp(layout, 115)).toThrow(RangeError);
  });
});
