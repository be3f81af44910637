/**
 * Files: open(2), read(2), pread(2), preadv2(2), write(2), pwrite(2), writev(2), fsync(2), ftruncate(2), fcntl(2),
 * flock(2), fstat(2), statfs(2). Calls that move data return bytes or a negative errno; the others throw SyscallError.
 */
import { constants, fstatSync, type Stats, statfsSync } from 'node:fs';
import { Descriptor } from './descriptor.ts';
import { check, EAGAIN, EOPNOTSUPP, moved, refusal, SyscallError } from './errno.ts';
import { bind } from './load.ts';
import { Mapping } from './memory.ts';

const c = {
  open: bind<(path: string, flags: number, mode: number) => number>('open', 'int', ['string', 'int', 'int']),
  openAddress: bind<(path: number, flags: number) => number>('open', 'int', ['pointer', 'int']),
  read: bind<(fd: number, address: number, count: number) => number>('read', 'ssize', ['int', 'pointer', 'size_t']),
  pread: bind<(fd: number, address: number, count: number, offset: number) => number>('pread', 'ssize', [
    'int',
    'pointer',
    'size_t',
    'offset',
  ]),
  preadv2: bind<(fd: number, vector: number, parts: number, offset: number, flags: number) => number>(
    'preadv2',
    'ssize',
    ['int', 'pointer', 'int', 'offset', 'int'],
  ),
  write: bind<(fd: number, address: number, count: number) => number>('write', 'ssize', ['int', 'pointer', 'size_t']),
  pwrite: bind<(fd: number, address: number, count: number, offset: number) => number>('pwrite', 'ssize', [
    'int',
    'pointer',
    'size_t',
    'offset',
  ]),
  writev: bind<(fd: number, vector: number, parts: number) => number>('writev', 'ssize', ['int', 'pointer', 'int']),
  fsync: bind<(fd: number) => number>('fsync', 'int', ['int']),
  ftruncate: bind<(fd: number, length: number) => number>('ftruncate', 'int', ['int', 'offset']),
  fallocate: bind<(fd: number, offset: number, length: number) => number>('posix_fallocate', 'int', [
    'int',
    'offset',
    'offset',
  ]),
  fcntl: bind<(fd: number, command: number, value: number) => number>('fcntl', 'int', ['int', 'int', 'long']),
  flock: bind<(fd: number, operation: number) => number>('flock', 'int', ['int', 'int']),
};

/** Flags of open(2) that labs use. */
export const { O_RDONLY, O_RDWR, O_WRONLY, O_CREAT, O_EXCL, O_TRUNC, O_NONBLOCK } = constants;
/** Transfers past the page cache; open(2). Linux only, so Node's own constant may be missing elsewhere. */
export const O_DIRECT: number = constants.O_DIRECT ?? 0o40000;
const O_CLOEXEC = 0o2000000;

const F_GETFL = 3;
const F_SETFL = 4;
/** Capacity of a pipe in bytes, fcntl(2). */
export const F_SETPIPE_SZ = 1031;

/** Opens a file, always with O_CLOEXEC. @throws {SyscallError} */
export function open(path: string, flags: number = O_RDONLY, mode = 0o600): Descriptor {
  return new Descriptor(check('open', c.open(path, flags | O_CLOEXEC, mode), `'${path}'`));
}

/** Bare open(2) of a path that lies NUL-terminated at `address`, for loops that open inside a sample. @returns fd or -errno */
export function openAt(address: number): number {
  return moved(c.openAddress(address, O_RDONLY));
}

/** read(2) into `address`. @returns bytes, 0 at the end, or a negative errno */
export function read(fd: number, address: number, count: number): number {
  return moved(c.read(fd, address, count));
}

/** pread(2) into `address` from `offset`. @returns bytes, 0 at the end, or a negative errno */
export function pread(fd: number, address: number, count: number, offset: number): number {
  return moved(c.pread(fd, address, count, offset));
}

/** write(2) from `address`. @returns bytes, or a negative errno */
export function write(fd: number, address: number, count: number): number {
  return moved(c.write(fd, address, count));
}

/** pwrite(2) from `address` at `offset`. @returns bytes, or a negative errno */
export function pwrite(fd: number, address: number, count: number, offset: number): number {
  return moved(c.pwrite(fd, address, count, offset));
}

/** writev(2) of the parts, each an address and a length in bytes. @returns bytes, or a negative errno */
export function writev(fd: number, parts: readonly { address: number; length: number }[]): number {
  using vector = vectorOf(parts);
  return moved(c.writev(fd, vector.address, parts.length));
}

