import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { mapped } from '#broker/fetch/mapped.ts';
import { recvBytes, socketPair } from '#libc';

const folder = mkdtempSync(join(tmpdir(), 'zc-mapped-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Mappings of files in the folder that this process has now. */
const mappings = () =>
  readFileSync('/proc/self/maps', 'utf8')
    .split('\n')
    .filter((line) => line.includes(folder)).length;

describe('mapped()', () => {
  it('maps a file once for all connections, anew when it has grown a lot, and no more than 64 files', () => {
    const [a, b] = socketPair();
    using near = a;
    using far = b;
    const path = mapped();
    const senders = [path.open(near), path.open(near)];
    const got = Buffer.alloc(5);
    const send = (name: string, position: number, sender = 0) => {
      const file = join(folder, name);
      const fd = openSync(file, 'r');
      const slice = { fd, position, bytes: 5, behind: 0, path: file, release() {} };
      expect(senders[sender]!.step(slice, 0, 5)).toBe(5);
      closeSync(fd);
      expect(recvBytes(far.fd, got)).toBe(5);
      return got.toString();
    };
    writeFileSync(join(folder, 'log'), 'first');
    expect(send('log', 0)).toBe('first');
    expect(send('log', 0, 1)).toBe('first');
    expect(mappings()).toBe(1);
    writeFileSync(join(folder, 'log'), Buffer.concat([Buffer.alloc(2 ** 27), Buffer.from('later')]));
    expect(send('log', 2 ** 27)).toBe('later');
    expect(mappings()).toBe(1);
    for (let count = 0; count < 70; count++) {
      writeFileSync(join(folder, `f${count}`), `${10_000 + count}`);
      expect(send(`f${count}`, 0)).toBe(`${10_000 + count}`);
    }
    expect(mappings()).toBe(64);
    for (const sender of senders) sender[Symbol.dispose]();
    path[Symbol.dispose]();
    expect(mappings()).toBe(0);
  });
});
