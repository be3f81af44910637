import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Follower } from '#guest/follower.ts';
import { temporaryTree } from '../house/temporary-tree.ts';

test('Follower hands on whole lines while the file grows, and the rest at the end', async () => {
  using tree = temporaryTree({ progress: '' });
  const file = join(tree.root, 'progress');
  const lines: string[] = [];
  using follower = new Follower(file, (line) => lines.push(line));
  appendFileSync(file, 'one\ntw');
  while (lines.length === 0) await wait(10);
  expect(lines).toEqual(['one']);
  appendFileSync(file, 'o\nthré');
  follower.finish();
  expect(lines).toEqual(['one', 'two', 'thré']);
});
