import { describe, expect, test } from 'vitest';
import { shownText } from '#model/words/claims/shown.ts';
import { machineWords, reasonText, sourceWords, untestedText } from '#model/words/claims.ts';

describe('words of claims', () => {
  test('the two scales share no word', () => {
    expect(Object.values(sourceWords).filter((word) => Object.values(machineWords).includes(word))).toEqual([]);
  });

  test('reasonText() says the reasons of claims, and those of a machine', () => {
    expect(reasonText({ code: 'no-result', args: { lab: 'count-copies' } })).toEqual({
      why: 'there is no result of the lab count-copies yet',
      remedy: 'Run it: ./zc run count-copies',
    });
    expect(
      reasonText({ code: 'series-missing', args: { lab: 'x', variant: 'sendfile', link: 'tcp', chunk: 65_536 } }).why,
    ).toBe('the result has no series of sendfile, loopback TCP, 64 KiB a call');
    expect(reasonText({ code: 'no-strace', args: {} }).why).toMatch(/strace/);
  });

  test('untestedText() names the part', () => {
    const why = { code: 'no-lab', args: { because: 'it is history' } };
    expect(untestedText({ why })).toBe('no lab decides it: it is history');
    expect(untestedText({ why, part: 'cold files' })).toMatch(/^cold files: no lab decides it/);
  });

  test.each([
    [{ what: 'sender-copies', value: 0 }, 'sendfile, loopback TCP: 0 copies of each byte by the CPU at the sender'],
    [
      { what: 'sender-copies', value: 1.005 },
      'sendfile, loopback TCP: 1.00 copies of each byte by the CPU at the sender',
    ],
    [{ what: 'calls', value: 1 }, 'sendfile, loopback TCP: 1 system call'],
    [{ what: 'wire-packets', value: 23 }, 'sendfile, loopback TCP: 23 packets on the wire'],
    [
      { what: 'map-areas', value: 65_297 },
      'sendfile, loopback TCP: 65,297 areas mapped before the kernel refused another',
    ],
    [{ what: 'available-less', value: -(2 ** 20) }, 'sendfile, loopback TCP: -1 MiB of available memory gone'],
    [{ what: 'io-pressure', value: 0.15 }, 'sendfile, loopback TCP: pressure for 15 % of the time'],
    [{ what: 'switches', value: 1040 }, 'sendfile, loopback TCP: 1,040 context switches'],
    [{ what: 'switches', value: 1 }, 'sendfile, loopback TCP: 1 context switch'],
    [{ what: 'new-bytes', value: 65_536 }, 'sendfile, loopback TCP: 64 KiB arrived as they were written afterwards'],
    [
      { what: 'total-cpu', value: 0.494, low: 0.462, high: 1.1, than: { variant: 'read-write' } },
      'sendfile, loopback TCP: 51 % less CPU of sender and receiver than read + write (99 %: 54 % less to 10 % more)',
    ],
    [
      { what: 'wall-time', value: 2, than: { variant: 'splice', factors: { chunk: 4096 } } },
      'sendfile, loopback TCP: 2.0 times as much time as splice, 4 KiB a call',
    ],
    [
      { what: 'wall-time', value: 4.19, low: 1.84, high: 12.2 },
      'sendfile, loopback TCP: 4.2 times as much time as the baseline (99 %: 84 % more to 12 times)',
    ],
  ] as const)('shownText() of %j', (shown, text) => {
    expect(
      shownText({ variant: 'sendfile', factors: { link: 'tcp' }, ...shown }, { 'read-write': 'read + write' }),
    ).toBe(text);
  });

  test("shownText() says a lab's own factors in its own words, on both sides of a ratio", () => {
    const shown = {
      what: 'wall-time',
      variant: 'random',
      factors: { does: 'reading' },
      value: 2,
      than: { variant: 'sequential', factors: { does: 'writing' } },
    } as const;
    expect(shownText(shown, { sequential: 'in order' }, { does: 'while {}' })).toBe(
      'random, while reading: 2.0 times as much time as in order, while writing',
    );
  });
});
