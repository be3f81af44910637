import { execFileSync } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { oneMoreNetwork, ownNetwork } from '#machine/networks.ts';

test('ownNetwork() starts a program where no device but a loopback that is down can be seen', ({ skip }) => {
  let launcher: readonly string[];
  try {
    launcher = ownNetwork();
  } catch (error) {
    if (error instanceof CannotRunHere) return skip(error.message);
    throw error;
  }
  const [program = '', ...rest] = launcher;
  const devices = execFileSync(program, [...rest, 'cat', '/proc/net/dev'], { encoding: 'utf8' });
  expect(devices.match(/^\s*\w+:/gm)?.map((name) => name.trim())).toEqual(['lo:']);
});

test('two networks of one process do not see each other, and are gone with it', ({ skip }) => {
  let launcher: readonly string[];
  try {
    launcher = ownNetwork();
  } catch (error) {
    if (error instanceof CannotRunHere) return skip(error.message);
    throw error;
  }
  const before = Object.keys(networkInterfaces());
  const [program = '', ...rest] = [
    ...launcher,
    process.execPath,
    '--input-type=module',
    '-e',
    `import { FarNetwork } from '#machine/networks.ts';
     import { cable, layCable, bringUp, sentBy } from '#machine/veth.ts';
     import { readFileSync } from 'node:fs';
     using far = new FarNetwork();
     const ends = cable(1);
     layCable(ends, far.path);
     far.within(() => bringUp(ends.there));
     const devices = () => readFileSync('/proc/thread-self/net/dev', 'utf8').match(/zc\\w+(?=:)/g);
     console.log(JSON.stringify([devices(), far.within(devices), ends.here.device, ends.there.device, sentBy(ends.here.device)]));`,
  ];
  const said = execFileSync(program, rest, { encoding: 'utf8', env: { ...process.env, NODE_NO_WARNINGS: '1' } });
  const [near, far, here, there, sent] = JSON.parse(said);
  expect([near, far]).toEqual([[here], [there]]);
  expect(sent).toEqual({ bytes: expect.any(Number), packets: expect.any(Number) });
  expect(Object.keys(networkInterfaces())).toEqual(before);
});

test('one more network is made like the first, in its user namespace where it has one', () => {
  expect(oneMoreNetwork(['/usr/bin/unshare', '-n'], 42)).toEqual(['/usr/bin/unshare', '-n']);
  const [nsenter, ...others] = oneMoreNetwork(['/usr/bin/unshare', '-rn'], 42);
  expect(nsenter).toMatch(/nsenter$/);
  expect(others).toEqual(['-t', '42', '-U', '--preserve-credentials', '/usr/bin/unshare', '-n']);
});
