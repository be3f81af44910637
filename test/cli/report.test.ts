import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type ReportOptions, renderReport } from '#cli/report/index.ts';
import { type CannotRun, labResultSchema, type Warning } from '#model/result.ts';
import {
  type CopiesOptions,
  copiesEntry,
  copiesResult,
  type ProofOptions,
  proofEntry,
  proofResult,
  type TimeOptions,
  timeEntry,
  timeResult,
} from '../fixtures/results.ts';

const plain: ReportOptions = { verbose: false, colour: false, width: 100, unicode: true };

const links = ['tcp', 'tcp-100k', 'unix'];

const warnings: Warning[] = [
  { code: 'loopback', args: {} },
  { code: 'virtual-machine', args: { virtualisation: 'kvm' } },
  { code: 'busy-machine', args: { share: 0.12 } },
  { code: 'pacing', args: { congestionControl: 'bbr' } },
];

const noZerocopy: CannotRun[] = ['none', 'no-overwrite'].map((control) => ({
  variant: 'msg-zerocopy',
  factors: { link: 'unix', control },
  why: 'msg-zerocopy-unix',
  args: {},
}));

function time(options: TimeOptions = {}, report: Partial<ReportOptions> = {}): string {
  return `\n${renderReport(labResultSchema.parse(timeResult(options)), timeEntry, { ...plain, ...report })}\n`;
}

function proof(options: ProofOptions = {}, report: Partial<ReportOptions> = {}): string {
  return `\n${renderReport(labResultSchema.parse(proofResult(options)), proofEntry, { ...plain, ...report })}\n`;
}

function count(options: CopiesOptions = {}, report: Partial<ReportOptions> = {}): string {
  return `\n${renderReport(labResultSchema.parse(copiesResult(options)), copiesEntry, { ...plain, ...report })}\n`;
}

