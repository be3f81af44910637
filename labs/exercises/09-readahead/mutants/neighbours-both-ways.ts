// Wrong: takes reads that go backwards for sequential ones.
// Right: on every example
// Found: readahead-differs advice=normal asked=16 resident=16 predicted=more
import { cachestat, fadvise, fileAdvice, Mapping, open, pageSize, pread } from '#libc';

export function predict(pages: readonly number[], advice: 'normal' | 'random'): 'exact' | 'more' {
  if (advice === 'random') return 'exact';
  return pages.some((page, at) => page === 0 || Math.abs(page - (pages[at - 1] ?? -9)) === 1) ? 'more' : 'exact';
}

export function prove(path: string, pages: readonly number[], advice: 'normal' | 'random'): number {
  using file = open(path);
  using buffer = Mapping.anonymous(pageSize());
  fadvise(file.fd, fileAdvice.dontNeed);
  fadvise(file.fd, fileAdvice[advice]);
  for (const page of pages) pread(file.fd, buffer.address, pageSize(), page * pageSize());
  return cachestat(file.fd).cached;
}
