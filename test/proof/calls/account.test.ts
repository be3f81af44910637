/** What a trace came to, from recorded lines; the lines are strace's own, shortened. */
import { describe, expect, test } from 'vitest';
import type { Tally } from '#model/tally.ts';
import { Account } from '#proof/calls/account.ts';
import type { FileLook } from '#proof/calls/mapped-files.ts';

const head = (letter: string) => `"${letter.repeat(48)}"...`;
const file = '3</srv/a.bin>';
const tcp = '4<TCP:[127.0.0.1:80->127.0.0.1:5000]>';
const nothing: FileLook = { read: () => null, search: () => null };

function account(lines: readonly string[], look = nothing): Tally {
  const account = new Account([], look);
  for (const line of lines) account.line(line);
  return account.finish();
}

/** Bytes by way, of all flows together. */
function ways(lines: readonly string[], look?: FileLook): Record<string, number> {
  const all = account(lines, look).flows.flatMap((flow) => flow.ways);
  return Object.fromEntries(all.map(({ calls, moved, bytes }) => [`${calls.join(' + ')}: ${moved}`, bytes]));
}

const memory = (lines: readonly string[]) => account(lines).sockets.reduce((sum, one) => sum + one.fromMemory, 0);
const codes = (lines: readonly string[]) => account(lines).unaccounted.map(({ code }) => code);

