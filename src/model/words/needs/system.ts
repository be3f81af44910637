/** What the system can lack to be looked at, or to be limited. */
import type { CannotRun } from '../../result.ts';
import type { NeedText } from './need-text.ts';

export type SystemNeedCode = 'no-memory-group' | 'no-pressure' | 'no-reflink';

export const systemNeeds: Record<SystemNeedCode, (args: CannotRun['args']) => NeedText> = {
  'no-memory-group': () => ({
    why: 'no control group with a limit of memory can be made here (/sys/fs/cgroup)',
    remedy: 'Run it as root, outside a container, with the memory controller.',
  }),
  'no-pressure': ({ file }) => ({
    why: `this kernel does not say how long programs wait for the disk (${file ?? '/proc/pressure/io'})`,
    remedy: 'It takes Linux 4.20 or newer with CONFIG_PSI; where it is switched off, boot with psi=1.',
  }),
  'no-reflink': ({ fileSystem, errno }) => ({
    why: `${fileSystem ?? 'the file system of the work folder'} lets no files share their extents (ioctl FICLONE: ${errno ?? 'EOPNOTSUPP'})`,
    remedy: 'Point --work or ZC_WORK at a folder on XFS or btrfs.',
  }),
};
