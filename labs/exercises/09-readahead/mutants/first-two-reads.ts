// Wrong: looks at the first two reads only.
// Right: on every example
// Found: readahead-differs advice=normal asked=13 predicted=exact
import { cachestat, fadvise, fileAdvice, Mapping, open, pageSize, pread } from '#libc';

export function predict(pages: readonly number[], advice: 'normal' | 'random'): 'exact' | 'more' {
  if (advice === 'random') return 'exact';
  return pages[0] === 0 || pages[1] === (pages[0] ?? 0) + 1 ? 'more' : 'exact';
}

export function prove(path: string, pages: readonly number[], advice: 'normal' | 'random'): number {
  using file = open(path);
  using buffer = Mapping.anonymous(pageSize());
  fadvise(file.fd, fileAdvice.dontNeed);
  fadvise(file.fd, fileAdvice[advice]);
  for (const page of pages) pread(file.fd, buffer.address, pageSize(), page * pageSize());
  return cachestat(file.fd).cached;
}
