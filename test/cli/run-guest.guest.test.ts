import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadResult } from '#machine/result-store.ts';
import type { ProofResult } from '#model/result.ts';
import { temporaryTree } from '../house/temporary-tree.ts';
import { type Ended, ended, guestPlace, startZc, zc } from './zc.ts';

describe('./zc run shared-pages --guest', () => {
  const home = guestPlace();
  let run: Ended;
  beforeAll(async () => {
    run = await zc(['run', 'shared-pages', '--guest', '--seed', '11', '--rounds', '2'], home);
  });
  afterAll(() => home[Symbol.dispose]());

  const stored = (): ProofResult => {
    const folder = join(home.env.XDG_STATE_HOME as string, 'zero-copy-measured/results/shared-pages');
    const [name = ''] = readdirSync(folder);
    return loadResult(join(folder, name)) as ProofResult;
  };

  test('ends well, reports here and says what happens', () => {
    expect(run.stderr).toMatch(/^shared-pages: in a guest: .*\n(.*\n)*shared-pages: guest: booting Linux 6\.12/);
    expect(run.stderr).toMatch(/^shared-pages: overwriting$/m);
    expect(run.stdout).toContain('were still the file');
    expect(run.code).toBe(0);
  });

  test('stores a result that names guest, kernel, checksum and the commit of this clone', () => {
    const { environment, parameters, seed } = stored();
    expect(environment.guest).toMatch(/^Linux 6\.12\.\d+\S* \(Debian cloud kernel\), pc machine, QEMU \d\S* TCG$/);
    expect(environment.kernel.release).toBe(parameters.guestKernel);
    expect(environment.virtualisation).not.toBe('none');
    expect(parameters.guestKernelSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(environment.workFolder.fileSystem).toBe('ext4');
    expect(seed).toBe(11);
  });

  test('proves what the lab proves: whose pages each way sends', () => {
    const { series, cannotRun } = stored();
    const news = (variant: string) =>
      series
        .filter((one) => one.variant === variant && one.factors.control === 'none')
        .flatMap(({ samples }) => samples.map(({ newBytes, sentBytes }) => newBytes / sentBytes));
    const shares = ['read-write', 'mmap-write', 'sendfile', 'splice', 'sendfile-direct'].map((one) => [
      one,
      new Set(news(one)),
    ]);
    expect(shares).toEqual([
      ['read-write', new Set([0])],
      ['mmap-write', new Set([0])],
      ['sendfile', new Set([1])],
      ['splice', new Set([1])],
      ['sendfile-direct', new Set([0])],
    ]);
    expect(new Set(cannotRun.map(({ why }) => why))).toEqual(new Set(['msg-zerocopy-unix']));
  });

  test('leaves nothing in the work folder', () => {
    expect(readdirSync(home.work)).toEqual([]);
  });
});

describe('./zc guest exec', () => {
  test('hands out bytes as they are, a MiB of them, with stderr and exit code', async () => {
    using home = guestPlace();
    const script = 'head -c 1048576 /dev/zero | tr "\\0" "\\377"; echo beside >&2; exit 9';
    const { code, stdout, stderr } = await zc(['guest', 'exec', '--', 'sh', '-c', `${script}`], home);
    expect(stderr).toMatch(/^beside$/m);
    expect(code).toBe(9);
    // Read as text, each byte 0xff is one replacement character.
    expect(stdout).toHaveLength(1_048_576);
  });

  test('runs as root with the host programs, namespaces, and without the flag that hides copies', async () => {
    using home = guestPlace();
    const script = `id -u; grep -c fsrm /proc/cpuinfo; unshare -Urn ip -o link | wc -l; ls /sys/kernel/tracing/kprobe_events
      strace -o /tmp/t true && echo traced; findmnt() { mount | grep " $1 " | cut -d" " -f5; }; findmnt /work
      ip link add v0 type veth peer name v1 && echo veth; node -p process.version`;
    const { stdout } = await zc(['guest', 'exec', '--', 'sh', '-c', script], home);
    expect(stdout.trim().split('\n')).toEqual([
      ...['0', '0', '1', '/sys/kernel/tracing/kprobe_events', 'traced', 'ext4', 'veth', process.version],
    ]);
  });

  test.each([
    [
      'a guest that panics',
      'echo 1 >/proc/sys/kernel/sysrq; echo c >/proc/sysrq-trigger; sleep 60',
      [],
      1,
      /no result: .*found nothing.*Kernel panic/,
    ],
    ['a guest that hangs', 'sleep 600', ['--guest-deadline', '20'], 124, /did not come to an end in 20 s/],
  ])('says so of %s, and leaves nothing', async (_, script, options, exitCode, sentence) => {
    using home = guestPlace();
    const { code, stderr } = await zc(['guest', 'exec', ...options, '--', 'sh', '-c', script], home);
    expect(stderr.split('\n').filter((line) => line.startsWith('zc: '))).toEqual([expect.stringMatching(sentence)]);
    expect(code).toBe(exitCode);
    expect(readdirSync(home.work)).toEqual([]);
  });

  test('boots again when the emulator ended before the guest said a word', async () => {
    using home = guestPlace();
    const real = execFileSync('sh', ['-c', 'command -v qemu-system-x86_64'], { encoding: 'utf8' }).trim();
    // Does nothing the first time that it is to boot, and is the real one afterwards.
    using tree = temporaryTree({
      'qemu-system-x86_64': `#!/bin/sh
case $* in *-kernel*) [ -e "$0.begun" ] || { : >"$0.begun"; exit 0; } ;; esac
exec ${real} "$@"
`,
    });
    const env = { PATH: `${tree.root}:${process.env.PATH}` };
    const { code, stdout, stderr } = await zc(['guest', 'exec', '--', 'echo', 'here'], home, env);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'here\n' });
    expect(stderr.match(/^guest: booting/gm)).toHaveLength(2);
  });

  test('boots again when the kernel panicked before the guest began, and gives up after three times', async () => {
    using home = guestPlace();
    const real = execFileSync('sh', ['-c', 'command -v qemu-system-x86_64'], { encoding: 'utf8' }).trim();
    // A machine without its first program panics; the first time, and then as often as `always` says.
    const program = (always: string) => `#!/bin/sh
case $* in *-kernel*)
  if ${always} || [ ! -e "$0.begun" ]; then
    : >"$0.begun"
    for word; do
      case $word in console=*) set -- "$@" "$word rdinit=/nothing init=/nothing" ;; *) set -- "$@" "$word" ;; esac
      shift
    done
  fi ;;
esac
exec ${real} "$@"
`;
    const exec = async (always: string) => {
      using tree = temporaryTree({ 'qemu-system-x86_64': program(always) });
      const env = { PATH: `${tree.root}:${process.env.PATH}` };
      const { code, stdout, stderr } = await zc(['guest', 'exec', '--', 'echo', 'here'], home, env);
      return { code, stdout, boots: stderr.match(/^guest: booting/gm)?.length, said: stderr.includes('Kernel panic') };
    };
    expect(await exec('false')).toEqual({ code: 0, stdout: 'here\n', boots: 2, said: false });
    expect(await exec('true')).toEqual({ code: 1, stdout: '', boots: 3, said: true });
    expect(readdirSync(home.work)).toEqual([]);
  });

  test('says what an emulator said that lacks something', async () => {
    using home = guestPlace();
    using tree = temporaryTree({
      'qemu-system-x86_64':
        '#!/bin/sh\necho "qemu: -device virtio-serial-pci: not a valid device model name" >&2\nexit 1\n',
    });
    const env = { PATH: `${tree.root}:${process.env.PATH}` };
    const { code, stderr } = await zc(['guest', 'exec', '--', 'true'], home, env);
    expect(stderr).toContain('zc: The emulator ended with exit code 1: qemu: -device virtio-serial-pci: not a valid');
    expect(code).toBe(1);
    expect(readdirSync(home.work)).toEqual([]);
  });

  test('ends at once when it is interrupted, and leaves nothing', async () => {
    using home = guestPlace();
    const child = startZc(['guest', 'exec', '--', 'sleep', '600'], home);
    child.stderr?.on('data', (text) => {
      if (/guest: booting/.test(String(text))) child.kill('SIGINT');
    });
    const { code, stderr } = await ended(child);
    expect(stderr).toMatch(/^zc: Stopped\. /m);
    expect(code).toBe(130);
    expect(readdirSync(home.work)).toEqual([]);
  });

  test('takes a kernel of the reader', async () => {
    using home = guestPlace();
    const [, file = '', sum] = (await zc(['guest', 'fetch'], home)).stdout.split('\n');
    const kernel = file.replace(/^kernel /, '');
    expect(sum).toBe(`sha256 ${createHash('sha256').update(readFileSync(kernel)).digest('hex')}`);
    const release = /vmlinuz-(.*)$/.exec(kernel)?.[1] ?? '';
    const modules = join(kernel, '../../lib/modules', release);
    const args = ['guest', 'exec', '--kernel', kernel, '--modules', modules, '--', 'uname', '-r'];
    expect((await zc(args, home)).stdout).toBe(`${release}\n`);
  });
});
