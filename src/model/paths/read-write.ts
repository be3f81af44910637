import { afterSendQueue, callsFor, fromDisk, type Path } from './path.ts';

/** read(2) into a buffer of the program, write(2) from it: the copying path. */
export const readWritePath: Path = {
  technique: 'read-write',
  title: 'read + write',
  hops: (route) => [
    fromDisk,
    { from: 'page cache', to: 'user memory', by: 'cpu', during: 'pread', kernel: 'filemap_read → copy_folio_to_iter' },
    {
      from: 'user memory',
      to: 'send queue',
      by: 'cpu',
      during: 'write',
      kernel: 'tcp_sendmsg_locked → _copy_from_iter',
    },
    ...afterSendQueue(route),
  ],
  setup: {},
  calls: (bytes, chunk) => ({ pread: callsFor(bytes, chunk), write: callsFor(bytes, chunk) }),
};
