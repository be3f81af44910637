/** Readahead: a read that follows on from the one before makes the kernel read on, and so does the beginning of the file. */
import { cachestat, fadvise, fileAdvice, Mapping, open, pageSize, pread, SyscallError } from '#libc';

export function predict(pages: readonly number[], advice: 'normal' | 'random'): 'exact' | 'more' {
  if (advice === 'random') return 'exact';
  // ^^^ added: who says that reads are random is believed, whatever they look like.
  const readsOn = pages.some((page, at) => page === 0 || page - 1 === pages[at - 1]);
  // ^^^ added: one step forward is enough. Backwards is not sequential, and a single read in the middle is no pattern.
  return readsOn ? 'more' : 'exact';
}

export function prove(path: string, pages: readonly number[], advice: 'normal' | 'random'): number {
  using file = open(path);
  using buffer = Mapping.anonymous(pageSize());
  fadvise(file.fd, fileAdvice.dontNeed);
  fadvise(file.fd, fileAdvice[advice]);
  // ^^^ added: an empty cache, so that what is there afterwards was brought by these reads; then the advice.
  for (const page of pages) {
    const got = pread(file.fd, buffer.address, pageSize(), page * pageSize());
    if (got < 0) throw new SyscallError('pread', -got);
  }
  return cachestat(file.fd).cached;
}
