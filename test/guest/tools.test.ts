import { describe, expect, test } from 'vitest';
import { GuestBroke } from '#guest/guest-broke.ts';
import { Tools } from '#guest/tools.ts';
import { Guard } from '#machine/guard.ts';

async function withTools<T>(use: (tools: Tools) => Promise<T>, signal = new AbortController().signal): Promise<T> {
  const guard = new Guard();
  try {
    return await use(new Tools(guard, signal));
  } finally {
    await guard.release();
  }
}

describe('Tools.run()', () => {
  test('gives what a program printed, and its input is at an end', async () => {
    expect(await withTools((tools) => tools.run('sh', 'dash', ['-c', 'cat; echo done']))).toBe('done\n');
  });

  test('says what a program said last when it failed', async () => {
    const failing = withTools((tools) => tools.run('sh', 'dash', ['-c', 'echo first >&2; echo last >&2; exit 3']));
    await expect(failing).rejects.toThrow(new GuestBroke('sh ended with exit code 3: last'));
  });

  test('names the package of a program that is missing', async () => {
    await expect(withTools((tools) => tools.run('no-such-program', 'its-package', []))).rejects.toMatchObject({
      code: 'guest-no-program',
      args: { program: 'no-such-program', package: 'its-package' },
    });
  });

  test('ends the program and throws the reason when the run is stopped', async () => {
    const controller = new AbortController();
    const reason = new Error('stopped');
    const running = withTools((tools) => tools.run('sh', 'dash', ['-c', 'sleep 600']), controller.signal);
    setTimeout(() => controller.abort(reason), 100);
    await expect(running).rejects.toBe(reason);
  });
});
