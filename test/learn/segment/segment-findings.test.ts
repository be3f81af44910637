import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { indexBytes, layoutOf, logBytes, segmentName } from '#learn/segment/layout.ts';
import { indexFinding, logFinding, segmentFindings } from '#learn/segment/segment-findings.ts';
import { batches } from './batches.ts';

const folder = mkdtempSync(join(tmpdir(), 'zc-segment-'));
afterAll(() => rmSync(folder, { recursive: true }));

const produced = batches([2, 4100], [3, 80], [1, 5000], [4, 90]);
const layout = layoutOf(produced, 50);
const right = logBytes(produced, layout);

function changed(change: (log: Buffer) => void) {
  const log = Buffer.from(right);
  change(log);
  return logFinding(log, produced, layout, {});
}

test('logFinding() accepts the batches with their offsets, whatever the leader epoch', () => {
  expect(changed(() => {})).toBeNull();
  expect(changed((log) => log.writeInt32BE(0, 12))).toBeNull();
});

test('logFinding() says which batch is wrong, and in what', () => {
  expect(changed((log) => log.writeBigInt64BE(51n, 4100))).toEqual({
    code: 'segment-offset',
    args: { batch: 2, of: 4, position: 4100, expected: 52, found: '51' },
  });
  for (const at of [10, 17, 25, 4099])
    expect(changed((log) => log.writeUInt8(log.readUInt8(at) ^ 1, at))).toMatchObject({
      code: 'segment-changed',
      args: { batch: 1, position: 0 },
    });
});

test('logFinding() finds a log that is too short or too long', () => {
  const { length } = produced;
  for (const [log, found] of [
    [right.subarray(0, 4150), 4150],
    [Buffer.concat([right, Buffer.alloc(1)]), length + 1],
    [Buffer.alloc(0), 0],
  ] as const)
    expect(logFinding(log, produced, layout, {})).toEqual({ code: 'segment-size', args: { expected: length, found } });
});

test('indexFinding() says which entry is wrong, or how many bytes there are', () => {
  const index = indexBytes(layout);
  expect(indexFinding(index, layout, {})).toBeNull();
  const wrong = Buffer.from(index);
  wrong.writeInt32BE(4180, 4);
  expect(indexFinding(wrong, layout, {})).toEqual({
    code: 'index-entry',
    args: { entry: 1, relative: 4, position: 4180, expectedRelative: 4, expectedPosition: 4100 },
  });
  for (const bytes of [Buffer.alloc(0), Buffer.concat([index, Buffer.alloc(8)]), index.subarray(0, 13)])
    expect(indexFinding(bytes, layout, {})).toEqual({
      code: 'index-size',
      args: { expected: index.length, found: bytes.length },
    });
});

test('segmentFindings() wants both files, by name, and then what is in them', () => {
  const find = () => segmentFindings(folder, produced, layout, {}).map(({ code, args }) => [code, args.found]);
  const [log, index] = [join(folder, segmentName(50, 'log')), join(folder, segmentName(50, 'index'))];
  expect(find()).toEqual([['segment-name', '']]);
  writeFileSync(join(folder, '50.log'), right);
  expect(find()).toEqual([['segment-name', '50.log']]);
  renameSync(join(folder, '50.log'), log);
  expect(find()).toEqual([['segment-name', '']]);
  writeFileSync(index, '');
  expect(find()).toEqual([['index-size', 0]]);
  writeFileSync(index, indexBytes(layout));
  expect(find()).toEqual([]);
});
