import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Of a mount as Docker writes it: `source=…,target=…,type=…`. */
const part = (mount: string, name: string) =>
  new Map(mount.split(',').map((pair) => pair.split('=', 2) as [string, string])).get(name);

const container = JSON.parse(readFileSync('.devcontainer/devcontainer.json', 'utf8'));

it('the dev container lets labs trace, make network devices and hold a file of 2 GiB in /dev/shm', () => {
  expect(container.capAdd).toEqual(expect.arrayContaining(['SYS_PTRACE', 'NET_ADMIN']));
  expect(container.runArgs).toContain('--shm-size=3g');
});

it('the dev container keeps node_modules and the work folder in named volumes', () => {
  const volumes = (container.mounts as string[]).filter(
    (mount) => part(mount, 'type') === 'volume' && part(mount, 'source'),
  );
  const targets = volumes.map((mount) => part(mount, 'target'));
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Dev Containers fills it in.
  expect(targets).toEqual(['${containerWorkspaceFolder}/node_modules', container.containerEnv.ZC_WORK]);
});

it('the dev container installs the packages when it is made', () => {
  expect(container.postCreateCommand).toBe('npm ci');
});
