/** What the page cache holds: after writing, after a sendfile; and orders to go through a file in. */
import { cachestat, fstat, fsync, Mapping, O_RDWR, OffsetCell, open, pageSize, pwrite } from '#libc';
import { arrivingOnce, Drain } from './drain.ts';
import { randomFrom, shuffled } from './random.ts';
import { evict, residence } from './source-file.ts';
import type { PreparedTask, TaskSetting } from './task.ts';
import { given, preadWhole, sendfileWhole, writeWhole } from './whole.ts';

export type Order = 'sequential' | 'random';

/** Bytes of a request. */
const REQUEST_BYTES = 4096;

/** Offsets of all requests of a file, in order or shuffled by the seed. */
export function offsetsIn(bytes: number, request: number, order: Order, seed: number): readonly number[] {
  const all = Array.from({ length: Math.ceil(bytes / request) }, (_, at) => at * request);
  return order === 'random' ? shuffled(all, randomFrom(seed)) : all;
}

/** Bytes of a file that are in memory. */
export function cachedBytes(path: string): number {
  return residence(path).resident * pageSize();
}

/**
 * Writes every byte of the file once, in requests of 4 KiB, looks at what is dirty, and waits until all is on the disk.
 * @throws {CannotRunHere} where nobody can tell what is dirty
 */
export function writeAndSync(path: string, order: Order, { seed }: TaskSetting): PreparedTask {
  const file = open(path, O_RDWR);
  const { size } = fstat(file.fd);
  fsync(file.fd);
  cachestat(file.fd);
  const offsets = offsetsIn(size, REQUEST_BYTES, order, seed);
  const content = Mapping.anonymous(size);
  preadWhole(file.fd, content.address, size, 0);
  return {
    run() {
      for (const offset of offsets) {
        given('pwrite', pwrite(file.fd, content.address + offset, Math.min(REQUEST_BYTES, size - offset), offset));
      }
      const dirtyBytes = cachestat(file.fd).dirty * pageSize();
      fsync(file.fd);
      const calls = { pwrite: offsets.length, fsync: 1 };
      return { bytes: size, check: 'written', calls, extra: { operations: offsets.length, dirtyBytes } };
    },
    after(work) {
      const leftDirtyBytes = cachestat(file.fd).dirty * pageSize();
      return { ...work, extra: { ...work.extra, leftDirtyBytes, cachedBytes: cachedBytes(path) } };
    },
    [Symbol.dispose]() {
      file[Symbol.dispose]();
      content[Symbol.dispose]();
    },
  };
}

/** Sends a file that is on the disk and not in memory: by reads of 4 KiB in order and writes, or by sendfile. */
export function sendFromDisk(by: 'read' | 'sendfile', path: string, { folder }: TaskSetting): PreparedTask {
  const file = open(path);
  const { size } = fstat(file.fd);
  const [buffer, cell] = [Mapping.anonymous(REQUEST_BYTES), new OffsetCell()];
  const send = (drain: Drain) => {
    if (by === 'sendfile') sendfileWhole(drain.fd, file.fd, cell, 0, size);
    else {
      for (let offset = 0; offset < size; offset += REQUEST_BYTES) {
        const count = Math.min(REQUEST_BYTES, size - offset);
        preadWhole(file.fd, buffer.address, count, offset);
        writeWhole(drain.fd, buffer.address, count);
      }
    }
    return drain.receipt();
  };
  const ordered = (hash: boolean) => {
    const drain = new Drain(folder);
    drain.order({ bytes: size, answers: 1, asking: false, hash });
    return drain;
  };
  const check = arrivingOnce(`${by} ${path}`, () => {
    using drain = ordered(true);
    return send(drain);
  });
  evict(path);
  const drain = ordered(false);
  return {
    run: () => ({ bytes: size, check, receiverCpuNs: send(drain).cpuNs }),
    after: (work) => ({ ...work, extra: { operations: 1, cachedBytes: cachedBytes(path) } }),
    [Symbol.dispose]() {
      for (const one of [file, buffer, cell, drain]) one[Symbol.dispose]();
    },
  };
}
