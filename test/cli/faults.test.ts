/** What goes wrong on real machines: each gives one clear sentence, the right exit code, and leaves nothing behind. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { clone, ended, place, startZc, zc } from './zc.ts';

const long = ['run', 'file-to-socket', '--quick', '--rounds', '200'];
const mayUnshare = spawnSync('unshare', ['-rm', 'true']).status === 0;

/** Processes whose environment holds this text, zombies left out. */
function processesWith(marker: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const alive = !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
        return alive && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(marker);
      } catch {
        return false;
      }
    });
}

/** Waits until `find` finds something. */
async function eventually<T>(find: () => T | undefined | false): Promise<T> {
  for (let tries = 0; tries < 1500; tries++) {
    const found = find();
    if (found) return found;
    await wait(20);
  }
  throw new Error('It did not happen in 30 s');
}

/** Command line of a process; nothing when it has just ended. */
function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

describe('the work folder', () => {
  test('that cannot be written ends the run with 3', async () => {
    using home = place();
    writeFileSync(join(home.folder, 'file'), '');
    const { code, stderr, stdout } = await zc(['run', 'shared-pages', '--work', join(home.folder, 'file')], home);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/Cannot use a work folder: '.*file' cannot be written \(EEXIST\)\. .*--work FOLDER/);
  });

  test('that is too small ends the run with 3', async () => {
    using home = place();
    const { code, stderr } = await zc(['run', 'file-to-socket', '--size', '1000GiB'], home);
    expect(code).toBe(3);
    expect(stderr).toMatch(/has \d+ MiB free, 1024000 MiB are needed/);
  });

  test('that fills while the run goes on ends it with 1', async () => {
    using home = place();
    // A file size limit stands for a disk that fills: write(2) fails in the middle of the file.
    const child = startZc(
      ['exec', 'sh', '-c', 'ulimit -f 1000; exec "$0" run file-to-socket --quick', join(clone, 'zc')],
      home,
    );
    const { code, stderr } = await ended(child);
    expect(code).toBe(1);
    expect(stderr).toMatch(/zc: .*EFBIG/);
    expect(readdirSync(home.work)).toEqual([]);
  });

  test('on tmpfs works, with a warning', async () => {
    using home = place();
    const work = `/dev/shm/zc-faults-${process.pid}`;
    try {
      const { code, stdout } = await zc(
        ['run', 'file-to-socket', '--quick', '--rounds', '1', '--size', '1MiB', '--work', work, '--verbose'],
        home,
      );
      expect(code).toBe(0);
      expect(stdout).toMatch(/The work folder is on tmpfs/);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });

  // A clone below /tmp would be hidden by the mount.
  test.runIf(mayUnshare && !clone.startsWith('/tmp/'))('and a /tmp that is noexec and tmpfs do no harm', async () => {
    using home = place();
    const script = 'mount -t tmpfs -o noexec,size=10m none /tmp && mkdir -p "$HOME" && exec "$0" run shared-pages';
    const child = startZc(['exec', 'unshare', '-rm', 'sh', '-c', script, join(clone, 'zc')], home);
    expect(await ended(child)).toMatchObject({ code: 0, stdout: expect.stringContaining("the file's pages") });
  });
});

describe('the home', () => {
  test('that cannot be written: the result goes beside the run folders, and that is said', async () => {
    using home = place();
    writeFileSync(join(home.folder, 'blocked'), '');
    const blocked = { HOME: join(home.folder, 'blocked'), XDG_STATE_HOME: '', XDG_CACHE_HOME: '' };
    const { code, stderr } = await zc(['run', 'shared-pages'], home, blocked);
    expect(code).toBe(0);
    const path = /Every sample is in (\S.*\.json) \(.* cannot be written \(ENOTDIR\)\)/.exec(stderr)?.[1] as string;
    expect(path.startsWith(join(home.work, 'results'))).toBe(true);
    expect(existsSync(path)).toBe(true);
  });
});

describe('another process', () => {
  test('that killed the receiver is named, and the run ends with 1', async () => {
    using home = place();
    const child = startZc(long, home);
    const end = ended(child);
    const receiver = await eventually(() =>
      processesWith(home.folder).find((pid) => commandLine(pid).includes('measure/receiver.ts')),
    );
    await wait(300);
    process.kill(receiver, 'SIGKILL');
    const { code, stderr } = await end;
    expect(code).toBe(1);
    expect(stderr).toMatch(/zc: The receiver was ended by SIGKILL\.\n$/);
    expect(processesWith(home.folder)).toEqual([]);
    expect(readdirSync(home.work)).toEqual([]);
  });

  test('that killed the sender is named, and the run ends with 1', async () => {
    using home = place();
    const child = startZc(long, home);
    const end = ended(child);
    const sender = await eventually(() =>
      processesWith(home.folder).find((pid) => commandLine(pid).includes('measure/sender.ts')),
    );
    await wait(300);
    process.kill(sender, 'SIGKILL');
    const { code, stderr } = await end;
    expect(code).toBe(1);
    expect(stderr).toMatch(/zc: The sender was ended by SIGKILL\.\n$/);
    expect(processesWith(home.folder)).toEqual([]);
  });

  test('that holds the measuring lock is waited for, and said', async () => {
    using home = place();
    const first = startZc(long, home);
    const firstEnd = ended(first);
    await eventually(() => processesWith(home.folder).some((pid) => commandLine(pid).includes('measure/sender.ts')));
    const second = startZc(['run', 'shared-pages'], home);
    const secondEnd = ended(second);
    let said = '';
    second.stderr?.on('data', (text) => {
      said += text;
    });
    await eventually(() => said.includes('waiting for another run'));
    expect(said).toMatch(
      /shared-pages: waiting for another run on this machine to end \(.\/zc run file-to-socket, process \d+\)/,
    );
    first.kill('SIGINT');
    expect(await firstEnd).toMatchObject({ code: 130 });
    expect(await secondEnd).toMatchObject({ code: 0 });
  });

  test('that uses the port that was asked for ends serve with 3', async () => {
    using home = place();
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as { port: number };
    const { code, stderr } = await zc(['serve', '--port', String(port)], home, {
      ZC_DIST: join(clone, 'test/fixtures/site'),
    });
    expect(code).toBe(3);
    expect(stderr).toContain(String(port));
    server.close();
  });
});

describe('a signal', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s stops the run at once with %i and leaves nothing', async (signal, code) => {
    using home = place();
    const child = startZc(long, home);
    const end = ended(child);
    await eventually(() => processesWith(home.folder).some((pid) => commandLine(pid).includes('measure/sender.ts')));
    await wait(300);
    child.kill(signal);
    const result = await end;
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toContain('Stopped. Nothing of the run is left');
    expect(processesWith(home.folder)).toEqual([]);
    expect(readdirSync(home.work)).toEqual([]);
  });

  test('SIGKILL to the parent alone leaves no process and no file', async () => {
    using home = place();
    const child = startZc(long, home);
    await eventually(() => processesWith(home.folder).some((pid) => commandLine(pid).includes('measure/sender.ts')));
    await wait(300);
    child.kill('SIGKILL');
    await eventually(() => processesWith(home.folder).length === 0);
    expect(readdirSync(home.work)).toEqual([]);
  });
});