describe('renderReport() of counted copies', () => {
  test('shows a row a path and a column a place', () => {
    expect(count()).toMatchInlineSnapshot(`
      "
      Over loopback TCP the CPU copied every byte 3 times with read + write and Node stream, twice with
      mmap + write, once with sendfile: the receiver's own copy included.

      loopback TCP               file    program      inside       kernel  elsewhere     all         by
      copies of each byte  to program  to kernel  the kernel  to receiver             copies  reference
      read + write               1.00       1.00        0.00         1.00       0.00    3.00       0.00
      mmap + write               0.00       1.00        0.00         1.00       0.00    2.00       0.00
      sendfile                   0.00       0.00        0.00         1.00       0.00    1.00       1.00
      Node stream                1.00       1.00        0.00         1.00       0.00    3.00       0.00
      At the sender alone: 2 with read + write and Node stream, 1 with mmap + write, none with sendfile.
      Through a device that cannot gather, a copy comes back: 4 with read + write, 2 with sendfile.
      Counted twice: the copy instruction below the watched functions moved the same 18 MiB.
      What it does not see: memcpy inside the kernel, copies inside a program, and what devices move by
      DMA.
      "
    `);
  });

  test('shows with verbose what was copied over the other links, by which functions', () => {
    const text = count({ cannotRun: noZerocopy }, { verbose: true });
    expect(text).toContain('veth that cannot gather, from ext4:\n  read + write');
    expect(text).toContain(
      'copy kernel to receiver: 1 MiB in 16, _copy_to_iter ← skb_copy_datagram_iter ← tcp_recvmsg',
    );
    expect(text).toContain('guest Linux 6.12.1 (Debian cloud kernel)');
    expect(text).not.toMatch(/took|\bms\b/);
  });

  test('stays within 25 lines and 80 columns', () => {
    const lines = count({ cannotRun: noZerocopy }, { width: 80 }).trim().split('\n');
    expect(lines.length).toBeLessThanOrEqual(25);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});

describe('renderReport() of a time', () => {
  test('fits three links, five paths and the warnings into 25 lines of 100 columns', () => {
    expect(time({ links, warnings })).toMatchInlineSnapshot(`
      "
      sendfile spent 42 % less CPU than read + write, sender and receiver together, over loopback TCP
      (between 41 and 43 % less).
      Loopback TCP: sender's CPU 41 % less (40 to 43), wall time 42 % less (40 to 44).

                ● CPU copy        total CPU  ratio             sender's    wall   calls  faults  switches
                ○ page reference     ms/GiB  (95 % interval)     ms/GiB  ms/GiB    /GiB    /GiB      /GiB
      loopback  ●● read + write       1,204  1                      926     947  32,768      12       888
      TCP       ○● mmap + write       1,137  0.97 (0.95–0.99)       866     888  16,384  16,384       888
                ○  sendfile             690  0.58 (0.57–0.59)       530     536  16,384      12       888
                ○○ splice               712  0.60 (0.59–0.61)       542     555  32,768      12       888
                   Node's stream      1,851  1.60 (1.57–1.63)     1,408   1,503       –      12       888
      loopback  ●● read + write       1,181  1                      904     915  32,768      12       888
      TCP,      ○● mmap + write       1,133  0.97 (0.95–0.98)       863     928  16,384  16,384       888
      100 KiB   ○  sendfile             680  0.58 (0.57–0.59)       517     557  16,384      12       888
      send      ○○ splice               709  0.60 (0.59–0.60)       541     555  32,768      12       888
      buffer       Node's stream      1,904  1.61 (1.58–1.64)     1,485   1,527       –      12       888
      AF_UNIX   ●● read + write       1,185  1                      908     934  32,768      12       888
                ○● mmap + write       1,140  0.97 (0.96–0.99)       872     911  16,384  16,384       888
                ○  sendfile             682  0.58 (0.57–0.59)       519     550  16,384      12       888
                ○○ splice               712  0.60 (0.60–0.61)       541     551  32,768      12       888
                   Node's stream      1,946  1.61 (1.59–1.64)     1,491   1,533       –      12       888
      9 rounds of 256 MiB, 64 KiB a call; noise on this machine: ±1 to 2 %.
      ! Other programs used 12 % of the CPU time during the run.
      ! TCP spreads its sending over time here (bbr paces), which lengthens wall times.
      2 more, and what helps: --verbose
      "
    `);
  });

  test('leaves columns and links out at 60, and says so', () => {
    expect(time({ links, warnings }, { width: 60 })).toMatchInlineSnapshot(`
      "
      sendfile spent 42 % less CPU than read + write, sender and
      receiver together, over loopback TCP (between 41 and 43 %
      less).
      Loopback TCP: sender's CPU 41 % less (40 to 43), wall time
      42 % less (40 to 44).

                ● CPU copy        total CPU  ratio
                ○ page reference     ms/GiB  (95 % interval)
      loopback  ●● read + write       1,204  1
      TCP       ○● mmap + write       1,137  0.97 (0.95–0.99)
                ○  sendfile             690  0.58 (0.57–0.59)
                ○○ splice               712  0.60 (0.59–0.61)
                   Node's stream      1,851  1.60 (1.57–1.63)
      loopback  ●● read + write       1,181  1
      TCP,      ○● mmap + write       1,133  0.97 (0.95–0.98)
      100 KiB   ○  sendfile             680  0.58 (0.57–0.59)
      send      ○○ splice               709  0.60 (0.59–0.60)
      buffer       Node's stream      1,904  1.61 (1.58–1.64)
      Too narrow for: sender's CPU, wall time, calls, faults,
      switches.
      With --verbose also: AF_UNIX.
      9 rounds of 256 MiB, 64 KiB a call; noise on this machine:
      ±1 to 2 %.
      ! Other programs used 12 % of the CPU time during the run.
      3 more, and what helps: --verbose
      "
    `);
  });

  test('shows remedies where there is room, and no link column for one link', () => {
    expect(time({ warnings: warnings.slice(1, 3), variants: ['read-write', 'sendfile'] })).toMatchInlineSnapshot(`
      "
      sendfile spent 42 % less CPU than read + write, sender and receiver together, over loopback TCP
      (between 41 and 43 % less).
      Loopback TCP: sender's CPU 42 % less (41 to 44), wall time 43 % less (42 to 43).

      ● CPU copy        total CPU  ratio             sender's    wall   calls  faults  switches
      ○ page reference     ms/GiB  (95 % interval)     ms/GiB  ms/GiB    /GiB    /GiB      /GiB
      ●● read + write       1,204  1                      926     947  32,768      12       888
      ○  sendfile             680  0.58 (0.57–0.59)       518     531  16,384      12       888
      9 rounds of 256 MiB, 64 KiB a call; noise on this machine: ±2 %.
      ! Other programs used 12 % of the CPU time during the run. Close them and run it again.
      ! This is a virtual machine (kvm): nothing here says anything about DMA. Run it on bare metal to see
        the hardware.
      "
    `);
  });

  test('finds no difference where there is none', () => {
    expect(
      time({ variants: ['read-write', 'sendfile'], costs: { sendfile: 1 }, noise: 0.05, seed: 2 }),
    ).toMatchInlineSnapshot(`
      "
      No difference could be seen in the CPU that sendfile and read + write spent, sender and receiver
      together, over loopback TCP: sendfile spent between 3 % less and 2 % more.
      Loopback TCP: sender's CPU no different (between 2 % less and 3 % more), wall time no different
      (between 2 % less and 8 % more).

      ● CPU copy        total CPU  ratio             sender's    wall   calls  faults  switches
      ○ page reference     ms/GiB  (95 % interval)     ms/GiB  ms/GiB    /GiB    /GiB      /GiB
      ●● read + write       1,004  1                      778     806  32,768      12       888
      ○  sendfile             985  0.99 (0.97–1.02)       773     744  16,384      12       888
      9 rounds of 256 MiB, 64 KiB a call; noise on this machine: ±5 %.
      "
    `);
  });

  test('gives no interval from five rounds', () => {
    expect(time({ variants: ['read-write', 'sendfile'], rounds: 5 })).toMatchInlineSnapshot(`
      "
      Too few rounds to compare sendfile with read + write over loopback TCP: 5, and 6 are needed.

      ● CPU copy        total CPU  ratio            sender's    wall   calls  faults  switches
      ○ page reference     ms/GiB  (95 % interval)    ms/GiB  ms/GiB    /GiB    /GiB      /GiB
      ●● read + write       1,320  1                   1,007   1,069  32,768      12       888
      ○  sendfile             784  –                     602     621  16,384      12       888
      5 rounds of 256 MiB, 64 KiB a call; noise on this machine: not known, too few rounds.
      "
    `);
  });

  test('spells everything in ASCII where the terminal has no more', () => {
    expect(time({ warnings: warnings.slice(0, 1) }, { unicode: false, width: 80 })).toMatchInlineSnapshot(`
      "
      sendfile spent 42 % less CPU than read + write, sender and receiver together,
      over loopback TCP (between 41 and 43 % less).
      Loopback TCP: sender's CPU 41 % less (40 to 43), wall time 42 % less (40 to 44).

      * CPU copy        total CPU  ratio             sender's    wall   calls  faults
      o page reference     ms/GiB  (95 % interval)     ms/GiB  ms/GiB    /GiB    /GiB
      ** read + write       1,204  1                      926     947  32,768      12
      o* mmap + write       1,137  0.97 (0.95-0.99)       866     888  16,384  16,384
      o  sendfile             690  0.58 (0.57-0.59)       530     536  16,384      12
      oo splice               712  0.60 (0.59-0.61)       542     555  32,768      12
         Node's stream      1,851  1.60 (1.57-1.63)     1,408   1,503       -      12
      Too narrow for: switches.
      9 rounds of 256 MiB, 64 KiB a call; noise on this machine: +/-2 %.
      ! Over loopback no network card takes part, and the receiver copies every byte
        it reads. Read the ratios, and expect others between two machines.
      "
    `);
  });

  test('derives the warning that the baseline differed from itself, and puts it first', () => {
    const report = time({ warnings, costs: { repeat: 1.2 } });
    const [first] = report.split('\n').filter((line) => line.startsWith('!'));
    expect(first).toMatch(/^! Over loopback TCP the same path run twice differed by \d+ %: too noisy to say\./);
  });

  test('shows one warning of each kind before a second of the same, without what goes without saying', () => {
    const wide = links.map((link) => ({ code: 'too-wide', args: { link, chunk: 65536, halfWidth: 0.2 } }));
    const report = time({ links, warnings: [...wide, ...warnings] }, { width: 80 });
    const notes = report.split('\n').slice(report.split('\n').findIndex((line) => line.startsWith('!')));
    expect(notes).toEqual([
      '! The noise over loopback TCP (±20 %) is too large to see small differences.',
      '6 more, and what helps: --verbose',
      '',
    ]);
    expect(time({ warnings: [...wide, ...warnings] })).toMatch(/^! Other programs used 12 %/m);
  });

  test('says what could not run, once for a reason', () => {
    const cannotRun = links.map((link) => ({
      variant: 'splice',
      factors: { link, chunk: 65536 },
      why: 'no-kernel-feature',
      args: { call: 'splice' },
    }));
    const report = time({ cannotRun, links, variants: ['read-write', 'sendfile'] });
    expect(report).toContain('! Cannot run here: splice: this kernel has no splice (ENOSYS).');
    expect(report.match(/Cannot run here/g)).toHaveLength(1);
  });

  test('leaves the wall time out on one CPU', () => {
    expect(time({ usableCpus: [0] })).not.toContain('wall');
    expect(time({ usableCpus: [0] }, { verbose: true })).not.toContain('wall');
  });

  test('is complete with verbose', () => {
    const report = time({ links, warnings }, { verbose: true });
    expect(report).not.toContain('--verbose:');
    for (const text of ["receiver's CPU", 'quartile', 'pread64 16,384', 'sudo sysctl', 'Intel Xeon (test)', 'seed']) {
      expect(report).toContain(text);
    }
    expect(report).toContain('AF_UNIX: noise ±');
  });
});

test('the noise of a result counts the rounds that the hypervisor left alone', () => {
  const result = timeResult({ rounds: 12 });
  const series = result.series.map((one) => ({
    ...one,
    samples: one.samples.map((sample) => ({ ...sample, stealNs: sample.round < 3 ? sample.wallNs : 0 })),
  }));
  const report = renderReport({ ...result, series }, timeEntry, { ...plain, verbose: true, width: 1000 });
  expect(report).toContain('; 9 of 12 rounds, the hypervisor took time in the others, intervals of');
  expect(time({ rounds: 12 }, { verbose: true, width: 1000 })).toContain('; 12 rounds, intervals of');
});

describe('renderReport() of a proof', () => {
  test('says path by path who owned the bytes, what that means, and what could not run', () => {
    expect(proof({ cannotRun: noZerocopy, warnings: warnings.slice(0, 1) })).toMatchInlineSnapshot(`
      "
      When the send call had returned, the bytes of sendfile and splice were still the file's pages:
      overwriting the file changed what arrived. The other 5 delivered the old bytes: the overwrite could
      not reach them any more.

      the bytes of                 over loopback TCP    over AF_UNIX
      read + write               ● a copy             ● a copy
      read + writev                a copy               a copy
      mmap + write               ● a copy             ● a copy
      sendfile                   ○ the file's pages   ○ the file's pages
      splice                     ○ the file's pages   ○ the file's pages
      mmap + send(MSG_ZEROCOPY)    a copy               cannot run here
      sendfile from O_DIRECT       a copy               a copy

      What it means: for sendfile and splice the kernel had queued references to the page cache's pages,
      so the CPU had not copied the payload when the call returned.
      What it does not prove: DMA by a device, or a gain in speed.
      Cross-checks: with the receiver reading first, or without the overwrite, every path delivered the
      old bytes: 26 of 26.
      ! Cannot run here: mmap + send(MSG_ZEROCOPY) over AF_UNIX: AF_UNIX sockets refuse MSG_ZEROCOPY
        (EOPNOTSUPP).
      ! Over loopback no network card takes part, and the receiver copies every byte it reads. Read the
        ratios, and expect others between two machines.
      "
    `);
  });

  test('fits into 60 columns', () => {
    expect(proof({}, { width: 60, unicode: false })).toMatchInlineSnapshot(`
      "
      When the send call had returned, the bytes of sendfile and
      splice were still the file's pages: overwriting the file
      changed what arrived. The other 5 delivered the old bytes:
      the overwrite could not reach them any more.

      the bytes of                 over loopback TCP
      read + write               * a copy
      read + writev                a copy
      mmap + write               * a copy
      sendfile                   o the file's pages
      splice                     o the file's pages
      mmap + send(MSG_ZEROCOPY)    a copy
      sendfile from O_DIRECT       a copy
      Too narrow for: over AF_UNIX.

      What it means: for sendfile and splice the kernel had queued
      references to the page cache's pages, so the CPU had not
      copied the payload when the call returned.
      What it does not prove: DMA by a device, or a gain in speed.
      Cross-checks: with the receiver reading first, or without
      the overwrite, every path delivered the old bytes: 28 of 28.
      "
    `);
  });

  test('says when a path gave both, or no clear answer', () => {
    const plant = {
      'sendfile none': { oldBytes: 16384, newBytes: 49152 },
      'splice none': { overwrittenBytes: 0 },
    };
    expect(proof({ plant, links: ['tcp'], variants: ['sendfile', 'splice'] })).toMatchInlineSnapshot(`
      "
      sendfile delivered some bytes of each kind. No clear answer from splice (the file was not
      overwritten).

      the bytes of    over loopback TCP
      sendfile      ! mixed: 16 KiB old, 48 KiB new
      splice        ! unclear

      What it means: for a part of the bytes of sendfile the kernel had queued references to the page
      cache's pages; that part the CPU had not copied.
      What it does not prove: DMA by a device, or a gain in speed.
      Cross-checks: with the receiver reading first, or without the overwrite, every path delivered the
      old bytes: 4 of 4.
      "
    `);
  });

  test('marks no CPU copy where only old bytes say so', () => {
    expect(proof()).toMatch(/● a copy/);
    expect(proof()).toMatch(/MSG_ZEROCOPY\) {4}a copy/);
    const direct = proof({ plant: { 'sendfile none': { oldBytes: 65536, newBytes: 0 } } });
    expect(direct).toMatch(/sendfile {21}a copy/);
  });

  test('lists every run with verbose', () => {
    const report = proof({}, { verbose: true });
    expect(report.match(/receiver reading first +64 KiB/g)).toHaveLength(14);
  });
});

describe('renderReport()', () => {
  const reports = [60, 70, 80, 90, 100, 120, 200].flatMap((width) =>
    [true, false].flatMap((unicode) => [
      { name: `time at ${width}, ${unicode}`, width, unicode, text: time({ links, warnings }, { width, unicode }) },
      {
        name: `chunks at ${width}, ${unicode}`,
        width,
        unicode,
        text: time({ links, chunks: [4096, 65536] }, { width, unicode }),
      },
      {
        name: `proof at ${width}, ${unicode}`,
        width,
        unicode,
        text: proof({ warnings, cannotRun: noZerocopy }, { width, unicode }),
      },
    ]),
  );

  test.each(reports)('$name: keeps to 25 lines and to the width', ({ text, width }) => {
    const lines = text.slice(1, -1).split('\n');
    expect(lines.length).toBeLessThanOrEqual(25);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
  });

  test.each(reports)('$name: has none of the words of the trade', ({ text }) => {
    expect(text).not.toMatch(/\b(predicate|control|variant|factor|ledger)s?\b/i);
  });

  test.each(reports.filter(({ unicode }) => !unicode))('$name: is ASCII', ({ text }) => {
    expect(text).toMatch(/^[\n -~]*$/);
    expect(text).not.toContain('?');
  });

  test('colours without changing a character', () => {
    for (const [coloured, bare] of [
      [time({ links, warnings }, { colour: true }), time({ links, warnings })],
      [proof({ warnings }, { colour: true, verbose: true }), proof({ warnings }, { verbose: true })],
    ] as const) {
      expect(coloured).not.toBe(bare);
      expect(stripVTControlCharacters(coloured)).toBe(bare);
    }
  });

  test('says loopback where it gives a number of it', () => {
    const sentences =
      time({ links, warnings })
        .split('\n\n')[0]
        ?.trim()
        .split(/(?<=\.)\n/) ?? [];
    expect(sentences).toHaveLength(2);
    for (const sentence of sentences) expect(sentence).toMatch(/loopback/i);
  });
});
