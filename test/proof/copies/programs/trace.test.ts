import { expect, test } from 'vitest';
import { tallyTrace } from '#proof/copies/programs/trace.ts';

const source = '/run/source.bin';

test('tallyTrace() adds up what read the file and what wrote to a socket, and nothing else', () => {
  const trace = [
    `77 read(5<${source}>, ""..., 16384) = 16384`,
    '77 read(4<socket:[900]>, ""..., 517) = 517',
    '77 write(4<socket:[900]>, ""..., 16406) = 16406',
    `77 pread64(5<${source}>, ""..., 32768, 0) = 32768`,
    '77 write(2</run/log>, ""..., 50) = 50',
    `77 sendfile(4<TCP:[127.0.0.1:1->127.0.0.1:2]>, 5<${source}>, [0] => [65536], 65536) = 65536`,
    `77 sendfile(4<socket:[900]>, 5<${source}>, [65536], 65536) = -1 EAGAIN (Resource temporarily unavailable)`,
    '77 read(6</etc/passwd>, ""..., 4096) = 3000',
    '77 +++ exited with 0 +++',
  ].join('\n');
  expect(tallyTrace(trace, source)).toEqual({
    calls: { read: 1, write: 1, pread: 1, sendfile: 2 },
    bytesByCall: { write: 16_406, sendfile: 65_536 },
  });
});

test('tallyTrace() finds nothing in a trace of something else', () => {
  expect(tallyTrace('strace: Process 7 attached\n7 read(3<pipe:[5]>, "", 1) = 1\n', source)).toEqual({
    calls: {},
    bytesByCall: {},
  });
});
