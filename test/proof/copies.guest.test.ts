/** The kernel's copies, counted in the guest: exact, found where they were planted, and as the path models say. */
import { spawn } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectedCopies, pathOf, routeOfLink } from '#model/paths/index.ts';
import type { CountResult } from '#model/result.ts';
import { copiesOf } from '#model/statistics.ts';
import { readResult } from '#model/upgrade.ts';
import { clone, ended, guestPlace, place, zc } from '../cli/zc.ts';

/** Runs a command line of the guest and reads the result that it prints. */
async function counted(...args: readonly string[]): Promise<CountResult> {
  using home = guestPlace();
  const { code, stdout, stderr } = await zc(args, home);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return readResult(JSON.parse(stdout)) as CountResult;
}

describe.each(['6.12', '6.1'])('count-copies on Linux %s', (kernel) => {
  let result: CountResult;
  beforeAll(async () => {
    result = await counted('run', 'count-copies', '--guest', '--guest-kernel', kernel, '--quick', '--json');
  });

  const fileSystem = () => result.environment.workFolder.fileSystem;
  const total = (variant: string, link: string, receiver = 'read') =>
    copiesOf(result, variant, { link, receiver, fileSystem: fileSystem() })?.total;

  it.each([
    ['read-write', 'tcp', 'read', 3],
    ['mmap-write', 'tcp', 'read', 2],
    ['sendfile', 'tcp', 'read', 1],
    ['splice', 'tcp', 'read', 1],
    ['sendfile', 'tcp', 'discard', 0],
    ['read-write', 'veth-no-gather', 'read', 4],
    ['sendfile', 'veth-no-gather', 'read', 2],
    ['msg-zerocopy', 'tcp', 'read', 2],
    ['direct-read-write', 'tcp', 'read', 2],
    ['sendfile-direct', 'unix', 'read', 1],
  ])('%s over %s, receiver %s: %d copies of each byte', (variant, link, receiver, copies) => {
    // A guest on a slow machine once counted half a percent more; a copy more or less is a whole one.
    expect(total(variant, link, receiver)).toBeCloseTo(copies, 1);
  });

  const links = Object.entries(routeOfLink);
  const techniques = ['read-write', 'mmap-write', 'sendfile', 'splice'];
  it.each(techniques.flatMap((technique) => links.map(([link, route]) => ({ technique, link, route }))))(
    '$technique over $link as its path model says',
    ({ technique, link, route }) => {
      const copies = copiesOf(result, technique, { link, receiver: 'read', fileSystem: fileSystem() });
      const { referenced, ...places } = expectedCopies(pathOf(technique), route);
      for (const [place, expected] of Object.entries(places)) {
        expect(copies?.places[place as keyof typeof places], place).toBeCloseTo(expected, 1);
      }
      expect(copies?.referenced).toBeCloseTo(referenced, 2);
    },
  );

  it('counts everything twice, names its guest, and knows no time', () => {
    const states = result.series.flatMap(({ samples }) => samples.map(({ crossCheck }) => crossCheck?.state));
    expect(new Set(states)).toEqual(new Set(['agreed']));
    expect(result.environment.guest).toMatch(new RegExp(`^Linux ${kernel.replace('.', '\\.')}\\..*QEMU.*TCG`));
    expect(JSON.stringify(result.series)).not.toMatch(/[a-z]Ns"/);
    expect(result.cannotRun.map(({ variant, factors }) => [variant, factors.link])).toEqual([['msg-zerocopy', 'unix']]);
  });
});

describe('planted copies', () => {
  const lab = readFileSync(new URL('./planted-copies.ts', import.meta.url)).toString('base64');
  const script = `echo ${lab} | base64 -d >labs/planted-copies.ts; ZC_GUEST=planted ./zc run planted-copies --json`;
  let result: CountResult;
  beforeAll(async () => {
    result = await counted('guest', 'exec', '--', 'sh', '-c', script);
  });

  const series = (variant: string) => result.series.find((one) => one.variant === variant);
  const copies = (variant: string) => copiesOf(result, variant, series(variant)?.factors ?? {});
  const places = (variant: string) => series(variant)?.samples.flatMap(({ sites = [] }) => sites) ?? [];

  it('finds the pipe, by place and size', () => {
    expect(copies('extra-pipe')?.total).toBeCloseTo(5, 2);
    for (const end of ['pipe_write', 'pipe_read']) {
      const sites = places('extra-pipe').filter(({ stack }) => stack.includes(end));
      expect(sites.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(262_144);
      expect(new Set(sites.map(({ place }) => place))).toEqual(new Set(['other']));
    }
  });

  it('finds the copy into a memfd, by place and size', () => {
    expect(copies('through-memfd')?.places.other).toBeCloseTo(1, 2);
    const written = places('through-memfd').filter(({ stack }) =>
      stack.some((name) => name === 'generic_perform_write'),
    );
    expect(written.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(262_144);
  });

  it('does not see a copy between two buffers of the program: that is the limit', () => {
    expect(copies('user-copy')?.total).toBeCloseTo(3, 2);
    expect(copies('user-copy')?.total).toBeCloseTo(copies('read-write')?.total as number, 2);
  });
});

describe('./zc inspect --copies', () => {
  it('counts what the kernel copied for a program of somebody else', async () => {
    using home = guestPlace();
    const program = `import { createReadStream, writeFileSync } from 'node:fs'; import net from 'node:net';
      writeFileSync('/tmp/f', Buffer.alloc(1048576, 7));
      const server = net.createServer((socket) => createReadStream('/tmp/f').pipe(socket))
        .listen(99, () => net.connect(99).resume().on('close', () => server.close()))`;
    const command = ['node', '--input-type=module', '-e', program];
    const { code, stdout, stderr } = await zc(['inspect', '--copies', '--guest', '--json', '--', ...command], home);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const { flows, copies } = JSON.parse(stdout);
    expect(flows).toMatchObject([{ file: '/tmp/f', bytes: 1_048_576, kind: 'tcp' }]);
    const { fileToUser, userToKernel, inKernel, kernelToReceiver } = copies.copiedBytes;
    // Its own files and messages come on top of the payload.
    for (const bytes of [fileToUser, userToKernel, kernelToReceiver]) expect(bytes / 1_048_576).toBeCloseTo(1, 1);
    expect(inKernel).toBe(0);
    expect(copies.crossCheck.state).toBe('agreed');
    const written = copies.sites.find(({ stack }: { stack: string[] }) => stack.includes('generic_perform_write'));
    expect(written).toMatchObject({ place: 'other', bytes: 1_048_576 });
  });
});

describe('a run that is killed', () => {
  it('leaves no process, no device and no kprobe event', async () => {
    using home = guestPlace();
    const events = '/sys/kernel/tracing/kprobe_events';
    const script = `./zc run count-copies --quick >/dev/null 2>&1 & run=$!
      until grep -q zc_ ${events} && [ "$(ip -o link | wc -l)" -gt 1 ]; do sleep 0.2; done; echo begun
      kill -9 $run; sleep 2; cat ${events}; ip -o link | grep -v ' lo: '; ps -o args | grep -c '[s]rc/proof'; ls /work`;
    const { stdout } = await zc(['guest', 'exec', '--', 'sh', '-c', script], home);
    expect(stdout).toBe('begun\n0\nlost+found\n');
  });
});

describe('without the right to count', () => {
  it('says in one sentence what is missing, and offers the guest', async () => {
    using home = place();
    chmodSync(home.folder, 0o777);
    const nobody =
      process.getuid?.() === 0 ? ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'] : [];
    const words = [...nobody, `${clone}zc`, 'run', 'count-copies', '--quick'];
    const { code, stdout, stderr } = await ended(spawn(words[0] as string, words.slice(1), { env: home.env }));
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr.trim().split('\n').at(-1)).toMatch(/^zc: Cannot run here: .*add --guest\.$/);
  });
});
