import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BadRequest } from '#measure/lab.ts';
import { slicedFile, slicesOf } from '#measure/sliced-file.ts';
import { type MadeFile, makeSourceFile } from '#measure/source-file.ts';

const KiB = 1024;

describe('slicesOf()', () => {
  test('is null for a file that is sent as a whole', () => {
    expect(slicesOf({ link: 'tcp', chunk: 65_536 })).toBeNull();
  });

  test('is the chunk after its header', () => {
    const slices = { sliceBytes: 100, headerBytes: 60, offsetBytes: 0 };
    expect(slicesOf({ link: 'tcp', chunk: 100, headerBytes: 60 })).toEqual(slices);
    expect(slicesOf({ chunk: 100, headerBytes: 60, offsetBytes: 7 })).toEqual({ ...slices, offsetBytes: 7 });
    expect(() => slicesOf({ chunk: 'whole', headerBytes: 60 })).toThrow("found 'whole'");
  });
});

describe('slicedFile()', () => {
  let folder = '';
  let file: MadeFile;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'zc sliced '));
    file = makeSourceFile(folder, 200 * KiB, 3);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is every slice after its header', () => {
    const content = readFileSync(file.path);
    const hash = createHash('sha256');
    for (const offset of [9, 9 + 64 * KiB, 9 + 128 * KiB, 9 + 192 * KiB]) {
      hash.update(Buffer.alloc(5, 1)).update(content.subarray(offset, offset + 1000));
    }
    expect(slicedFile(file, { sliceBytes: 1000, headerBytes: 5, offsetBytes: 9 })).toEqual({
      path: file.path,
      bytes: 4 * 1005,
      sha256: hash.digest('hex'),
    });
  });

  test('asks for a longer file where none fits', () => {
    const slices = { sliceBytes: 256 * KiB, headerBytes: 5, offsetBytes: 9 };
    expect(() => slicedFile(file, slices)).toThrow(BadRequest);
    expect(() => slicedFile(file, slices)).toThrow(
      'Expected a --size of 256 KiB or more for answers of 256 KiB, found 200 KiB',
    );
  });
});
