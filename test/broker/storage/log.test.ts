import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Log } from '../../../src/broker/storage/log.ts';
import type { Slice } from '../../../src/broker/storage/slice.ts';
import { uniform } from '../../fixtures/random.ts';
import { batch, randomBatches } from './batches.ts';
import { batchOf } from './records.ts';

let root = '';
let folder = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'zc-log-'));
  folder = join(root, 'topic-0');
});
afterEach(() => rmSync(root, { recursive: true }));

const small = { segmentBytes: 20_000, segmentIndexBytes: 4096, indexIntervalBytes: 1000 };

interface Kept {
  readonly baseOffset: bigint;
  readonly lastOffset: bigint;
  readonly bytes: Buffer;
}

/** Appends batches of a seed. @returns them as they were stored */
function fill(log: Log, count: number, seed = 1): Kept[] {
  const batches = randomBatches(seed);
  return Array.from({ length: count }, () => {
    const bytes = batches.next().value as Buffer;
    const { baseOffset, lastOffset } = log.append(bytes);
    return { baseOffset, lastOffset, bytes };
  });
}

/** Bytes of a slice, read by its descriptor. */
function bytesOf({ fd, position, bytes }: Slice): Buffer {
  const into = Buffer.alloc(bytes);
  expect(readSync(fd, into, 0, bytes, position)).toBe(bytes);
  return into;
}

/** What one read gives. */
function readAt(log: Log, offset: bigint, maxBytes: number, atLeastOne = true): Buffer {
  const slices = log.read(offset, maxBytes, { atLeastOne });
  const bytes = Buffer.concat(slices.map(bytesOf));
  for (const slice of slices) slice.release();
  return bytes;
}

/** Expects that every batch is found by its first, its last and one offset between. */
function expectAll(log: Log, kept: readonly Kept[]): void {
  for (const { baseOffset, lastOffset, bytes } of kept) {
    for (const offset of [baseOffset, (baseOffset + lastOffset) / 2n, lastOffset]) {
      expect(readAt(log, offset, 1).equals(bytes)).toBe(true);
    }
  }
}

/** The folder as a crash leaves it: a copy taken while the log is open. */
function crashed(name: string): string {
  const copy = join(root, name);
  mkdirSync(copy);
  for (const file of readdirSync(folder)) copyFileSync(join(folder, file), join(copy, file));
  return copy;
}

const logsIn = (path: string) => readdirSync(path).filter((file) => /\d\.log$/.test(file));

