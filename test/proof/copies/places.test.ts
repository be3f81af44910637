import { expect, it } from 'vitest';
import { placeOf } from '#proof/copies/places.ts';

// Chains as 6.1 and 6.12 gave them.
it.each([
  ['fileToUser', '_copy_to_iter', 'copy_page_to_iter filemap_read vfs_read __x64_sys_pread64'],
  ['fileToUser', '_copy_to_iter', 'copy_page_to_iter shmem_file_read_iter vfs_read __x64_sys_pread64'],
  ['userToKernel', '_copy_from_iter', 'tcp_sendmsg_locked tcp_sendmsg sock_write_iter vfs_write ksys_write'],
  ['userToKernel', '_copy_from_iter', 'skb_copy_datagram_from_iter unix_stream_sendmsg sock_write_iter vfs_write'],
  ['kernelToReceiver', '_copy_to_iter', '__skb_datagram_iter skb_copy_datagram_iter tcp_recvmsg_locked tcp_recvmsg'],
  ['kernelToReceiver', '_copy_to_iter', 'unix_stream_read_actor unix_stream_read_generic unix_stream_recvmsg'],
  ['inKernel', 'skb_copy_bits', 'skb_segment tcp_gso_segment __skb_gso_segment validate_xmit_skb __tcp_transmit_skb'],
  ['inKernel', 'skb_copy_ubufs', 'skb_orphan_frags_rx __netif_receive_skb_core process_backlog'],
  ['inKernel', 'skb_copy_bits', '__pskb_pull_tail skb_segment tcp_gso_segment __skb_gso_segment validate_xmit_skb'],
  ['other', 'skb_copy_bits', 'skb_try_coalesce tcp_try_coalesce tcp_queue_rcv tcp_data_queue tcp_rcv_established'],
  ['other', '_copy_to_iter', 'copy_page_to_iter pipe_read vfs_read ksys_read'],
  ['other', '_copy_from_iter', 'copy_page_from_iter pipe_write vfs_write ksys_write'],
  ['other', '_copy_to_iter', 'eventfd_read vfs_read ksys_read'],
  ['other', '_copy_from_iter', 'generic_perform_write ext4_buffered_write_iter vfs_write'],
  ['other', 'rep_movs_alternative', 'copy_page_from_iter_atomic generic_perform_write shmem_file_write_iter vfs_write'],
  ['other', '_copy_to_iter', ''],
] as const)('%s: %s from %s', (place, name, stack) => {
  expect(placeOf({ function: name, stack: stack.split(' ') })).toBe(place);
});
