// Wrong: counts what was in memory before, because it never puts the file out.
// Found: reads-differ resident=4096
import { cachestat, fadvise, fileAdvice, Mapping, open, pageSize, pread } from '#libc';

export function predict(pages: readonly number[], advice: 'normal' | 'random'): 'exact' | 'more' {
  if (advice === 'random') return 'exact';
  return pages.some((page, at) => page === 0 || page - 1 === pages[at - 1]) ? 'more' : 'exact';
}

export function prove(path: string, pages: readonly number[], advice: 'normal' | 'random'): number {
  using file = open(path);
  using buffer = Mapping.anonymous(pageSize());

  fadvise(file.fd, fileAdvice[advice]);
  for (const page of pages) pread(file.fd, buffer.address, pageSize(), page * pageSize());
  return cachestat(file.fd).cached;
}
