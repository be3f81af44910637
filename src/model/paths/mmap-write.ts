import { afterSendQueue, callsFor, fromDisk, type Path } from './path.ts';

/** mmap(2) the file, write(2) from the mapping: one copy less, a page fault for every page that is not mapped yet. */
export const mmapWritePath: Path = {
  technique: 'mmap-write',
  title: 'mmap + write',
  hops: (route) => [
    fromDisk,
    { from: 'page cache', to: 'user memory', by: 'reference', during: 'a page fault', kernel: 'filemap_map_pages' },
    {
      from: 'user memory',
      to: 'send queue',
      by: 'cpu',
      during: 'write',
      kernel: 'tcp_sendmsg_locked → _copy_from_iter',
    },
    ...afterSendQueue(route),
  ],
  setup: { mmap: 1, munmap: 1 },
  calls: (bytes, chunk) => ({ write: callsFor(bytes, chunk) }),
};
