import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ProvePages, rightRounds } from '#model/prove.ts';
import type { CannotRun, ProofResult, ProofSample } from '#model/result.ts';
import { proofResult } from '../fixtures/results.ts';
import { checkPages } from './pages-check.ts';
import { runSeries } from './run-series.ts';

describe('a tenth of npm run prove:pages', () => {
  let series: ReturnType<typeof runSeries>;
  beforeAll(() => {
    series = runSeries('pages', ['--share', '0.1']);
  }, 120_000);
  afterAll(() => series.remove());

  it('gives the right answer every time, and its controls turn it', () => {
    expect({ status: series.status, stderr: series.stderr }).toMatchObject({ status: 0 });
    const { cases, faults, refused } = series.result as ProvePages;
    expect(faults).toEqual([]);
    expect(cases.filter((one) => rightRounds(one) !== 5)).toEqual([]);
    expect(cases.length + refused.length).toBe(7 * 2 * 3);
    expect(series.stderr).toMatch(/pages: (\d+) of \1 paths gave the right answer 5 times out of 5, and so did/);
  });
});

describe('checkPages()', () => {
  const BYTES = 65_536;
  const controls = ['none', 'receiver-drains-first', 'no-overwrite'];
  const refusal = (variant: string, link: string): CannotRun[] =>
    controls.map((control) => ({ variant, factors: { link, control }, why: 'some-reason', args: {} }));
  const copied = { 'msg-zerocopy': { kernelSaysCopied: true } };
  const right = (plant: Record<string, Partial<ProofSample>> = {}, refused: CannotRun[] = []) =>
    proofResult({
      samples: 5,
      plant: { ...copied, ...plant },
      cannotRun: [...refusal('msg-zerocopy', 'unix'), ...refused],
    });
  const check = (result: ProofResult) => checkPages(result, 5, BYTES);
  const wrong = (result: ProofResult) =>
    check(result)
      .cases.filter((one) => rightRounds(one) < 5)
      .map(({ variant, link, control }) => `${variant} ${link} ${control}`);

  it('accepts the right answers', () => {
    expect(check(right()).faults).toEqual([]);
    expect(check(right()).cases).toHaveLength(13 * 3);
    expect(wrong(right())).toEqual([]);
  });

  it.each<[string, Partial<ProofSample>, string]>([
    ['sendfile none', { oldBytes: BYTES, newBytes: 0 }, 'sendfile'],
    ['splice none', { newBytes: BYTES - 1, oldBytes: 1 }, 'splice'],
    ['read-write none', { oldBytes: 0, newBytes: BYTES }, 'read-write'],
    ['writev none', { otherBytes: 1 }, 'writev'],
    ['mmap-write none', { sentBytes: BYTES - 1 }, 'mmap-write'],
    ['mmap-write none', { overwrittenBytes: 0 }, 'mmap-write'],
    ['sendfile no-overwrite', { oldBytes: 0, newBytes: BYTES }, 'sendfile'],
    ['sendfile no-overwrite', { overwrittenBytes: BYTES }, 'sendfile'],
    ['splice receiver-drains-first', { oldBytes: 0, newBytes: BYTES }, 'splice'],
    ['sendfile-direct none', { oldBytes: 0, newBytes: BYTES }, 'sendfile-direct'],
    ['read-write none', { kernelSaysCopied: true }, 'read-write'],
  ])('refuses %s with %j', (place, sample, variant) => {
    const [, control] = place.split(' ');
    expect(wrong(right({ [place]: sample }))).toEqual([`${variant} tcp ${control}`, `${variant} unix ${control}`]);
  });

  it('refuses MSG_ZEROCOPY whose completion does not say that the kernel copied', () => {
    expect(wrong(right({ 'msg-zerocopy none': { kernelSaysCopied: false } }))).toEqual(['msg-zerocopy tcp none']);
  });

  it('finds one wrong sample among the right ones, and says in which round', () => {
    const result = right();
    const series = result.series.find(({ variant }) => variant === 'sendfile');
    Object.assign(series?.samples[3] as ProofSample, { oldBytes: BYTES, newBytes: 0 });
    const [found] = check(result).cases.filter((one) => rightRounds(one) === 4);
    expect(found?.seen.map(({ rounds }) => rounds)).toEqual([[0, 1, 2, 4], [3]]);
  });

  it('misses a series, a round, and a path that may not be refused', () => {
    const without = right();
    without.series = without.series.filter(({ variant, factors }) => variant !== 'splice' || factors.link === 'tcp');
    expect(check(without).faults).toEqual(
      controls.map((control) => `splice over unix, control ${control}: it is neither there nor refused`),
    );
    const twice = right();
    (twice.series[0]?.samples[2] as ProofSample).round = 1;
    expect(check(twice).faults).toEqual([
      'read-write over tcp, control none: expected one sample in each of 5 rounds, found rounds 0, 1, 1, 3, 4',
    ]);
    expect(check(right({}, refusal('sendfile', 'tcp'))).faults).toEqual(
      controls.map(() => 'sendfile over tcp was refused: some-reason'),
    );
    expect(check(right({}, refusal('sendfile-direct', 'tcp'))).faults).toEqual([]);
  });

  it('finds a series that does not belong there', () => {
    const more = right();
    more.series.push({ ...(more.series[0] as ProofResult['series'][number]), variant: 'new-path' });
    more.series.push(more.series[0] as ProofResult['series'][number]);
    expect(check(more).faults).toEqual(['read-write over tcp, control none: 2 series', '2 series too many']);
  });
});
