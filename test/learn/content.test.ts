import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Content } from '#learn/content.ts';

function written(content: Content): { bytes: Buffer; blocks: number } {
  const folder = mkdtempSync(join(tmpdir(), 'zc-content-'));
  try {
    const path = join(folder, 'file');
    content.write(path);
    return { bytes: readFileSync(path), blocks: statSync(path).blocks };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('Content', () => {
  test('finds the one byte that is wrong, wherever a piece begins', () => {
    const content = Content.random(10_000);
    const { bytes } = written(content);
    expect(content.difference(0, bytes)).toBeNull();
    expect(content.difference(777, bytes.subarray(777, 5000))).toBeNull();
    bytes[4321] = (bytes[4321] as number) ^ 1;
    expect(content.difference(777, bytes.subarray(777))).toBe(4321);
  });

  test('is sparse between its stamps, and finds what is wrong in both', () => {
    const content = Content.sparse(64 * 2 ** 20, [0, 2 ** 25, 64 * 2 ** 20]);
    const { bytes, blocks } = written(content);
    expect(blocks * 512).toBeLessThan(2 ** 20);
    expect(content.difference(0, bytes)).toBeNull();
    expect(bytes.subarray(2 ** 25 - 2048, 2 ** 25).some((byte) => byte !== 0)).toBe(true);
    bytes[10_000_000] = 1;
    expect(content.difference(0, bytes)).toBe(10_000_000);
    bytes[10_000_000] = 0;
    bytes[2 ** 25 + 5] = (bytes[2 ** 25 + 5] as number) ^ 0x80;
    expect(content.difference(2 ** 20, bytes.subarray(2 ** 20))).toBe(2 ** 25 + 5);
  });

  test('begins with other bytes when it stands behind them', () => {
    const content = Content.random(1000);
    const { bytes } = written(content);
    const behind = content.behind(Buffer.from('head'));
    const stream = Buffer.concat([Buffer.from('head'), bytes]);
    expect(behind.difference(0, stream)).toBeNull();
    stream[2] = 0;
    expect(behind.difference(0, stream)).toBe(2);
    stream[500] = (stream[500] as number) ^ 1;
    expect(behind.difference(3, stream.subarray(3))).toBe(500);
  });

  test('has an inverse that differs in every byte', () => {
    const content = Content.random(5000);
    const { bytes } = written(content);
    expect(content.inverse().every((byte, at) => byte !== bytes[at])).toBe(true);
  });
});
