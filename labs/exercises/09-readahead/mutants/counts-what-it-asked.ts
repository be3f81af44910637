// Wrong: counts the pages that it asked for, and never looks into the page cache.
// Found: residence-differs advice=normal answered=8
import { fadvise, fileAdvice, Mapping, open, pageSize, pread } from '#libc';

export function predict(pages: readonly number[], advice: 'normal' | 'random'): 'exact' | 'more' {
  if (advice === 'random') return 'exact';
  return pages.some((page, at) => page === 0 || page - 1 === pages[at - 1]) ? 'more' : 'exact';
}

export function prove(path: string, pages: readonly number[], advice: 'normal' | 'random'): number {
  using file = open(path);
  using buffer = Mapping.anonymous(pageSize());
  fadvise(file.fd, fileAdvice.dontNeed);
  fadvise(file.fd, fileAdvice[advice]);
  for (const page of pages) pread(file.fd, buffer.address, pageSize(), page * pageSize());
  return new Set(pages).size;
}
