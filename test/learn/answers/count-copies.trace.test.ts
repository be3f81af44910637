/** The calls of the copying loop, as strace sees them. */
import { expect, test } from 'vitest';
import { countCopies } from '#learn/answers/count-copies.ts';
import { withBench } from '#learn/bench.ts';
import { readCourse } from '#learn/course.ts';

test('countCopies() counts the last read, and a write for every piece that the pipe takes', async () => {
  const copies = [
    { fileBytes: 0, bufferBytes: 65_536, takesBytes: 65_536 },
    { fileBytes: 1, bufferBytes: 65_536, takesBytes: 65_536 },
    { fileBytes: 300_000, bufferBytes: 131_072, takesBytes: 65_536 },
  ];
  const { by, counted } = await withBench((bench) => countCopies(copies, bench));
  expect(by).toBe('trace');
  expect(counted.map(({ reads, writes }) => [reads, writes])).toEqual([
    [1, 0],
    [2, 1],
    [4, 5],
  ]);
});

test('the examples that the starter shows are what is counted', async () => {
  const { task } = (await readCourse('labs/exercises'))[0];
  if (task.kind !== 'predict-calls') throw new Error('The first exercise is another now');
  const { counted } = await withBench((bench) => countCopies(task.examples, bench));
  expect(counted).toEqual(task.examples);
});
