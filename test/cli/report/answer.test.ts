import { describe, expect, test } from 'vitest';
import { type Entry, type ReportOptions, renderReport } from '#cli/report/index.ts';
import type { Answer } from '#model/catalogue.ts';
import { type CannotRun, type LabResult, labResultSchema, type Warning } from '#model/result.ts';
import {
  crossoverEntry,
  crossoverResult,
  distributionEntry,
  distributionResult,
  factsEntry,
  factsResult,
  growthEntry,
  growthResult,
  ratioEntry,
  ratioResult,
} from '../../fixtures/results.ts';

const plain: ReportOptions = { verbose: false, colour: false, width: 80, unicode: true };

function report(result: LabResult, entry: Entry, options: Partial<ReportOptions> = {}): string {
  return `\n${renderReport(labResultSchema.parse(result), entry, { ...plain, ...options })}\n`;
}

describe('renderReport() of an answer', () => {
  test('says what one more costs', () => {
    expect(report(growthResult(), growthEntry)).toMatchInlineSnapshot(`
      "
      1 KiB a message: with each further consumer, memory held grows by 4.17 MiB with
      read + write (3.82 MiB to 4.51 MiB) and not measurably with sendfile (−147 bytes
      to 203 bytes).
      200 consumers, 1 KiB a message: read + write 837 MiB, sendfile 1.99 MiB.
      64 KiB a message: with each further consumer, memory held grows by 4.14 MiB with
      read + write (3.77 MiB to 4.5 MiB) and not measurably with sendfile (−371 bytes
      to 579 bytes).
      200 consumers, 64 KiB a message: read + write 838 MiB, sendfile 1.99 MiB.

      Memory held          read + write   sendfile
      1 KiB a message
        1                      6.17 MiB   1.96 MiB
        10                     43.9 MiB   2.02 MiB
        50                      215 MiB   2.04 MiB
        100                     419 MiB   1.98 MiB
        200                     837 MiB   1.99 MiB
        one consumer more      4.17 MiB  none seen
      64 KiB a message
        1                      6.18 MiB   1.96 MiB
        10                     44.5 MiB   1.99 MiB
        50                      205 MiB      2 MiB
        100                     418 MiB   1.99 MiB
        200                     838 MiB   1.99 MiB
        one consumer more      4.14 MiB  none seen
      9 rounds; noise on this machine: ±1 to 3 %.
      "
    `);
  });

  test('says from where on one is cheaper', () => {
    expect(report(crossoverResult(), crossoverEntry)).toMatchInlineSnapshot(`
      "
      mmap spent more CPU than read up to 64 KiB, and less from 1 MiB on.
      sendfile spent less CPU than read from 16 KiB to 1 MiB; no difference could be
      seen at 4 KiB.

      CPU                   mmap          sendfile
      read = 1   (95 % interval)   (95 % interval)
      4 KiB     5.98 (5.83–6.18)  1.01 (0.99–1.03)
      16 KiB    2.50 (2.45–2.55)  0.89 (0.88–0.91)
      64 KiB    1.30 (1.28–1.34)  0.71 (0.69–0.73)
      256 KiB   0.99 (0.98–1.01)  0.59 (0.58–0.61)
      1 MiB     0.70 (0.69–0.71)  0.55 (0.54–0.56)
      9 rounds; noise on this machine: ±2 to 3 %.
      "
    `);
  });

  test('says how latencies spread', () => {
    expect(report(distributionResult(), distributionEntry)).toMatchInlineSnapshot(`
      "
      Warm pages: half of the requests took at most 80.3 µs with read + write, 66.3 µs
      with sendfile and 78.8 µs with sendfile after readahead.
      Warm pages: the median with sendfile was 18 % less than with read + write
      (between 9 and 23 % less).
      Warm pages: no difference could be seen between the medians of sendfile after
      readahead and read + write (between 6 % less and 6 % more).
      Warm pages: 99 % took at most 1.05 ms with read + write, 844 µs with sendfile
      and 1.04 ms with sendfile after readahead.
      Cold pages: half of the requests took at most 359 µs with read + write, 296 µs
      with sendfile and 372 µs with sendfile after readahead.
      Cold pages: the median with sendfile was 19 % less than with read + write
      (between 13 and 25 % less).

      requests took                   50 %     90 %     99 %  slowest  requests
      at most                     (median)
      warm pages
        read + write               80.3 µs   333 µs  1.05 ms  1.48 ms     3,600
        sendfile                   66.3 µs   282 µs   844 µs  1.21 ms     1,800
        sendfile after readahead   78.8 µs   306 µs  1.04 ms  1.57 ms     1,800
      cold pages
        read + write                359 µs  1.41 ms  4.36 ms  6.46 ms     3,600
        sendfile                    296 µs   1.2 ms  3.57 ms   5.1 ms     1,800
        sendfile after readahead    372 µs  1.45 ms  4.45 ms  6.61 ms     1,800
      9 rounds; noise on this machine: ±4 to 6 %.
      "
    `);
  });

  test('says a ratio of a quantity of the lab', () => {
    expect(report(ratioResult(), ratioEntry)).toMatchInlineSnapshot(`
      "
      sendfile had 20 % less time an access than read + write, a working set of
      256 KiB (between 18 and 22 % less).
      nothing sent had 49 % less time an access than read + write, a working set of
      256 KiB (between 49 and 51 % less).
      No difference could be seen in the time an access that sendfile and read + write
      had, a working set of 4 MiB: sendfile had between 2 % less and 2 % more.
      No difference could be seen in the time an access that nothing sent and read +
      write had, a working set of 4 MiB: nothing sent had between 2 % less and 0.6 %
      more.

                      Time an access             ratio
                                       (95 % interval)
      a working set of 256 KiB
        read + write         8.28 ns                 1
        sendfile             6.59 ns  0.80 (0.78–0.82)
        nothing sent         4.21 ns  0.51 (0.49–0.51)
      a working set of 4 MiB
        read + write         8.41 ns                 1
        sendfile             8.58 ns  1.00 (0.98–1.02)
        nothing sent         8.43 ns  0.99 (0.98–1.01)
      9 rounds; noise on this machine: ±2 to 3 %.
      "
    `);
  });

  test('says facts', () => {
    expect(report(factsResult(), factsEntry)).toMatchInlineSnapshot(`
      "
      sendfile over a device that gathers: 64 KiB were the file's own; over one that
      cannot: none.

                      Changed after  Packets   Pages  calls
                            sending           shared
      veth
        read + write              0       46      no      2
        sendfile             64 KiB       46     yes      1
      veth that cannot gather
        read + write              0       46      no      2
        sendfile                  0       46      no      1
      "
    `);
  });

  test('says what of the facts could not run', () => {
    expect(report(factsResult(false), factsEntry)).toMatchInlineSnapshot(`
      "
      sendfile over a device that gathers: 64 KiB were the file's own; over one that
      cannot: cannot run here.

                    Changed after  Packets   Pages  calls
                          sending           shared
      read + write              0       46      no      2
      sendfile             64 KiB       46     yes      1
      ! Cannot run here: read + write over veth that cannot gather, sendfile over veth
        that cannot gather: a process may not leave its network here (unshare). Run it
        as root, outside a container.
      "
    `);
  });

  const crowded: { warnings: Warning[]; cannotRun: CannotRun[] } = {
    warnings: [
      { code: 'loopback', args: {} },
      { code: 'virtual-machine', args: { virtualisation: 'kvm' } },
      { code: 'busy-machine', args: { share: 0.12 } },
    ],
    cannotRun: [{ variant: 'splice', factors: {}, why: 'no-network-namespace', args: {} }],
  };

  test.each([
    ['growth', growthResult(crowded), growthEntry],
    ['growth with few rounds', growthResult({ ...crowded, rounds: 3 }), growthEntry],
    ['crossover', crossoverResult(crowded), crossoverEntry],
    ['crossover of two destinations', crossoverResult({ ...crowded, settings: twoDestinations() }), crossoverEntry],
    ['distribution', distributionResult(crowded), distributionEntry],
    ['ratio', ratioResult(crowded), ratioEntry],
    ['facts', factsResult(false), factsEntry],
  ])('stays within 25 lines and 80 columns: %s', (_, result, entry) => {
    const lines = report(result, entry).trim().split('\n');
    expect(lines.length).toBeLessThanOrEqual(25);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.join('\n')).toContain('! Cannot run here: ');
  });

  test('shows with verbose every group, every quantity with its quartiles, and the machine', () => {
    const text = report(growthResult(crowded), growthEntry, { verbose: true });
    expect(text).toContain('CPU to fill all queues once:\n');
    expect(text).toMatch(/read \+ write, 64 KiB a message, 200 consumers +\d+ MiB +\d+ MiB +\d+ MiB/);
    expect(text).toContain('Close them');
    expect(text).toContain('seed');
    expect(text).not.toContain('With --verbose also');
  });

  test('says which groups the default report leaves out', () => {
    const text = report(crossoverResult({ ...crowded, settings: twoDestinations(6) }), crossoverEntry);
    expect(text).toContain('With --verbose also: to 3');
  });

  test('tells where the same path run twice differed, in words of the lab', () => {
    const planted = crossoverResult();
    const series = planted.series.map((one) =>
      one.role === 'repeat' && one.factors.size === 65536
        ? { ...one, samples: one.samples.map((sample) => ({ ...sample, senderCpuNs: sample.senderCpuNs * 2 })) }
        : one,
    );
    expect(report({ ...planted, series }, crossoverEntry)).toContain(
      '! Files of 64 KiB: the same path run twice differed by',
    );
  });

  test('names a setting in which a path could not run though it ran in others', () => {
    const cannotRun = [{ variant: 'mmap', factors: { size: 4 }, why: 'no-network-namespace', args: {} }];
    expect(report(crossoverResult({ cannotRun }), crossoverEntry)).toContain(
      '! Cannot run here: mmap (files of 4 bytes):',
    );
  });

  test('tells a group that has few of the columns row by row', () => {
    const result = factsResult();
    const series = result.series.map((one) => ({
      ...one,
      samples: one.samples.map(({ extra: _, ...sample }) =>
        one.factors.link === 'veth' ? { ...sample, extra: _ } : sample,
      ),
    }));
    const text = report({ ...result, series } as LabResult, factsEntry);
    expect(text).toContain('  sendfile             64 KiB       46     yes      1\n');
    expect(text).toContain('veth that cannot gather\n  read + write: calls 2\n  sendfile: calls 1\n');
  });

  test('tells growth with bytes by the KiB', () => {
    const bytes = crossoverResult();
    const text = report(bytes, {
      ...crossoverEntry,
      answer: { ...growthEntry.answer, along: 'size', measure: 'totalCpuNs' } as Answer,
    });
    expect(text).toContain('With each further KiB, CPU grows by 2');
    expect(text).toContain('one KiB more');
  });

  test('keeps to ASCII where the terminal does', () => {
    expect(report(growthResult(), growthEntry, { unicode: false })).toMatch(/^[ -~\n]+$/);
  });

  test('falls back on the usual report where the kind has no such shape', () => {
    const shape = { shape: 'distribution' } as const;
    expect(report(factsResult(), { ...factsEntry, answer: shape })).not.toContain('half of the requests');
  });
});

function twoDestinations(count = 2) {
  const places = Array.from({ length: count }, (_, at) => (at < 2 ? (['socket', 'memory'][at] as string) : String(at)));
  return places.flatMap((to) => [4, 64, 1024].map((size) => ({ to, size: size * 1024 })));
}
