// Wrong: expects readahead at the beginning of the file and nowhere else.
// Right: on every example
// Found: readahead-differs advice=normal reads=16 predicted=exact
import { cachestat, fadvise, fileAdvice, Mapping, open, pageSize, pread } from '#libc';

export function predict(pages: readonly number[], advice: 'normal' | 'random'): 'exact' | 'more' {
  if (advice === 'random') return 'exact';
  return pages.includes(0) ? 'more' : 'exact';
}

export function prove(path: string, pages: readonly number[], advice: 'normal' | 'random'): number {
  using file = open(path);
  using buffer = Mapping.anonymous(pageSize());
  fadvise(file.fd, fileAdvice.dontNeed);
  fadvise(file.fd, fileAdvice[advice]);
  for (const page of pages) pread(file.fd, buffer.address, pageSize(), page * pageSize());
  return cachestat(file.fd).cached;
}
