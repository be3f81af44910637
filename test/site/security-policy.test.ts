/** The policy, and the check of it: each is given the mistake that the other is there for. */
import { describe, expect, test } from 'vitest';
import { policyOf, withPolicy } from '#site/security-policy.ts';
import { checkPolicy } from './checks/policy.ts';

const page = (head: string) => `<!doctype html><html><head><meta charset="utf-8"/>${head}</head><body></body></html>`;
const scripted = page(
  '<script>one()</script><script src="/a.js"></script><script type="application/ld+json">{}</script>',
);

test('withPolicy() allows the inline scripts of the page by their hash, and no others', () => {
  // sha256 of `one()`
  expect(policyOf(scripted).match(/sha256-/g)).toHaveLength(1);
  expect(checkPolicy(withPolicy(scripted))).toEqual([]);
  expect(policyOf(page(''))).not.toContain('sha256-');
});

test('withPolicy() says what is missing when it cannot place it', () => {
  expect(() => withPolicy('<html></html>')).toThrow('expected <meta charset="utf-8">');
});

describe('checkPolicy() finds', () => {
  const whole = withPolicy(scripted);
  test.each([
    ['no policy', scripted, 'has no Content-Security-Policy'],
    ['a changed script', whole.replace('one()', 'two()'), 'an inline script is not allowed: '],
    [
      'a script before it',
      whole.replace('<meta charset', '<script src="/b.js"></script><meta charset'),
      '<script> stands before the policy',
    ],
    ['a script that is gone', whole.replace('<script>one()</script>', ''), 'allows a script that is not there: '],
    [
      'a wide door',
      whole.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
      "script-src allows 'unsafe-inline'",
    ],
    ['an open default', whole.replace("default-src 'none'", "default-src 'self'"), "default-src is not 'none'"],
  ])('%s', (_, html, problem) => {
    expect(checkPolicy(html)).toEqual(expect.arrayContaining([expect.stringContaining(problem)]));
  });
});
