import { afterSendQueue, callsFor, fromDisk, type Path } from './path.ts';

/** splice(2) from the file into a pipe, splice(2) from the pipe into the socket: sendfile, made of its two halves. */
export const splicePath: Path = {
  technique: 'splice',
  title: 'splice',
  hops: (route) => [
    fromDisk,
    {
      from: 'page cache',
      to: 'pipe',
      by: 'reference',
      during: 'splice (in)',
      kernel: 'filemap_splice_read → splice_folio_into_pipe',
    },
    {
      from: 'pipe',
      to: 'send queue',
      by: 'reference',
      during: 'splice (out)',
      kernel: 'splice_to_socket → skb_splice_from_iter',
    },
    ...afterSendQueue(route),
  ],
  setup: { pipe2: 1, fcntl: 1, close: 2 },
  calls: (bytes, chunk) => ({ splice: 2 * callsFor(bytes, chunk) }),
};
