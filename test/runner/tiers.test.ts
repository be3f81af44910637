import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tierOf, tiers } from './tiers.ts';

describe('tierOf()', () => {
  it.each([
    ['test/model/statistics.test.ts', 'base'],
    ['test/proof/calls.trace.test.ts', 'trace'],
    ['test/site/built.site.test.ts', 'site'],
    ['test/site/look.browser.test.ts', 'browser'],
    ['test/install/fresh-clone.install.test.ts', 'install'],
    ['test/site/browser.test.ts', 'base'],
  ])('puts %s into %s', (file, tier) => {
    expect(tierOf(file)).toBe(tier);
  });
});

describe('tiers', () => {
  const install = tiers.find((tier) => tier.name === 'install');

  it('runs the install tier only in CI or when it is asked for', () => {
    expect(install?.missing({ ci: false, asked: false })?.remedy).toBe('npm test -- --tier install runs it');
    expect(install?.missing({ ci: true, asked: false })).toBeNull();
    expect(install?.missing({ ci: false, asked: true })).toBeNull();
  });

  it('needs only packages that .ci/run installs', () => {
    const installed = /^packages=\((.*)\)$/m.exec(readFileSync('.ci/run', 'utf8'))?.[1]?.split(' ') ?? [];
    expect(installed).toEqual(expect.arrayContaining(tiers.flatMap((tier) => tier.packages)));
  });
});