/** RWF_NOWAIT, preadv2(2): answer EAGAIN instead of waiting for the disk. */
const RWF_NOWAIT = 8;

/**
 * Whether a read at `offset` would be served without waiting for the disk: preadv2(2) with RWF_NOWAIT.
 * @returns bytes read into `address`, or -EAGAIN when the page is not in memory
 * @throws {CannotRunHere} where the kernel or the file system has no RWF_NOWAIT
 */
export function preadNoWait(fd: number, address: number, count: number, offset: number): number {
  using vector = vectorOf([{ address, length: count }]);
  return preadvNoWait(fd, vector, offset);
}

/** The same into the one part of a vector that stays, for a loop that asks inside a measured sample. */
export function preadvNoWait(fd: number, vector: Mapping, offset: number): number {
  const result = moved(c.preadv2(fd, vector.address, 1, offset, RWF_NOWAIT));
  if (result === -EOPNOTSUPP) throw refusal('preadv2(RWF_NOWAIT)', EOPNOTSUPP);
  if (result < 0 && result !== -EAGAIN) throw refusal('preadv2', -result);
  return result;
}

/** fsync(2). @throws {SyscallError} */
export function fsync(fd: number): void {
  check('fsync', c.fsync(fd));
}

/** ftruncate(2) to `length` bytes. @throws {SyscallError} */
export function ftruncate(fd: number, length: number): void {
  check('ftruncate', c.ftruncate(fd, length));
}

/**
 * Gives a range of a file its blocks on the disk, so that a store through a mapping cannot find the disk full:
 * posix_fallocate(3), which returns its errno instead of setting it. @throws {SyscallError}
 */
export function allocate(fd: number, offset: number, length: number): void {
  const result = c.fallocate(fd, offset, length);
  if (result !== 0) throw new SyscallError('posix_fallocate', result);
}

/** fcntl(2) with an integer argument. @throws {SyscallError} */
export function fcntl(fd: number, command: number, value: number): number {
  return check('fcntl', c.fcntl(fd, command, value));
}

/** Turns O_NONBLOCK of an open descriptor on or off. */
export function setNonBlocking(fd: number, on: boolean): void {
  const flags = fcntl(fd, F_GETFL, 0);
  fcntl(fd, F_SETFL, on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK);
}

/** Operations of flock(2). */
export const LOCK_SH = 1;
export const LOCK_EX = 2;
export const LOCK_NB = 4;
export const LOCK_UN = 8;

/** flock(2). @returns false when LOCK_NB was asked for and somebody else holds the lock @throws {SyscallError} */
export function flock(fd: number, operation: number): boolean {
  const result = moved(c.flock(fd, operation));
  if (result === -EAGAIN) return false;
  if (result < 0) throw refusal('flock', -result);
  return true;
}

/** fstat(2), by Node: the layout of the struct differs between architectures and Node knows each. */
export function fstat(fd: number): Stats {
  return fstatSync(fd);
}

/** Names of file systems by the magic number of statfs(2), as far as a lab tells them apart. */
const fileSystems: Readonly<Record<number, string>> = {
  61267: 'ext4',
  1481003842: 'xfs',
  2435016766: 'btrfs',
  16914836: 'tmpfs',
  16914839: '9p',
  1785031267: 'virtiofs',
  1702057286: 'fuse',
  26985: 'nfs',
  2035054128: 'overlay',
  801189825: 'zfs',
  4076150800: 'f2fs',
};

/** File system, free bytes (for an ordinary user) and block size of the file system that holds `path`: statfs(2). */
export function statfs(path: string): { fileSystem: string; freeBytes: number; blockBytes: number } {
  const { type, bavail, bsize } = statfsSync(path);
  return { fileSystem: fileSystems[type] ?? `0x${type.toString(16)}`, freeBytes: bavail * bsize, blockBytes: bsize };
}

/** An array of struct iovec: address and length of each part, 16 bytes a part. Use with `using`. */
export function vectorOf(parts: readonly { address: number; length: number }[]): Mapping {
  const memory = Mapping.anonymous(Math.max(1, parts.length) * 16);
  const view = memory.view();
  parts.forEach((part, index) => {
    view.writeBigUInt64LE(BigInt(part.address), index * 16);
    view.writeBigUInt64LE(BigInt(part.length), index * 16 + 8);
  });
  return memory;
}
