/** Where a copy lies on the way from the file to the receiver, read off its chain of callers. */
import type { CopyPlace } from '#model/count-sample.ts';
import type { Hit } from './counter.ts';

const reading = /^(filemap_read|generic_file_read_iter|shmem_file_read_iter|ext4_file_read_iter)$/;
const sending = /^(tcp_sendmsg|tcp_sendmsg_locked|unix_stream_sendmsg|tls_sw_sendmsg|tls_sw_sendmsg_locked)$/;
const receiving = /^(tcp_recvmsg|tcp_recvmsg_locked|unix_stream_recvmsg|unix_stream_read_generic|tls_sw_recvmsg)$/;

/** The receive queue merges small packets into one buffer: net/core/skbuff.c. How many depends on who runs when. */
const merging = /^skb_try_coalesce$/;

/** The sum that a copy belongs to. Everything that is not recognised is `other`, so nothing is left out. */
export function placeOf({ function: name, stack }: Pick<Hit, 'function' | 'stack'>): CopyPlace {
  if (name === '_copy_to_iter') {
    if (stack.some((caller) => receiving.test(caller))) return 'kernelToReceiver';
    if (stack.some((caller) => reading.test(caller))) return 'fileToUser';
    return 'other';
  }
  if (name === '_copy_from_iter') return stack.some((caller) => sending.test(caller)) ? 'userToKernel' : 'other';
  // Only seen at the primitive: a write to a file, or the arguments of a call.
  if (!name.startsWith('skb_')) return 'other';
  return stack.some((caller) => merging.test(caller)) ? 'other' : 'inKernel';
}
