import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fadvise, fileAdvice, fsync, Mapping, O_RDWR, open, pageSize, pread, Residency, residentPages } from '#libc';

const folder = mkdtempSync(join(tmpdir(), 'zc-residency-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('Residency', () => {
  test('tells what is in memory from what is on the disk, to the page', ({ skip }) => {
    const page = pageSize();
    const path = join(folder, 'file');
    writeFileSync(path, Buffer.alloc(64 * page, 'A'));
    using file = open(path, O_RDWR);
    using residency = new Residency();
    expect(residency.resident(file.fd, 0, 64 * page)).toBe(true);
    fsync(file.fd);
    fadvise(file.fd, fileAdvice.dontNeed);
    if (residentPages(file.fd) > 0) skip('this file system keeps its pages');
    expect(residency.resident(file.fd, 0, 1)).toBe(false);
    expect(residency.resident(file.fd, 10 * page, 20 * page)).toBe(false);
    fadvise(file.fd, fileAdvice.random);
    using memory = Mapping.anonymous(page);
    pread(file.fd, memory.address, page, 10 * page);
    expect(residency.resident(file.fd, 10 * page, page)).toBe(true);
    expect(residency.resident(file.fd, 10 * page + 100, page)).toBe(false);
    expect(residency.resident(file.fd, 10 * page - 1, 2)).toBe(false);
  });
});
