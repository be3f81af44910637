import { describe, expect, test } from 'vitest';
import { byImportance, type WarningCode, warning, warningText } from '#model/words/warnings.ts';

/** A code, what it is given, and a part of what it then says. */
const cases: Record<WarningCode, [args: Record<string, string | number>, says: string]> = {
  throttled: [{ samples: 2, of: 45 }, 'stopped the run in 2 of 45 samples.'],
  'baseline-differs': [
    { ratio: 0.9, link: 'tcp' },
    'Over loopback TCP the same path run twice differed by 11 %: too noisy to say.',
  ],
  'evicted-pages': [{ bytes: 2 ** 20 }, '1 MiB of the file fell out of memory'],
  'too-wide': [
    { halfWidth: 0.2, link: 'unix' },
    'The noise over AF_UNIX (±20 %) is too large to see small differences.',
  ],
  'busy-machine': [{ share: 0.12 }, 'Other programs used 12 % of the CPU time'],
  'cpu-steal': [{ share: 0.05 }, 'The hypervisor gave 5 %'],
  'too-short': [{ wallNs: 2e6 }, 'The samples are short (2 ms)'],
  pacing: [{ congestionControl: 'bbr' }, '(bbr paces)'],
  'one-cpu': [{}, 'wall times are not compared'],
  'java-not-warm': [{ bytes: 2 ** 30, seconds: 4 }, 'Java had served only 1 GiB, for 4 s, by each listener'],
  'broker-unseen': [
    { why: 'other-program', program: 'docker-proxy' },
    "The broker's CPU time is not known: what listens there (docker-proxy) is no Java program",
  ],
  'small-files': [{ bytes: 4096, emptyCallNs: 120 }, '4 KiB a call is little: an empty call alone costs 120 ns.'],
  'frequency-scaling': [{ governor: 'powersave' }, '(governor powersave)'],
  'tmpfs-work-folder': [{ fileSystem: '9p' }, 'The work folder is on 9p'],
  'virtual-machine': [{ virtualisation: 'kvm' }, 'a virtual machine (kvm): nothing here says anything about DMA'],
  loopback: [{}, 'Over loopback no network card takes part, and the receiver copies every byte it reads.'],
  'untried-architecture': [{ arch: 'arm64' }, 'Counting was written for arm64 without a machine to try it on.'],
  'time-accounting': [{ accounting: 'on' }, "keeps interrupt work out of every process's CPU time"],
};

describe('warningText()', () => {
  test.each(Object.entries(cases))('%s says what it was given', (code, [args, says]) => {
    expect(warningText({ code, args }).text).toContain(says);
  });

  test.each(Object.keys(cases))('%s is a whole sentence without arguments, and has a remedy', (code) => {
    const { text, remedy } = warningText({ code, args: {} });
    expect(text).toMatch(/^[A-Z].*\.$/);
    expect(text).not.toMatch(/undefined|NaN| {2}|\(\)/);
    expect(remedy).toMatch(/\w+ \w/);
  });

  test.each(['never-heard-of', 'toString'])('names a code that it does not know: %s', (code) => {
    expect(warningText({ code, args: {} }).text).toContain(`'${code}'`);
  });
});

test('warning() makes a value that the schema takes', () => {
  expect(warning('busy-machine', { share: 0.1 })).toEqual({ code: 'busy-machine', args: { share: 0.1 } });
});

test('byImportance() puts what ruins a result before what is always so, and the unknown first', () => {
  const codes = ['loopback', 'time-accounting', 'baseline-differs', 'new-code', 'busy-machine'];
  const sorted = byImportance(codes.map((code) => ({ code, args: {} }))).map(({ code }) => code);
  expect(sorted).toEqual(['new-code', 'baseline-differs', 'busy-machine', 'loopback', 'time-accounting']);
});
