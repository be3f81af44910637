import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  accept,
  allocate,
  cachestat,
  check,
  connect,
  copyFileRange,
  EAGAIN,
  EBADF,
  fadvise,
  fileAdvice,
  flock,
  fstat,
  fsync,
  ftruncate,
  getOption,
  LOCK_EX,
  LOCK_NB,
  listen,
  Mapping,
  Meter,
  O_CREAT,
  O_RDWR,
  OffsetCell,
  open,
  openPipe,
  POLLIN,
  POLLOUT,
  pageSize,
  pinTo,
  pread,
  preadBytes,
  preadNoWait,
  pwrite,
  pwriteBytes,
  recv,
  residentPages,
  SyscallError,
  send,
  sendfile,
  sendQueueBytes,
  setOption,
  setTimeouts,
  socketPair,
  spliceIn,
  statfs,
  usableCpus,
  waitFor,
  write,
  writev,
} from '#libc';
import { bind } from '../../src/machine/libc/load.ts';

const folder = mkdtempSync(join(tmpdir(), 'zc-libc-'));
const path = join(folder, 'file');
writeFileSync(path, Buffer.alloc(10 * pageSize(), 'A'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('bytes of JavaScript arrays', () => {
  test('pwriteBytes() and preadBytes() use the memory of the array itself, also of a part of one', () => {
    const file = join(folder, 'bytes');
    using descriptor = open(file, O_RDWR | O_CREAT);
    const bytes = Buffer.from('0123456789');
    expect(pwriteBytes(descriptor.fd, bytes, 0)).toBe(10);
    expect(pwriteBytes(descriptor.fd, bytes.subarray(7), 2)).toBe(3);
    const back = new Uint8Array(12);
    expect(preadBytes(descriptor.fd, back.subarray(1), 1)).toBe(9);
    expect(Buffer.from(back).toString('latin1')).toBe('\0' + '178956789' + '\0\0');
    expect(preadBytes(descriptor.fd, back, 10)).toBe(0);
  });

  test('pwriteBytes() gives the errno of a descriptor that may not be written', () => {
    using descriptor = open(path);
    expect(pwriteBytes(descriptor.fd, Buffer.alloc(1), 0)).toBe(-EBADF);
  });
});

test('allocate() gives blocks to a range, and says what it cannot', () => {
  using descriptor = open(join(folder, 'allocated'), O_RDWR | O_CREAT);
  allocate(descriptor.fd, 0, 100_000);
  expect(fstat(descriptor.fd).size).toBe(100_000);
  expect(() => allocate(descriptor.fd, 0, 0)).toThrow('Cannot posix_fallocate: EINVAL, invalid argument');
});

describe('errors', () => {
  test('open() names the call, the path and the errno', () => {
    expect(() => open('/no/such/file')).toThrow("Cannot open '/no/such/file': ENOENT, no such file or directory");
    expect(() => open('/no/such/file')).toThrow(SyscallError);
  });

  test('check() lets every result but -1 pass', () => {
    expect(check('call', 0)).toBe(0);
    expect(check('call', 7)).toBe(7);
    expect(() => check('call', -1)).toThrow(SyscallError);
  });

  test('calls that move data return a negative errno and throw nothing', () => {
    using memory = Mapping.anonymous(8);
    expect(pread(-1, memory.address, 8, 0)).toBe(-9); // EBADF
    const [a, b] = socketPair();
    using left = a;
    using right = b;
    setTimeouts(left.fd, 10);
    expect(recv(left.fd, memory.address, 8)).toBe(-EAGAIN);
    right.fd;
  });

  test('bind() answers "cannot run here" for a function that the C library has not, and only when it is called', () => {
    const missing = bind<() => number>('zero_copy_of_the_future', 'int', []);
    expect(missing).toThrow(expect.objectContaining({ code: 'no-symbol', args: { call: 'zero_copy_of_the_future' } }));
  });
});

describe('descriptors and mappings', () => {
  test('Descriptor closes once and refuses to be used after', () => {
    const file = open(path);
    const { fd } = file;
    file[Symbol.dispose]();
    const other = openSync(path, 'r');
    expect(other).toBe(fd);
    file[Symbol.dispose]();
    expect(readFileSync(other).length).toBe(10 * pageSize());
    closeSync(other);
    expect(() => file.fd).toThrow('it is closed');
  });

  test('Mapping.ofFile() shows the bytes of the file, shared with its page cache', () => {
    using file = open(path, O_RDWR);
    using mapping = Mapping.ofFile(file.fd, 0, pageSize(), true);
    expect(mapping.view()[5]).toBe(65);
    mapping.view()[5] = 66;
    expect(readFileSync(path)[5]).toBe(66);
    mapping.view()[5] = 65;
  });

  test('Mapping refuses to be looked at after it is unmapped', () => {
    const mapping = Mapping.anonymous(100);
    mapping[Symbol.dispose]();
    mapping[Symbol.dispose]();
    expect(() => mapping.view()).toThrow('it is unmapped');
  });

  test('Mapping throws for what cannot be mapped', () => {
    using file = open(path);
    expect(() => Mapping.ofFile(file.fd, 1, 100)).toThrow('Cannot mmap 100 bytes: EINVAL');
  });
});

describe('offsets beyond 2 GiB', () => {
  const far = 5 * 2 ** 30 + 123;

  test('pwrite(), pread(), sendfile() and splice() reach them', () => {
    const sparse = join(folder, 'sparse');
    writeFileSync(sparse, '');
    using file = open(sparse, O_RDWR);
    ftruncate(file.fd, far + 8);
    using memory = Mapping.anonymous(16);
    memory.view().write('far away');
    expect(pwrite(file.fd, memory.address, 8, far)).toBe(8);
    expect(pread(file.fd, memory.address + 8, 8, far)).toBe(8);
    expect(memory.view().toString('latin1', 8)).toBe('far away');

    const [a, b] = socketPair();
    using left = a;
    using right = b;
    using cell = new OffsetCell();
    cell.set(far);
    expect(cell.get()).toBe(far);
    expect(sendfile(left.fd, file.fd, cell, 100)).toBe(8);
    expect(cell.get()).toBe(far + 8);
    expect(recv(right.fd, memory.address, 16)).toBe(8);
    expect(memory.view().toString('latin1', 0, 8)).toBe('far away');

    using pipe = openPipe(65_536);
    cell.set(far + 4);
    expect(spliceIn(file.fd, cell, pipe.writeEnd, 100)).toBe(4);
  });

  test('OffsetCell keeps every offset that a number can hold', () => {
    using cell = new OffsetCell();
    for (const offset of [0, 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
      cell.set(offset);
      expect(cell.get()).toBe(offset);
    }
  });
});

describe('the page cache', () => {
  test('cachestat() and residentPages() agree, warm and evicted', () => {
    using file = open(path, O_RDWR);
    fsync(file.fd);
    using memory = Mapping.anonymous(10 * pageSize());
    pread(file.fd, memory.address, memory.length, 0);
    expect(cachestat(file.fd)).toMatchObject({ cached: 10, dirty: 0 });
    expect(residentPages(file.fd)).toBe(10);
    // A page that is only touched counts, and nothing beyond the end does.
    expect(residentPages(file.fd, pageSize() - 1, 2)).toBe(2);
    expect(residentPages(file.fd, 9 * pageSize(), 2 ** 30)).toBe(1);
    expect(residentPages(file.fd, 10 * pageSize(), 1)).toBe(0);
    expect(preadNoWait(file.fd, memory.address, 100, 0)).toBe(100);
    // tmpfs keeps its pages: there is nowhere else to keep them.
    if (statfs(folder).fileSystem === 'tmpfs') return;
    fadvise(file.fd, fileAdvice.dontNeed);
    expect(cachestat(file.fd).cached).toBe(0);
    // The refused read starts reading ahead: a fast disk may be done by the time the kernel looks again.
    expect([-EAGAIN, 100]).toContain(preadNoWait(file.fd, memory.address, 100, 0));
  });

  test('copyFileRange() copies a range at both offsets', () => {
    const target = join(folder, 'target');
    writeFileSync(target, '');
    using from = open(path);
    using to = open(target, O_RDWR);
    using fromCell = new OffsetCell();
    using toCell = new OffsetCell();
    toCell.set(3);
    expect(copyFileRange(from.fd, fromCell, to.fd, toCell, 5)).toBe(5);
    expect(readFileSync(target)).toEqual(Buffer.from('\0\0\0AAAAA'));
  });
});

describe('sockets', () => {
  test('a TCP connection carries options, bytes and what is still queued', () => {
    const { socket, address } = listen({ family: 'inet', port: 0 });
    using listener = socket;
    using sender = connect(address, (fd) => setOption(fd, 'SO_SNDBUF', 50_000));
    using receiver = accept(listener.fd);
    expect(getOption(sender.fd, 'SO_SNDBUF')).toBe(100_000);
    using memory = Mapping.anonymous(64);
    memory.view().write('hello');
    expect(waitFor(receiver.fd, POLLIN, 0)).toBe(false);
    expect(waitFor(sender.fd, POLLOUT, 0)).toBe(true);
    expect(send(sender.fd, memory.address, 5)).toBe(5);
    expect(waitFor(receiver.fd, POLLIN, 1000)).toBe(true);
    expect(recv(receiver.fd, memory.address + 8, 10)).toBe(5);
    expect(memory.view().toString('latin1', 8, 13)).toBe('hello');
  });

  test('sendQueueBytes() counts what an AF_UNIX peer has not read', () => {
    const [a, b] = socketPair();
    using left = a;
    using right = b;
    using memory = Mapping.anonymous(64);
    expect(sendQueueBytes(left.fd)).toBe(0);
    expect(write(left.fd, memory.address, 50)).toBe(50);
    expect(sendQueueBytes(left.fd)).toBeGreaterThanOrEqual(50);
    expect(recv(right.fd, memory.address, 64)).toBe(50);
    expect(sendQueueBytes(left.fd)).toBe(0);
  });

  test('writev() sends its parts in order', () => {
    const [a, b] = socketPair();
    using left = a;
    using right = b;
    using memory = Mapping.anonymous(64);
    memory.view().write('onetwo');
    const parts = [
      { address: memory.address + 3, length: 3 },
      { address: memory.address, length: 3 },
    ];
    expect(writev(left.fd, parts)).toBe(6);
    expect(recv(right.fd, memory.address + 16, 16)).toBe(6);
    expect(memory.view().toString('latin1', 16, 22)).toBe('twoone');
  });

  test('connect() says where nobody listens', () => {
    expect(() => connect({ family: 'unix', name: 'zero-copy-measured-nobody' })).toThrow(
      'Cannot connect to {"family":"unix","name":"zero-copy-measured-nobody"}: ECONNREFUSED',
    );
  });
});

describe('this process', () => {
  test('flock() is refused while somebody else holds the lock', () => {
    using first = open(path);
    using second = open(path);
    expect(flock(first.fd, LOCK_EX | LOCK_NB)).toBe(true);
    expect(flock(second.fd, LOCK_EX | LOCK_NB)).toBe(false);
  });

  test('Meter counts CPU time and faults upwards', () => {
    const meter = new Meter();
    const cpu = meter.cpuNs();
    const faults = meter.usage().minorFaults;
    const pages = 100;
    using memory = Mapping.anonymous(pages * pageSize());
    for (let page = 0; page < pages; page++) memory.view()[page * pageSize()] = 1;
    expect(meter.cpuNs()).toBeGreaterThan(cpu);
    expect(meter.usage().minorFaults).toBeGreaterThan(faults);
  });

  test('Meter reads the CPU time of a process by its number, and refuses one that is gone', () => {
    const meter = new Meter();
    const before = meter.cpuNs();
    const byNumber = meter.cpuNsOf(process.pid);
    expect(byNumber).toBeGreaterThanOrEqual(before);
    expect(meter.cpuNs()).toBeGreaterThanOrEqual(byNumber);
    const { pid } = spawnSync('true');
    expect(() => meter.cpuNsOf(pid)).toThrow(/clock_gettime/);
  });

  test('pinTo() narrows the CPUs of this thread and widens them again', () => {
    const before = usableCpus();
    const [first] = before as [number];
    pinTo([first]);
    expect(usableCpus()).toEqual([first]);
    pinTo(before);
    expect(usableCpus()).toEqual(before);
  });
});
