import { delimiter } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newcomer } from './clone.ts';

describe('newcomer()', () => {
  it("keeps the user's own surroundings and a lock that is held", () => {
    const env = { HOME: '/root', LANG: 'C', PATH: ['/usr/bin', '/bin'].join(delimiter), ZC_LOCK_HELD: '1' };
    expect(newcomer(env)).toEqual(env);
  });

  it('takes away what this test run, the outer npm and CI added', () => {
    const added = {
      CI: '1',
      npm_config_loglevel: 'silent',
      VITEST: 'true',
      NODE_ENV: 'test',
      ZC_WORK: '/mnt',
      FORCE_COLOR: '1',
    };
    expect(newcomer({ ...added, PATH: ['/project/node_modules/.bin', '/usr/bin'].join(delimiter) })).toEqual({
      PATH: '/usr/bin',
    });
  });
});
