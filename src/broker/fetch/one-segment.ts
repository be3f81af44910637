import { pageSize } from '#libc';
import type { Slice } from '../storage/slice.ts';

/** Pieces of memory that one packet buffer of the kernel refers to at most: MAX_SKB_FRAGS. */
const FRAGMENTS = 17;

/**
 * How much of a slice to send so that the response leaves in one segment.
 *
 * The header of a response is one piece of memory, and 64 KiB that do not begin with a page lie in 17 pages: one piece too
 * many. By sendfile such a response leaves in two segments, and costs half as much again as one that is a page shorter. So
 * a slice of just that length ends where its last page begins; the client asks for the rest next. Longer ones need
 * several segments anyway. Where a batch would be left out that was whole before, nothing is cut: to send it again costs
 * more than a segment. It is done for every path, so that all send the same.
 */
export function oneSegmentBytes({ position, bytes }: Pick<Slice, 'position' | 'bytes'>): number {
  const page = pageSize();
  const lastPage = Math.floor((position + bytes - 1) / page);
  const pages = lastPage - Math.floor(position / page) + 1;
  return pages === FRAGMENTS ? lastPage * page - position : bytes;
}