describe('Account', () => {
  test('takes a write of what was read for the file, and counts each call once', () => {
    const tally = account([
      `7 pread64(${file}, ${head('a')}, 65536, 0) = 65536`,
      `7 write(${tcp}, ${head('a')}, 65536) = 40000`,
      `7 write(${tcp}, ${head('b')}, 25536) = 25536`,
    ]);
    expect(tally.flows).toEqual([
      {
        file: '/srv/a.bin',
        socket: '127.0.0.1:80->127.0.0.1:5000',
        kind: 'tcp',
        bytes: 65536,
        ways: [{ calls: ['pread', 'write'], moved: 'copy', bytes: 65536 }],
        bytesByCall: { write: 65536 },
        calls: { pread: 1, write: 2 },
        shortCalls: 1,
        refusals: [],
      },
    ]);
  });

  test('tells a header from the file in one vector', () => {
    const lines = [
      `7 pread64(${file}, ${head('a')}, 1000, 0) = 1000`,
      `7 writev(${tcp}, [{iov_base="HTTP/1.1 200 OK\\r\\n\\0001", iov_len=19}, {iov_base=${head('a')}, iov_len=1000}], 2) = 1019`,
    ];
    expect(ways(lines)).toEqual({ 'pread + writev: copy': 1000 });
    expect(memory(lines)).toBe(19);
  });

  test('does not take for the file what begins otherwise, or is longer than what was read', () => {
    const read = `7 read(${file}, ${head('a')}, 1000) = 1000`;
    expect(memory([read, `7 write(${tcp}, ${head('b')}, 1000) = 1000`])).toBe(1000);
    expect(memory([read, `7 write(${tcp}, ${head('a')}, 1500) = 1500`])).toBe(500);
    expect(memory([read, `8 write(${tcp}, ${head('a')}, 1000) = 1000`])).toBe(1000);
  });

  test('joins halves, and follows a thread whose lines come before its clone returned', () => {
    const lines = [
      '7 clone3({flags=CLONE_VM|CLONE_FILES|CLONE_THREAD, exit_signal=0} <unfinished ...>',
      `8 read(${file},  <unfinished ...>`,
      '7 <... clone3 resumed> => {parent_tid=[8]}, 88) = 8',
      `8 <... read resumed>${head('a')}, 1000) = 1000`,
      `7 write(${tcp}, ${head('a')}, 1000) = 1000`,
    ];
    expect(ways(lines)).toEqual({ 'read + write: copy': 1000 });
    expect(account(lines).processes).toBe(1);
  });

  test('forgets the memory of a program that another replaces, and keeps that of its parent', () => {
    const begin = [`7 read(${file}, ${head('a')}, 1000) = 1000`, '7 vfork() = 8', '8 execve("/bin/x", ["x"], 0x1) = 0'];
    expect(memory([...begin, `8 write(${tcp}, ${head('a')}, 1000) = 1000`])).toBe(1000);
    expect(ways([...begin, `7 write(${tcp}, ${head('a')}, 1000) = 1000`])).toEqual({ 'read + write: copy': 1000 });
  });

  test('joins splice through its pipe, also when the line of the reader comes first', () => {
    const [into, out] = [
      `7 splice(${file}, [0] => [4096], 6<pipe:[9]>, NULL, 65536, 0) = 4096`,
      `7 splice(5<pipe:[9]>, NULL, ${tcp}, NULL, 4096, 0) = 4096`,
    ];
    const pipe = '7 pipe2([5<pipe:[9]>, 6<pipe:[9]>], 0) = 0';
    expect(ways([pipe, into, out])).toEqual({ 'splice: reference': 4096 });
    const other = ['7 clone(child_stack=NULL, flags=CLONE_VM|SIGCHLD) = 8', out.replace('7', '8'), into];
    expect(ways([pipe, ...other])).toEqual({ 'splice: reference': 4096 });
  });

  test('follows bytes from program to program through a pipe: cat FILE | nc', () => {
    const lines = [
      '7 pipe2([5<pipe:[9]>, 6<pipe:[9]>], 0) = 0',
      '7 fork() = 8',
      `7 read(${file}, ${head('a')}, 131072) = 3000`,
      `7 write(6<pipe:[9]>, ${head('a')}, 3000) = 3000`,
      `8 read(5<pipe:[9]>, ${head('a')}, 2000) = 2000`,
      `8 write(${tcp}, ${head('a')}, 2000) = 2000`,
      `8 read(5<pipe:[9]>, ${head('c')}, 2000) = 1000`,
      `8 write(${tcp}, ${head('c')}, 1000) = 1000`,
    ];
    expect(ways(lines)).toEqual({ 'read + write + read + write: copy': 3000 });
  });

  test('knows a write from a mapping by looking into the file', () => {
    const content = `${'x'.repeat(5000)}${'abcdefgh'.repeat(500)}`;
    const look: FileLook = {
      read: (_, offset, bytes) => content.slice(offset, offset + bytes),
      search: (_, part, from) => content.indexOf(part, from),
    };
    const map = `7 mmap(NULL, 9000, PROT_READ, MAP_SHARED, ${file}, 0) = 0x7f0000000000`;
    const send = `7 write(${tcp}, "${'abcdefgh'.repeat(6)}"..., 4000) = 4000`;
    expect(ways([map, send], look)).toEqual({ 'mmap + write: copy': 4000 });
    expect(ways([map, '7 munmap(0x7f0000000000, 9000) = 0', send], look)).toEqual({});
    const program = map.replace('PROT_READ', 'PROT_READ|PROT_EXEC');
    expect(ways([program, send], look)).toEqual({});
  });

  test('names what was refused and what came instead', () => {
    const lines = [
      `7 sendfile(${tcp}, ${file}, [0], 1000) = -1 EINVAL (Invalid argument)`,
      `7 sendfile(${tcp}, ${file}, [0], 1000) = -1 EAGAIN (Resource temporarily unavailable)`,
      `7 read(${file}, ${head('a')}, 1000) = 1000`,
      `7 write(${tcp}, ${head('a')}, 1000) = 1000`,
    ];
    expect(account(lines).flows[0]).toMatchObject({
      refusals: [{ call: 'sendfile', errno: 'EINVAL', count: 1 }],
      calls: { sendfile: 2, read: 1, write: 1 },
      bytesByCall: { write: 1000 },
    });
  });

  test('does not call a request a fact, nor pages that the kernel encrypts untouched', () => {
    const read = `7 read(${file}, ${head('a')}, 1000) = 1000`;
    const message = `{msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=${head('a')}, iov_len=1000}], msg_iovlen=1, msg_controllen=0, msg_flags=0}`;
    expect(ways([read, `7 sendmsg(${tcp}, ${message}, MSG_ZEROCOPY) = 1000`])).toEqual({
      'read + sendmsg: copy': 1000,
    });
    const tls = `7 setsockopt(${tcp}, SOL_TCP, TCP_ULP, [7564404], 4) = 0`;
    const send = `7 sendfile(${tcp}, ${file}, [0] => [1000], 1000) = 1000`;
    expect(ways([tls, send])).toEqual({ 'sendfile: copy': 1000 });
    expect(ways([send])).toEqual({ 'sendfile: reference': 1000 });
  });

  test.each([
    ['io-uring', '7 io_uring_enter(9<anon_inode:[io_uring]>, 2, 0, 0, NULL, 8) = 2'],
    ['io-uring-polled', '7 io_uring_setup(8, {flags=IORING_SETUP_SQPOLL, sq_thread_cpu=0}) = 9<anon_inode:[io_uring]>'],
    ['unreadable-line', 'strace lost its way here'],
    ['unfinished', `7 sendfile(${tcp}, ${file}, NULL, 2147479552 <detached ...>`],
    ['many-messages', `7 sendmmsg(${tcp}, [{msg_hdr={}, msg_len=10}], 1, 0) = 1`],
    ['vmsplice', '7 vmsplice(6<pipe:[9]>, [{iov_base="ab", iov_len=2}], 1, 0) = 2'],
    ['pipe-from-elsewhere', `7 splice(5<pipe:[9]>, NULL, ${tcp}, NULL, 4096, 0) = 4096`],
    ['kernel-tls', `7 setsockopt(${tcp}, SOL_TCP, TCP_ULP, [7564404], 4) = 0`],
  ])('says %s where it cannot account for everything', (code, line) => {
    expect(codes(['7 execve("/bin/x", ["x"], 0x1) = 0', line])).toEqual([code]);
  });

  test('claims nothing of what io_uring wrote: a read of 4000 bytes, one submission, and 4000 bytes that arrive', () => {
    const tally = account([
      '32 execve("/usr/bin/python3", ["python3"], 0x7ffd1) = 0',
      '32 io_uring_setup(4, {flags=0, sq_thread_cpu=0, sq_thread_idle=0, sq_entries=4}) = 3<anon_inode:[io_uring]>',
      `32 read(4</srv/a.bin>, ${head('a')}, 4000) = 4000`,
      '32 socketpair(AF_UNIX, SOCK_STREAM, 0, [5<UNIX-STREAM:[8->9]>, 6<UNIX-STREAM:[9->8]>]) = 0',
      '32 io_uring_enter(3<anon_inode:[io_uring]>, 1, 1, IORING_ENTER_GETEVENTS, NULL, 8) = 1',
      '32 +++ exited with 0 +++',
    ]);
    expect(tally).toMatchObject({
      flows: [],
      sockets: [],
      reads: [{ file: '/srv/a.bin', bytes: 4000, sent: 0 }],
      unaccounted: [{ code: 'io-uring', args: { times: 1 }, bytes: null }],
    });
  });

  test('says of an attached program which sockets were older than the trace', () => {
    const account = new Account([{ threads: [7, 9], mappings: [] }], nothing);
    account.line(`9 sendfile(${tcp}, ${file}, [0] => [1000], 1000) = 1000`);
    account.line('7 accept4(8<TCP:[127.0.0.1:80]>, NULL, NULL, 0) = 5<TCP:[127.0.0.1:80->127.0.0.1:6000]>');
    account.line(`9 sendfile(5<TCP:[127.0.0.1:80->127.0.0.1:6000]>, ${file}, [0] => [10], 10) = 10`);
    expect(account.finish().unaccounted).toEqual([{ code: 'before-attach', args: { times: 1 }, bytes: null }]);
  });
});
