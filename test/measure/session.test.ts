import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withSession } from '#measure/session.ts';

const request = { mode: 'quick', rounds: 1, bytes: null, receiver: 'copy', seed: 7 } as const;

test.each([
  ['when it succeeds', async () => 'done'],
  [
    'when it fails',
    async () => {
      throw new Error('broken');
    },
  ],
  ['when it is stopped', () => new Promise<never>(() => {})],
])('atEnd() undoes what was done %s, the last first, while the folder is still there', async (_, use) => {
  const log: string[] = [];
  let folder = '';
  const controller = new AbortController();
  const options = {
    request,
    labFile: '',
    work: undefined,
    diskBytes: 0,
    progress: () => {},
    signal: controller.signal,
  };
  const run = withSession(options, async (session) => {
    folder = session.folder;
    session.atEnd(async () => void log.push(`first ${existsSync(folder)}`));
    session.atEnd(async () => void log.push(`second ${existsSync(folder)}`));
    setTimeout(() => controller.abort(new Error('stopped')), 50);
    return await use();
  });
  await run.catch((error: Error) => log.push(error.message));
  expect(log.slice(0, 2)).toEqual(['second true', 'first true']);
  expect(existsSync(folder)).toBe(false);
});