describe('append()', () => {
  test('gives offsets without a gap, writes them into the batches and changes nothing else', () => {
    using log = Log.open(folder);
    const one = batch({ records: 3 });
    const two = batch({ records: 2 });
    const both = Buffer.concat([one, two]);
    expect(log.append(batch({ records: 10 }))).toEqual({ baseOffset: 0n, lastOffset: 9n, logAppendTime: -1n });
    expect(log.append(both)).toEqual({ baseOffset: 10n, lastOffset: 14n, logAppendTime: -1n });
    expect([log.startOffset, log.endOffset]).toEqual([0n, 15n]);
    expect(both.readBigInt64BE(0)).toBe(10n);
    expect(both.readBigInt64BE(one.length)).toBe(13n);
    expect(readAt(log, 10n, 1000).equals(both)).toBe(true);
    expect(both.subarray(16, one.length)).toEqual(one.subarray(16));
  });

  test('writes nothing of a request of which one batch is wrong', () => {
    using log = Log.open(folder);
    const wrong = batch();
    wrong[70]! ^= 1;
    expect(() => log.append(Buffer.concat([batch(), wrong]))).toThrow('its CRC-32C is');
    expect([log.endOffset, statSync(join(folder, '00000000000000000000.log')).size]).toEqual([0n, 0]);
  });

  test('refuses what no segment holds', () => {
    using log = Log.open(folder, { segmentBytes: 2000, maxMessageBytes: 1500 });
    expect(() => log.append(batch({ body: Buffer.alloc(1500) }))).toThrow('max.message.bytes is 1500');
    const list = Buffer.concat([batch({ body: Buffer.alloc(1400) }), batch({ body: Buffer.alloc(1400) })]);
    expect(() => log.append(list)).toThrow(
      'Cannot append 2922 bytes with 2 records at once: a segment holds 2000 bytes',
    );
    const many = Buffer.concat([batch({ records: 2 ** 31 - 1 }), batch({ records: 2 })]);
    expect(() => log.append(many)).toThrow('2147483649 records at once');
    expect(log.endOffset).toBe(0n);
  });

  test('takes arrays that are no Buffer, and parts of them', () => {
    using log = Log.open(folder);
    const bytes = new Uint8Array([9, 9, ...batch(), 9]).subarray(2, -1);
    expect(log.append(bytes).lastOffset).toBe(0n);
    expect(readAt(log, 0n, 1).equals(bytes)).toBe(true);
  });

  test('rolls by size, by a full index and where relative offsets end', () => {
    using bySize = Log.open(folder, { segmentBytes: 1024 });
    for (let count = 0; count < 25; count++) bySize.append(batch());
    expect(logsIn(folder)).toEqual([0, 12, 24].map((base) => `${String(base).padStart(20, '0')}.log`));

    using byIndex = Log.open(join(root, 'index-0'), { segmentIndexBytes: 36, indexIntervalBytes: 0 });
    for (let count = 0; count < 9; count++) byIndex.append(batch({ baseTimestamp: BigInt(count) }));
    // Three entries of time fit into 36 bytes, and one is kept: the fourth batch finds the index full.
    expect(logsIn(join(root, 'index-0')).map(Number.parseFloat)).toEqual([0, 3, 6]);

    using byOffset = Log.open(join(root, 'offset-0'));
    for (let count = 0; count < 3; count++) byOffset.append(batch({ records: 2 ** 30 }));
    expect(logsIn(join(root, 'offset-0')).map(Number.parseFloat)).toEqual([0, 2 ** 31]);
    expect(readAt(byOffset, 2n ** 31n, 1).readBigInt64BE(0)).toBe(2n ** 31n);
  });
});

describe('read()', () => {
  test('gives one segment up to maxBytes, cut wherever that is', () => {
    using log = Log.open(folder, { segmentBytes: 1024 });
    const all = Buffer.concat(Array.from({ length: 12 }, () => append(log)));
    const later = append(log);
    expect(readAt(log, 0n, 100).equals(all.subarray(0, 100))).toBe(true);
    expect(readAt(log, 3n, 5000).equals(all.subarray(3 * 81))).toBe(true);
    expect(readAt(log, 12n, 5000).equals(later)).toBe(true);
  });

  test('begins with the batch that holds an offset, of whatever size batches are', () => {
    using log = Log.open(folder, { indexIntervalBytes: 100 });
    const next = uniform(11);
    const held: { first: bigint; last: bigint; position: number }[] = [];
    let position = 0;
    for (let made = 0; made < 400; made++) {
      // Of some tens of bytes, of some hundreds, and in turns: entries of the index lie near each other, and far apart.
      const body = Buffer.alloc(1 + Math.floor(next() * (made % 100 < 50 ? 30 : 900)));
      const bytes = batch({ records: 1 + Math.floor(next() * 5), body });
      const { baseOffset, lastOffset } = log.append(bytes);
      held.push({ first: baseOffset, last: lastOffset, position });
      position += bytes.length;
    }
    for (const { first, last, position } of held) {
      for (const offset of [first, last]) {
        const [slice] = log.read(offset, 1000, { atLeastOne: false });
        expect(slice?.position, `offset ${offset}`).toBe(position);
        slice?.release();
      }
    }
  });

  test('gives the first batch whole when it must, and less when it need not', () => {
    using log = Log.open(folder);
    const bytes = append(log);
    expect(readAt(log, 0n, 1).equals(bytes)).toBe(true);
    expect(readAt(log, 0n, 0).equals(bytes)).toBe(true);
    expect(readAt(log, 0n, 10, false).equals(bytes.subarray(0, 10))).toBe(true);
    expect(log.read(0n, 0, { atLeastOne: false })).toEqual([]);
  });

  test('gives less when the range is to be shortened, but a first batch whole', () => {
    using log = Log.open(folder);
    const all = Buffer.concat([append(log), append(log)]);
    const read = (to: number, atLeastOne = true) =>
      log.read(0n, 1000, {
        atLeastOne,
        shorten: ({ position, bytes }) => {
          expect({ position, bytes }).toEqual({ position: 0, bytes: all.length });
          return to;
        },
      });
    const lengths = [read(100), read(10), read(10, false)].map((slices) => {
      for (const slice of slices) slice.release();
      return slices.map(({ bytes }) => bytes);
    });
    expect(lengths).toEqual([[100], [all.length / 2], [10]]);
  });

  test('gives nothing at the end and refuses what is outside', () => {
    using log = Log.open(folder);
    expect(log.read(0n, 10, { atLeastOne: true })).toEqual([]);
    append(log);
    expect(log.read(1n, 10, { atLeastOne: true })).toEqual([]);
    const sentence = 'the log goes from 0 to 1';
    expect(() => log.read(2n, 1, { atLeastOne: true })).toThrow(`Cannot read from offset 2: ${sentence}`);
    expect(() => log.read(-1n, 1, { atLeastOne: true })).toThrow(sentence);
  });
});

