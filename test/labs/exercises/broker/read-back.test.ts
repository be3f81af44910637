import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { layoutOf, logBytes, segmentName } from '#learn/segment/layout.ts';
import { produceBatches } from '../../../../labs/exercises/broker/batches.ts';
import { readBack } from '../../../../labs/exercises/broker/read-back.ts';

const folder = mkdtempSync(join(tmpdir(), 'zc-read-back-'));
afterAll(() => rmSync(folder, { recursive: true }));

const shapes = Array.from({ length: 40 }, (_, at) => ({ records: 1 + (at % 3), valueBytes: 200 }));

test('readBack() finds every batch, and makes the index that the layout has', () => {
  const { bytes } = produceBatches(shapes);
  const layout = layoutOf(bytes, 1000);
  writeFileSync(join(folder, segmentName(1000, 'log')), logBytes(bytes, layout));
  const offsets = layout.batches.map(({ lastOffset }) => lastOffset);
  const seen = readBack(folder, offsets);
  expect(seen).toMatchObject({ startOffset: 1000, endOffset: layout.endOffset, bytes: bytes.length });
  expect(seen.found.map(({ position }) => position)).toEqual(layout.batches.map(({ position }) => position));
  expect(layout.index.length).toBeGreaterThan(2);
  expect(seen.index).toEqual(layout.index);
});

test('readBack() keeps only what lies before a batch whose CRC is wrong', () => {
  const { bytes } = produceBatches(shapes);
  const layout = layoutOf(bytes, 1000);
  const log = logBytes(bytes, layout);
  const { position = 0 } = layout.batches[5] ?? {};
  log.writeUInt8(log.readUInt8(position + 30) ^ 1, position + 30);
  writeFileSync(join(folder, segmentName(1000, 'log')), log);
  expect(readBack(folder, []).bytes).toBe(position);
});
