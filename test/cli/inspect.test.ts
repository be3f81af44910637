/** ./zc inspect where nothing is traced: arguments, a machine without strace, the layout of the report. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { renderInspect } from '#cli/report/inspect.ts';
import type { Flow, Tally } from '#model/tally.ts';
import { clone, place, zc } from './zc.ts';

describe('./zc inspect', () => {
  test.each([
    [[], /Expected a command or a process, found neither/],
    [['--pid', '1', '--', 'true'], /Cannot inspect a command and a process at once/],
    [['--', 'no-such-program'], /Cannot find a program 'no-such-program' that may be executed/],
    [['--', clone], /Cannot find a program/],
    [['--pid', '0'], /Expected a whole number from 1, found '0'/],
    [['--seconds', 'ten', '--', 'true'], /Expected a whole number from 1, found 'ten'/],
    [['--pid', '4194303'], /Cannot find a process 4194303/],
  ])('%j is refused with one sentence and exit code 2', async (args, sentence) => {
    using home = place();
    const { code, stdout, stderr } = await zc(['inspect', ...args], home);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('cannot run without strace, and says what would help', async () => {
    using home = place();
    const empty = { PATH: home.folder };
    const { code, stdout, stderr } = await zc(['inspect', '--', process.execPath, '-e', '0'], home, empty);
    expect(stderr).toContain('Cannot run here: strace is not installed. Install it: apt install strace');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  });

  test.each([
    ['not permitted', 'exit 1', /Cannot run here: programs may not be traced \(ptrace is not permitted\)/],
    ['not to be attached', 'case $* in *-p*) exit 1;; esac', /Cannot run here: process \d+ may not be traced/],
  ])('cannot run where tracing is %s', async (_, script, sentence) => {
    using home = place();
    // A strace that is refused as the kernel would refuse it.
    writeFileSync(join(home.folder, 'strace'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const barred = { PATH: `${home.folder}:${process.env.PATH}` };
    const { code, stdout, stderr } = await zc(['inspect', '--pid', String(process.pid)], home, barred);
    expect(stderr).toMatch(sentence);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  });
});

const flow = (file: string, port: number, ways: Flow['ways'], refusals: Flow['refusals'] = []): Flow => {
  const bytes = ways.reduce((sum, way) => sum + way.bytes, 0);
  const socket = `127.0.0.1:80->127.0.0.1:${port}`;
  return { file, socket, kind: 'tcp', bytes, ways, bytesByCall: {}, calls: {}, shortCalls: 0, refusals };
};

function tally(flows: readonly Flow[], fromMemory = 0): Tally {
  const sockets = flows.map(({ socket, kind, bytes }) => ({
    socket,
    kind,
    bytes: bytes + fromMemory,
    fromFiles: bytes,
    fromMemory,
  }));
  return { flows, sockets, reads: [], unaccounted: [], calls: { sendfile: 3 }, processes: 1 };
}

const plain = { verbose: false, colour: false, width: 100, unicode: true };
const render = (of: Tally, verbose = false) => `\n${renderInspect(of, { ...plain, verbose }).join('\n')}\n`;

describe('renderInspect()', () => {
  test('says what share went by page reference, and which fallback was taken', () => {
    const both: Flow['ways'] = [
      { calls: ['sendfile'], moved: 'reference', bytes: 3 * 2 ** 20 },
      { calls: ['read', 'write'], moved: 'copy', bytes: 2 ** 20 },
    ];
    const refused = [{ call: 'sendfile', errno: 'EINVAL', count: 1 }];
    const copied: Flow['ways'] = [{ calls: ['read', 'write'], moved: 'copy', bytes: 2 ** 20 }];
    expect(
      render(tally([flow('/srv/a.bin', 5000, both), flow('/srv/b.bin', 5001, copied, refused)], 100)),
    ).toMatchInlineSnapshot(`
      "
      60 % of the 5 MiB of files that went into sockets went by page reference (sendfile); 2 MiB was
      copied by the CPU (read + write).

      file        into              bytes  by reference  how
      /srv/a.bin  TCP 127.0.0.1:80  4 MiB          75 %  sendfile 3 MiB, read + write 1 MiB
      /srv/b.bin  TCP 127.0.0.1:80  1 MiB           0 %  read + write

      Refused: sendfile (EINVAL), and read + write carried 1 MiB instead.
      From the program's own memory: 200 bytes: headers, or bytes whose origin was not seen.
      3 calls were traced in 1 process, with 2 sockets.
      "
    `);
  });

  test('keeps to 25 lines however many files and reasons there are', () => {
    const way: Flow['ways'] = [{ calls: ['sendfile'], moved: 'reference', bytes: 1000 }];
    const many = Array.from({ length: 100 }, (_, at) => flow(`/srv/${'long/'.repeat(20)}${at}`, 5000 + at, way));
    const codes = ['io-uring', 'vmsplice', 'kernel-tls', 'unfinished', 'before-attach'];
    const unaccounted = codes.map((code) => ({ code, args: { times: 2 }, bytes: null }));
    const report = render({ ...tally(many), unaccounted });
    expect(report.trim().split('\n').length).toBeLessThanOrEqual(25);
    expect(report).toContain('and 92 more');
    expect(report).toContain('2 more reasons');
    expect(render({ ...tally(many), unaccounted }, true)).not.toContain('more reasons');
  });
});
