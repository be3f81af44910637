/**
 * Calls that are repeated until all bytes have gone: short counts are normal. For tasks, which own both ends and so expect
 * no error: each throws SyscallError for one, and Error when the file ends early. All return how often they called.
 */
import { type OffsetCell, pread, read, SyscallError, sendfile, write } from '#libc';

/** read(2) until `bytes` lie at `address`. */
export function readWhole(fd: number, address: number, bytes: number): number {
  let calls = 0;
  for (let got = 0; got < bytes; calls++) got += checked('read', read(fd, address + got, bytes - got));
  return calls;
}

/** pread(2) from `offset` until `bytes` lie at `address`. */
export function preadWhole(fd: number, address: number, bytes: number, offset: number): number {
  let calls = 0;
  for (let got = 0; got < bytes; calls++) got += checked('pread', pread(fd, address + got, bytes - got, offset + got));
  return calls;
}

/** write(2) until all `bytes` from `address` are taken. */
export function writeWhole(fd: number, address: number, bytes: number): number {
  let calls = 0;
  for (let sent = 0; sent < bytes; calls++) sent += checked('write', write(fd, address + sent, bytes - sent));
  return calls;
}

/** sendfile(2) until all `bytes` from `offset` of the file are taken. */
export function sendfileWhole(to: number, fd: number, cell: OffsetCell, offset: number, bytes: number): number {
  cell.set(offset);
  let calls = 0;
  for (let sent = 0; sent < bytes; calls++) sent += checked('sendfile', sendfile(to, fd, cell, bytes - sent));
  return calls;
}

/** @throws {SyscallError} for a negative result @throws {Error} for nothing where something was expected */
function checked(call: string, result: number): number {
  if (result < 0) throw new SyscallError(call, -result);
  if (result === 0) throw new Error(`Cannot ${call} all bytes: the file is shorter than expected`);
  return result;
}

/** The result of a call that gives a descriptor or an address. @throws {SyscallError} for a negative one */
export function given(call: string, result: number): number {
  if (result < 0) throw new SyscallError(call, -result);
  return result;
}
