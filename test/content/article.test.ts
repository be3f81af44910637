/** The reader of articles must see what is missing. */
import { describe, expect, test } from 'vitest';
import { exactSources, exercisesIn, glossaryTerms, unexplained } from './article.ts';

const glossary = glossaryTerms('**Page**: a unit. **memfd, seal**: a file.\n\n## Timeline\n\n- **2008**: an article.');

test('glossaryTerms() knows each word by itself, and no year', () => {
  expect([...glossary]).toEqual(['page', 'memfd', 'seal']);
});

describe('unexplained()', () => {
  test.each([
    'Two **pages** and a **seal**.',
    '- **Anything** in front.',
    '1. **Step.** Words.',
    '**Lead.** Words.',
    '| **cell** |',
  ])('lets %j stand', (text) => expect(unexplained(text, glossary)).toEqual([]));
  test('finds a term that nobody explained', () => {
    expect(unexplained('A **folio** in a **page**.\n\n- **Lead** and a **pipe**.', glossary)).toEqual([
      'folio',
      'pipe',
    ]);
  });
});

describe('exactSources()', () => {
  const listed = (item: string) => exactSources(`Words.\n\n## Sources\n\n- ${item}\n`);
  test.each([
    '[sendfile(2)](https://x.test), NOTES.',
    'Linux 6.12: [fs/splice.c](https://x.test) `do_splice`.',
    'Apache Kafka 3.8.0, [docs/design.html](https://x.test), section 4.3.',
    'A. and B., IBM developerWorks, 2008, figures 2 and 4.',
    'Linux documentation, [proc](https://x.test), *Kernel Data*.',
  ])('takes %j', (item) => expect(listed(item)).toEqual([item]));
  test.each([
    '[sendfile(2)](https://x.test).',
    'Somebody, *A Blog Post*, section 3.',
    'Apache Kafka 3.8.0, the documentation.',
  ])('does not take %j', (item) => expect(listed(item)).toEqual([]));
  test('takes nothing that stands before the sources', () => expect(exactSources('- Linux 6.12 `f`')).toEqual([]));
});

test('exercisesIn() finds links to exercises, and not to their list', () => {
  expect(exercisesIn('[a](/exercises/send-file/) and [all](/exercises/)')).toEqual(['send-file']);
});
