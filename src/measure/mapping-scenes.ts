/** Scenes of small files, by calls and through mappings: who sees a change, who is refused, who is interrupted. */
import { rmSync } from 'node:fs';
import { Mapping, mapFile, O_RDWR, open, pageSize, unmap } from '#libc';
import { tlbShootdowns } from '#machine/shootdowns.ts';
import { findLastByte, makeLastByteFile } from './last-byte-file.ts';
import { SecondThread } from './second-thread.ts';
import { warm } from './source-file.ts';
import type { PreparedTask } from './task.ts';
import { touch } from './touching.ts';
import { given, preadWhole } from './whole.ts';

/** By read(2) and its like, or through a mapping. */
export type By = 'read' | 'mmap';

/** How often a page is looked at: enough for 5 ms. */
const LOOKS = 16_000;

/**
 * Somebody cuts the file to its first bytes, and its reader goes on behind the new end.
 * `zeroBytes` of the last page were something else before; `busErrors` 1: SIGBUS ended the reader.
 */
export function cutIt(by: By, path: string): PreparedTask {
  const bytes = 2 * pageSize();
  remake(path, bytes);
  return {
    run() {
      const { zeroBytes, readBytes, signal } = touch(by === 'mmap' ? 'map-cut' : 'read-cut', path);
      const extra = { zeroBytes, busErrors: Number(signal === 'SIGBUS') };
      return { bytes, check: `${readBytes} bytes behind the end`, extra };
    },
    [Symbol.dispose]() {},
  };
}

/**
 * The program reaches for an address in the kernel's half. `kernelBytes` came from there; `refused` 1: none, and the call
 * failed or SIGSEGV ended it.
 */
export function reachKernel(by: By, path: string): PreparedTask {
  const bytes = 2 * pageSize();
  remake(path, bytes);
  return {
    run() {
      const { readBytes, signal } = touch(by === 'mmap' ? 'map-kernel' : 'read-kernel', path);
      const refused = readBytes === 0 && (by === 'read' || signal === 'SIGSEGV');
      return { bytes, check: 'reached', extra: { kernelBytes: readBytes, refused: Number(refused) } };
    },
    [Symbol.dispose]() {},
  };
}

/**
 * The program overwrites a page that it has before it, a buffer or a mapping, without any call; then the file is read by
 * another descriptor. `seenBytes` of the change are there.
 */
export function changeIt(by: By, path: string): PreparedTask {
  const bytes = pageSize();
  remake(path, bytes);
  const [file, other] = [open(path, O_RDWR), open(path)];
  const own = by === 'mmap' ? Mapping.ofFile(file.fd, 0, bytes, true) : Mapping.anonymous(bytes);
  const seen = Mapping.anonymous(bytes);
  if (by === 'read') preadWhole(file.fd, own.address, bytes, 0);
  return {
    run() {
      own.view().fill(0);
      preadWhole(other.fd, seen.address, bytes, 0);
      // Its last byte was zero before.
      const seenBytes = seen.view().filter((byte, at) => byte === 0 && at < bytes - 1).length;
      return { bytes, check: 'changed', extra: { seenBytes } };
    },
    [Symbol.dispose]() {
      for (const one of [own, seen, file, other]) one[Symbol.dispose]();
    },
  };
}

/** Looks at one page again and again, by pread or by a mapping that comes and goes. `shootdowns`: of other CPUs. */
export async function comeAndGo(by: By, path: string, threads: 1 | 2): Promise<PreparedTask> {
  const page = pageSize();
  warm(path);
  tlbShootdowns();
  const thread = threads === 2 ? await SecondThread.start() : null;
  const [file, buffer] = [open(path), Mapping.anonymous(page)];
  return {
    run() {
      const before = tlbShootdowns();
      let found = 0;
      for (let look = 0; look < LOOKS; look++) {
        if (by === 'read') {
          preadWhole(file.fd, buffer.address, page, 0);
          found += findLastByte(buffer.address, page);
        } else {
          const address = given('mmap', mapFile(file.fd, 0, page));
          found += findLastByte(address, page);
          unmap(address, page);
        }
      }
      const shootdowns = tlbShootdowns() - before;
      return { bytes: page * LOOKS, check: String(found), extra: { shootdowns, operations: LOOKS } };
    },
    [Symbol.dispose]() {
      for (const one of [file, buffer, thread]) one?.[Symbol.dispose]();
    },
  };
}

function remake(path: string, bytes: number): void {
  rmSync(path, { force: true });
  makeLastByteFile(path, bytes, 1);
}
