/** npm run verify, as somebody who writes an exercise calls it. What it tries is tested in test/learn/verify.trace.test.ts. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('npm run verify refuses an exercise that there is not, and tries nothing', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/verify.ts', 'send-flie'], {
    encoding: 'utf8',
  });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain("Cannot find exercise 'send-flie': did you mean 'send-file'?");
});
