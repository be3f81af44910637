import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Mapping, pread, statfs } from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { openDirect } from '#machine/open-direct.ts';

test('openDirect() reads whole blocks, or says that this file system refuses', () => {
  const folder = mkdtempSync(join(homedir(), '.zc-direct-'));
  try {
    const path = join(folder, 'file');
    writeFileSync(path, Buffer.alloc(8192, 7), { flush: true });
    using file = openDirect(path, statfs(folder).fileSystem);
    using memory = Mapping.anonymous(4096);
    expect(pread(file.fd, memory.address, 4096, 4096)).toBe(4096);
    expect(memory.view()[4095]).toBe(7);
    expect(pread(file.fd, memory.address, 4096, 1)).toBeLessThan(0);
  } catch (error) {
    if (!(error instanceof CannotRunHere)) throw error;
    expect(error.code).toBe('unsupported-file-system');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('openDirect() throws what else goes wrong', () => {
  expect(() => openDirect('/nowhere/at/all', 'ext4')).toThrow('ENOENT');
});
