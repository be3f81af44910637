// Wrong: never tells the kernel that the reads are random.
// Right: on every example
// Found: reads-differ advice=random here=16
import { cachestat, fadvise, fileAdvice, Mapping, open, pageSize, pread } from '#libc';

export function predict(pages: readonly number[], advice: 'normal' | 'random'): 'exact' | 'more' {
  if (advice === 'random') return 'exact';
  return pages.some((page, at) => page === 0 || page - 1 === pages[at - 1]) ? 'more' : 'exact';
}

export function prove(path: string, pages: readonly number[], _advice: 'normal' | 'random'): number {
  using file = open(path);
  using buffer = Mapping.anonymous(pageSize());
  fadvise(file.fd, fileAdvice.dontNeed);

  for (const page of pages) pread(file.fd, buffer.address, pageSize(), page * pageSize());
  return cachestat(file.fd).cached;
}
