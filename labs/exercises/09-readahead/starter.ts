/**
 * Predict readahead, then prove it.
 *
 * A file that is not in memory is read one page at a time, in the order of `pages`. Are only these pages in memory
 * afterwards ('exact'), or did the kernel bring others as well ('more')? predict() says so without a file. prove() makes
 * the reads and returns how many pages of the file are in memory then. The file is in memory as a whole before it is called.
 *
 *     predict([0, 1, 2, 3, 4, 5, 6, 7], 'normal')  'more'
 *     predict([700, 90, 2000], 'normal')           'exact'
 *
 * `advice` is what the kernel is told before the reads, by posix_fadvise(2).
 */
import { cachestat, Mapping, open, pageSize, pread, SyscallError } from '#libc';

export function predict(pages: readonly number[], _advice: 'normal' | 'random'): 'exact' | 'more' {
  // TODO: from what does the kernel conclude that somebody will read on?
  return pages.length > 1 ? 'more' : 'exact';
}

export function prove(path: string, pages: readonly number[], _advice: 'normal' | 'random'): number {
  using file = open(path);
  using buffer = Mapping.anonymous(pageSize());
  // TODO: out of memory first (fadvise, fileAdvice), or all of it is counted. And the advice?
  for (const page of pages) {
    const got = pread(file.fd, buffer.address, pageSize(), page * pageSize());
    if (got < 0) throw new SyscallError('pread', -got);
  }
  return cachestat(file.fd).cached;
}
