/** Ways to copy a file on the same file system: system calls by hand, and what Node offers. */
import { copyFileSync, cpSync, createReadStream, createWriteStream, fstatSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import {
  cloneFile,
  copyFileRange,
  type Descriptor,
  EINTR,
  Mapping,
  O_CREAT,
  O_RDWR,
  OffsetCell,
  open,
  read,
  SyscallError,
  sendfile,
  statfs,
  write,
} from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { MAX_CALL_BYTES } from '#model/paths/path.ts';

/** Calls that were made, by name. */
export type CopyCalls = Readonly<Record<string, number>>;

/** Copies a whole file to a path where nothing is. @returns its calls; null where only a trace knows them */
export type FileCopy = (from: string, to: string) => CopyCalls | null | Promise<CopyCalls | null>;

const CHUNK_BYTES = 64 * 1024;

/** All ways, by variant. */
export const fileCopies = {
  'read-write': byHand((from, to, size) => {
    using buffer = Mapping.anonymous(CHUNK_BYTES);
    const calls = { read: 0, write: 0 };
    for (let done = 0; done < size; ) {
      calls.read++;
      const got = checked('read', read(from, buffer.address, CHUNK_BYTES));
      for (let put = 0; put < got; calls.write++) put += checked('write', write(to, buffer.address + put, got - put));
      done += got;
    }
    return calls;
  }),

  sendfile: byHand((from, to, size) => {
    using cell = new OffsetCell();
    cell.set(0);
    let calls = 0;
    for (let done = 0; done < size; calls++) done += checked('sendfile', sendfile(to, from, cell, MAX_CALL_BYTES));
    return { sendfile: calls };
  }),

  'copy-file-range': byHand((from, to, size) => {
    using here = new OffsetCell();
    using there = new OffsetCell();
    here.set(0);
    there.set(0);
    let calls = 0;
    for (let done = 0; done < size; calls++)
      done += checked('copy_file_range', copyFileRange(from, here, to, there, MAX_CALL_BYTES));
    return { copy_file_range: calls };
  }),

  clone: byHand((from, to) => {
    const result = cloneFile(to, from);
    if (result < 0) {
      const cause = new SyscallError('ioctl(FICLONE)', -result);
      const { fileSystem } = statfs(`/proc/self/fd/${to}`);
      throw new CannotRunHere('no-reflink', { fileSystem, errno: cause.code }, { cause });
    }
    return { ioctl: 1 };
  }),

  'node-copy-file': (from, to) => {
    copyFileSync(from, to);
    return null;
  },

  'node-cp': (from, to) => {
    cpSync(from, to);
    return null;
  },

  'node-stream': async (from, to) => {
    await pipeline(createReadStream(from), createWriteStream(to));
    return null;
  },
} satisfies Record<string, FileCopy>;

/** Opens both files around a copy by system calls. */
function byHand(copy: (from: number, to: number, size: number) => CopyCalls): FileCopy {
  return (source, target) => {
    using from: Descriptor = open(source);
    using to: Descriptor = open(target, O_CREAT | O_RDWR);
    return copy(from.fd, to.fd, fstatSync(from.fd).size);
  };
}

function checked(call: string, result: number): number {
  if (result === -EINTR) return 0;
  if (result < 0) throw new SyscallError(call, -result);
  if (result === 0) throw new Error(`Cannot copy by ${call}: the file ended before its size was reached`);
  return result;
}
