import { afterSendQueue, callsFor, fromDisk, type Path } from './path.ts';

/** sendfile(2): the send queue gets references to the pages of the page cache. */
export const sendfilePath: Path = {
  technique: 'sendfile',
  title: 'sendfile',
  hops: (route) => [
    fromDisk,
    {
      from: 'page cache',
      to: 'send queue',
      by: 'reference',
      during: 'sendfile',
      kernel: 'splice_folio_into_pipe → skb_splice_from_iter',
    },
    ...afterSendQueue(route),
  ],
  setup: {},
  calls: (bytes, chunk) => ({ sendfile: callsFor(bytes, chunk) }),
};
