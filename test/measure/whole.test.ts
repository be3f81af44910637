import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Mapping, OffsetCell, open, recv, socketPair } from '#libc';
import { given, preadWhole, readWhole, sendfileWhole, writeWhole } from '#measure/whole.ts';

const text = 'all of it and nothing else';

test('all bytes go, whichever way, and a file that is too short is told', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zc-whole-'));
  try {
    writeFileSync(join(folder, 'file'), text);
    using file = open(join(folder, 'file'));
    using memory = Mapping.anonymous(100);
    using cell = new OffsetCell();
    const [one, other] = socketPair();
    using from = one;
    using to = other;
    const read = () => memory.view().toString('latin1', 0, text.length);

    expect(readWhole(file.fd, memory.address, text.length)).toBe(1);
    expect(read()).toBe(text);
    memory.view().fill(0);
    expect(preadWhole(file.fd, memory.address, 5, 4)).toBe(1);
    expect(memory.view().toString('latin1', 0, 5)).toBe(text.slice(4, 9));
    preadWhole(file.fd, memory.address, text.length, 0);
    expect(writeWhole(from.fd, memory.address, text.length)).toBe(1);
    expect(sendfileWhole(from.fd, file.fd, cell, 3, 6)).toBe(1);
    expect(recv(to.fd, memory.address, text.length)).toBe(text.length);
    expect(recv(to.fd, memory.address, 100)).toBe(6);
    expect(memory.view().toString('latin1', 0, 6)).toBe(text.slice(3, 9));

    expect(() => readWhole(file.fd, memory.address, 1)).toThrow('the file is shorter than expected');
    expect(() => sendfileWhole(from.fd, file.fd, cell, 3, 60)).toThrow('Cannot sendfile all bytes');
    expect(() => writeWhole(file.fd, memory.address, 1)).toThrow('EBADF');
    expect(() => given('open', -2)).toThrow('ENOENT');
    expect(given('open', 0)).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