describe('offsetFor()', () => {
  test('finds the first record that is not older, in whichever segment, also of times that go back', () => {
    using log = Log.open(folder, { segmentBytes: 3000, indexIntervalBytes: 300 });
    const next = uniform(4);
    const times: bigint[] = [];
    for (let count = 0; count < 120; count++) {
      const timestamp = BigInt(1000 + count * 20 + Math.floor(next() * 70));
      const later = timestamp + BigInt(Math.floor(next() * 30));
      log.append(batchOf([timestamp, later].map((one) => ({ timestamp: one, value: Buffer.alloc(40) })) as never));
      times.push(timestamp, later);
    }
    expect(logsIn(folder).length).toBeGreaterThan(5);
    for (let asked = 900n; asked < 3700n; asked += 7n) {
      const first = times.findIndex((time) => time >= asked);
      const expected = first < 0 ? null : { timestamp: times[first], offset: BigInt(first) };
      expect(log.offsetFor(asked)).toEqual(expected);
    }
  });

  test('finds nothing in an empty log and among records without a time', () => {
    using log = Log.open(folder);
    expect(log.offsetFor(0n)).toBeNull();
    log.append(batch({ baseTimestamp: -1n }));
    expect(log.offsetFor(0n)).toBeNull();
  });
});

describe('retention', () => {
  test('removes the oldest segments, whose slices stay readable until they are released', () => {
    using log = Log.open(folder, { segmentBytes: 1024, retentionBytes: 2000 });
    const first = append(log);
    const [slice] = log.read(0n, 1, { atLeastOne: true }) as [Slice];
    for (let count = 0; count < 60; count++) append(log);
    // Looked at when a segment is rolled: two of 972 bytes would be too few, so three stay, and the new one.
    expect(log.startOffset).toBe(24n);
    expect(logsIn(folder)).toHaveLength(4);
    expect(readdirSync(folder)).toHaveLength(12);
    expect(existsSync(slice.path)).toBe(false);
    expect(bytesOf(slice).equals(first)).toBe(true);
    slice.release();
    slice.release();
    expect(() => readSync(slice.fd, Buffer.alloc(1), 0, 1, 0)).toThrow('EBADF');
    expect(() => log.read(23n, 1, { atLeastOne: true })).toThrow('the log goes from 24 to 61');
  });

  test('does not mind a segment that somebody else has removed', () => {
    using log = Log.open(folder, { segmentBytes: 1024, retentionBytes: 2000 });
    for (let count = 0; count < 40; count++) append(log);
    for (const file of readdirSync(folder)) if (file.includes('00000012.')) rmSync(join(folder, file));
    for (let count = 0; count < 40; count++) append(log);
    expect(log.startOffset).toBe(36n);
  });

  test('a slice outlives the log', () => {
    const log = Log.open(folder);
    const bytes = append(log);
    const [slice] = log.read(0n, 1, { atLeastOne: true }) as [Slice];
    log[Symbol.dispose]();
    expect(bytesOf(slice).equals(bytes)).toBe(true);
    slice.release();
  });
});

