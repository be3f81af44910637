import { describe, expect, it } from 'vitest';
import { closingLine, exitCode, type LeftOut, sayLeftOut } from './summary.ts';

const passed = { passed: 3, failed: 0, skipped: 0, troubles: [] };
const leftOut: LeftOut = {
  tier: 'browser',
  missing: { why: 'Chromium is not installed', remedy: 'apt-get install -y chromium would add it' },
};

describe('sayLeftOut()', () => {
  it('names the tier, the reason and what would change it', () => {
    expect(sayLeftOut(leftOut)).toBe(
      'left out: browser: Chromium is not installed; apt-get install -y chromium would add it',
    );
  });
});

describe('closingLine()', () => {
  it('counts what passed and failed', () => {
    expect(closingLine({ ...passed, failed: 1 })).toBe('3 passed, 1 failed');
  });

  it('names skipped tests only when there are any', () => {
    expect(closingLine({ ...passed, skipped: 2 })).toBe('3 passed, 0 failed, 2 skipped');
  });
});

describe('exitCode()', () => {
  it('is 0 when all passed, also with a tier left out', () => {
    expect(exitCode(passed, [], true)).toBe(0);
    expect(exitCode(passed, [leftOut], false)).toBe(0);
  });

  it('is 1 when a test failed', () => {
    expect(exitCode({ ...passed, failed: 1 }, [], false)).toBe(1);
  });

  it('is 1 when a tier is left out and CI is set', () => {
    expect(exitCode(passed, [leftOut], true)).toBe(1);
  });

  it('is 1 when nothing passed', () => {
    expect(exitCode({ ...passed, passed: 0 }, [leftOut], false)).toBe(1);
  });
});
