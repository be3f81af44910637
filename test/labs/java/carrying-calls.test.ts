import { expect, test } from 'vitest';
import { LineReader } from '#proof/calls/line.ts';
import { CarryingCalls } from '../../../labs/java/carrying-calls.ts';

const file = '/run-1/source.bin';
const there = 'TCPv6:[[::ffff:127.0.0.1]:40000->[::ffff:127.0.0.1]:9000]';

/** Lines of `strace -f -yy` through the reader, and what is kept of them. */
function carried(target: number | string, lines: readonly string[]) {
  const reader = new LineReader();
  const calls = new CarryingCalls(file, target);
  for (const text of lines) {
    const line = reader.read(text);
    expect(line.state, text).toBe('call');
    if (line.state === 'call') calls.take(line.call);
  }
  return calls.carried;
}

test('calls on the file and on the socket count, and no others', () => {
  const lines = [
    `7 pread64(5<${file}>, "abc"..., 8192, 0) = 8192`,
    `7 write(6<${there}>, "abc"..., 8192) = 8192`,
    `7 sendfile(6<${there}>, 5<${file}>, [8192] => [10000], 9000) = 1808`,
    `7 setsockopt(6<${there}>, SOL_TCP, TCP_NODELAY, [1], 4) = 0`,
    '7 read(3</usr/lib/modules>, "..."..., 100) = 100',
    '7 write(1</tmp/out>, "9000"..., 4) = 4',
    '7 write(8<TCPv6:[[::ffff:127.0.0.1]:9000->[::ffff:127.0.0.1]:40000]>, "x"..., 1) = 1',
  ];
  expect(carried(9000, lines)).toEqual({
    calls: { pread: 1, write: 1, sendfile: 1 },
    bytesByCall: { write: 8192, sendfile: 1808 },
    refused: 0,
  });
});

test('a socket of IPv4 alone is the same target, and another port is none', () => {
  const to = (port: number) => `7 write(6<TCP:[127.0.0.1:40000->127.0.0.1:${port}]>, "abc"..., 10) = 10`;
  expect(carried(9000, [to(9000), to(19_000)]).bytesByCall).toEqual({ write: 10 });
});

test('refused calls count and carry nothing', () => {
  const lines = [
    `7 copy_file_range(5<${file}>, [0], 6<${there}>, NULL, 100, 0) = -1 EINVAL (Invalid argument)`,
    `7 sendfile(6<${there}>, 5<${file}>, [0], 100) = -1 EAGAIN (Resource temporarily unavailable)`,
    `7 sendfile(6<${there}>, 5<${file}>, [0] => [100], 100) = 100`,
  ];
  expect(carried(9000, lines)).toEqual({
    calls: { copy_file_range: 1, sendfile: 2 },
    bytesByCall: { sendfile: 100 },
    refused: 2,
  });
});

test('into a file, mappings of the source and writes to the target count', () => {
  const target = '/run-1/target.bin';
  const lines = [
    `7 sendfile(6<${target}>, 5<${file}>, [0], 100) = -1 EINVAL (Invalid argument)`,
    `7 mmap(NULL, 8388608, PROT_READ, MAP_SHARED, 5<${file}>, 0) = 0x7f0000000000`,
    '7 mmap(NULL, 4096, PROT_READ, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x7f0000900000',
    `7 write(6<${target}>, "abc"..., 8388608) = 8388608`,
  ];
  expect(carried(target, lines)).toEqual({
    calls: { sendfile: 1, mmap: 1, write: 1 },
    bytesByCall: { write: 8_388_608 },
    refused: 1,
  });
});