describe('open()', () => {
  test.each([1, 2, 3])('gives the same after a clean stop, seed %i', (seed) => {
    let kept: Kept[] = [];
    {
      using log = Log.open(folder, small);
      kept = fill(log, 100, seed);
      expectAll(log, kept);
    }
    const before = contents(folder);
    using log = Log.open(folder, small, 'nothing');
    expectAll(log, kept);
    expect(log.endOffset).toBe(kept.at(-1)!.lastOffset + 1n);
    kept.push(...fill(log, 30, seed + 100));
    expectAll(log, kept);
    for (const [name, bytes] of before.slice(0, -3)) expect(readFileSync(join(folder, name)).equals(bytes)).toBe(true);
  });

  test.each([1, 2, 3])('gives the same after a crash, and indexes like those that were written, seed %i', (seed) => {
    const log = Log.open(folder, small);
    const kept = fill(log, 100, seed);
    const copy = crashed('crashed');
    log[Symbol.dispose]();
    {
      using recovered = Log.open(copy, small);
      expectAll(recovered, kept);
    }
    expect(contents(copy)).toEqual(contents(folder));
    // All indexes anew, as after a disk lost them.
    for (const file of readdirSync(copy)) if (file.endsWith('index')) rmSync(join(copy, file));
    Log.open(copy, small, 0n)[Symbol.dispose]();
    expect(contents(copy)).toEqual(contents(folder));
  });

  test('comes back to the batch before, wherever the last one is cut', () => {
    const log = Log.open(folder, small);
    fill(log, 4);
    const last = { bytes: batch({ records: 3 }), baseOffset: log.endOffset };
    log.append(last.bytes);
    const copy = crashed('cut');
    log[Symbol.dispose]();
    const file = join(copy, '00000000000000000000.log');
    const whole = readFileSync(file);
    for (let bytes = whole.length - last.bytes.length; bytes < whole.length; bytes++) {
      writeFileSync(file, whole.subarray(0, bytes));
      using recovered = Log.open(copy, small);
      expect(recovered.endOffset).toBe(last.baseOffset);
      expect(statSync(file).size).toBe(whole.length - last.bytes.length);
    }
  });

  test('cuts at a batch whose bytes are others, and goes on from there', () => {
    const log = Log.open(folder, { segmentBytes: 100_000 });
    const kept = fill(log, 20);
    const next = uniform(9);
    for (let tries = 0; tries < 20; tries++) {
      const copy = crashed(`bit-${tries}`);
      const file = join(copy, '00000000000000000000.log');
      const bytes = readFileSync(file);
      const at = Math.floor(next() * bytes.length);
      // Base offset and epoch are the broker's own, outside of the checksum.
      const broken = kept.findLast(({ baseOffset }) => positionOf(kept, baseOffset) <= at)!;
      if (at - positionOf(kept, broken.baseOffset) < 16) continue;
      bytes[at]! ^= 1 << Math.floor(next() * 8);
      writeFileSync(file, bytes);
      using recovered = Log.open(copy, { segmentBytes: 100_000 });
      expect(recovered.endOffset).toBe(broken.baseOffset);
      expect(recovered.append(batch()).baseOffset).toBe(broken.baseOffset);
      expectAll(recovered, kept.slice(0, kept.indexOf(broken)));
    }
    log[Symbol.dispose]();
  });

  test.each<[string, (bytes: Buffer) => void]>([
    ['goes backwards', (bytes) => bytes.writeBigInt64BE(0n, 81)],
    ['is out of reach of an index', (bytes) => bytes.writeBigInt64BE(2n ** 40n, 81)],
    ['is negative', (bytes) => bytes.writeBigInt64BE(-5n, 81)],
  ])('cuts at an offset that %s', (_, change) => {
    const file = join(folder, '00000000000000000000.log');
    {
      using log = Log.open(folder);
      append(log);
      append(log);
    }
    const bytes = readFileSync(file);
    change(bytes);
    writeFileSync(file, bytes);
    using log = Log.open(folder);
    expect(log.endOffset).toBe(1n);
  });

  test('takes what lies behind a broken batch away, also whole segments, when all is recovered', () => {
    {
      using log = Log.open(folder, { segmentBytes: 1024 });
      for (let count = 0; count < 40; count++) append(log);
    }
    const file = join(folder, '00000000000000000012.log');
    const bytes = readFileSync(file);
    bytes[81 * 3 + 70]! ^= 1;
    writeFileSync(file, bytes);
    using log = Log.open(folder, { segmentBytes: 1024 }, 0n);
    expect(log.endOffset).toBe(15n);
    expect(readdirSync(folder)).toHaveLength(6);
  });

  test('makes an index anew that cannot be right, without a crash', () => {
    {
      using log = Log.open(folder, small);
      fill(log, 60);
    }
    const right = contents(folder);
    const index = join(folder, '00000000000000000000.index');
    const bytes = readFileSync(index);
    const tail = bytes.length - 8;
    for (const wrong of [Buffer.alloc(80), Buffer.from(bytes).fill(0x7f, tail + 4), Buffer.from(bytes).fill(0, tail)]) {
      writeFileSync(index, wrong);
      Log.open(folder, small, 'nothing')[Symbol.dispose]();
      expect(contents(folder)).toEqual(right);
    }
    truncateSync(join(folder, '00000000000000000000.timeindex'), 0);
    Log.open(folder, small, 'nothing')[Symbol.dispose]();
    expect(contents(folder)).toEqual(right);
  });

  test('recovers what is shorter than it was, also when it was closed whole', () => {
    {
      using log = Log.open(folder, { segmentBytes: 1024 });
      for (let count = 0; count < 30; count++) append(log);
    }
    truncateSync(join(folder, '00000000000000000024.log'), 3 * 81 + 20);
    {
      using log = Log.open(folder, { segmentBytes: 1024 }, 'nothing');
      expect(log.endOffset).toBe(27n);
      expect(log.append(batch()).baseOffset).toBe(27n);
    }
    // In an older segment, what lies behind it would be behind a hole.
    truncateSync(join(folder, '00000000000000000012.log'), 81 + 20);
    using log = Log.open(folder, { segmentBytes: 1024 }, 'nothing');
    expect([log.endOffset, logsIn(folder).length]).toEqual([13n, 2]);
  });

  test('removes indexes whose log is gone, and leaves alone what is not its own', () => {
    mkdirSync(folder);
    for (const file of ['00000000000000000007.index', '00000000000000000007.timeindex', 'leader-epoch-checkpoint'])
      writeFileSync(join(folder, file), 'x');
    using log = Log.open(folder);
    expect(log.startOffset).toBe(0n);
    expect(readdirSync(folder).toSorted()).toEqual([
      '00000000000000000000.index',
      '00000000000000000000.log',
      '00000000000000000000.timeindex',
      'leader-epoch-checkpoint',
    ]);
  });

  test('says what it cannot open, and which setting cannot be', () => {
    writeFileSync(folder, 'a file');
    expect(() => Log.open(folder)).toThrow(/Cannot open the log in '.*topic-0': EEXIST/);
    expect(() => Log.open(folder, { segmentBytes: 1 })).toThrow(
      'Cannot use segmentBytes 1: expected a whole number from',
    );
    expect(() => Log.open(folder, { flushMs: 0.5 })).toThrow('Cannot use flushMs 0.5');
    expect(() => Log.open(folder, { retentionBytes: Number.NaN })).toThrow('Cannot use retentionBytes NaN');
  });
});

/** Appends one small batch of 81 bytes. @returns it as it is stored */
function append(log: Log): Buffer {
  const bytes = batch();
  log.append(bytes);
  return bytes;
}

function positionOf(kept: readonly Kept[], baseOffset: bigint): number {
  return kept.filter((one) => one.baseOffset < baseOffset).reduce((sum, { bytes }) => sum + bytes.length, 0);
}

function contents(path: string): (readonly [string, Buffer])[] {
  return readdirSync(path)
    .toSorted()
    .map((name) => [name, readFileSync(join(path, name))]);
}
