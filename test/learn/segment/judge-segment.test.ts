/** Segments that are laid out wrong are findings, and a broker that finds something else is an error. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { withBench } from '#learn/bench.ts';
import { judgeSegment } from '#learn/segment/judge-segment.ts';
import type { SegmentTask, SegmentTools } from '#learn/segment/segment-task.ts';
import { exercise } from '../../../labs/exercises/14-segment/check.ts';

const folder = mkdtempSync(join(tmpdir(), 'zc-judge-segment-'));
afterAll(() => rmSync(folder, { recursive: true }));

const task = exercise.task as SegmentTask;
const solution = join(process.cwd(), 'labs/exercises/14-segment/solution.ts');
let number = 0;

/** A learner's file that does as the solution does, but for what is given. */
function learner(layOut: string, positionOf: string): string {
  const file = join(folder, `${++number}.ts`);
  writeFileSync(
    file,
    `import { rmSync, writeFileSync } from 'node:fs';
    import * as right from '${solution}';
    export function layOut(folder: string, produced: string, baseOffset: number) { ${layOut} }
    export function positionOf(folder: string, baseOffset: number, offset: number) { ${positionOf} }`,
  );
  return file;
}

const lays = 'right.layOut(folder, produced, baseOffset);';
const finds = 'return right.positionOf(folder, baseOffset, offset);';

async function judged(layOut: string, positionOf: string, tools: SegmentTools = task.tools) {
  return await withBench((bench) => judgeSegment(learner(layOut, positionOf), { ...task, tools }, bench, 'all'));
}

test('judgeSegment() passes what is right, and says how much that was', async () => {
  expect(await judged(lays, finds)).toMatchObject({
    state: 'passed',
    proved: { answered: 'segment', cases: 6, numbers: { batches: 403 } },
  });
});

test.each([
  ['segment-name', '', finds],
  ['segment-name', `${lays} rmSync(folder + '/' + String(baseOffset).padStart(20, '0') + '.index');`, finds],
  ['segment-size', `${lays} writeFileSync(folder + '/' + String(baseOffset).padStart(20, '0') + '.log', '');`, finds],
  [
    'index-size',
    `${lays} writeFileSync(folder + '/' + String(baseOffset).padStart(20, '0') + '.index', 'entryone');`,
    finds,
  ],
  ['answer-threw', `${lays} if (baseOffset === 60) throw new Error('no');`, finds],
  ['answer-threw', lays, "throw new Error('no');"],
  ['answer-shape', lays, 'return undefined;'],
  ['answer-ends', lays, 'process.exit(0);'],
  ['position-differs', lays, 'return 0;'],
  ['position-differs', lays, `const at = right.positionOf(folder, baseOffset, offset); return at < 0 ? 0 : at;`],
] as const)('judgeSegment() finds %s', async (code, layOut, positionOf) => {
  const judgement = await judged(layOut, positionOf);
  expect(judgement.state === 'failed' && judgement.findings.map((found) => found.code)).toEqual([code]);
});

test.each([
  ['no record', (seen: ReturnType<SegmentTools['readBack']>) => ({ ...seen, endOffset: seen.startOffset })],
  ['a part of the bytes', (seen: ReturnType<SegmentTools['readBack']>) => ({ ...seen, bytes: seen.bytes - 1 })],
  ['no batch', (seen: ReturnType<SegmentTools['readBack']>) => ({ ...seen, found: [] })],
  [
    'another index',
    (seen: ReturnType<SegmentTools['readBack']>) => ({ ...seen, index: [{ relative: 1, position: 2 }] }),
  ],
] as const)('judgeSegment() says nothing when the broker finds %s', async (_, change) => {
  const readBack: SegmentTools['readBack'] = (...args) => change(task.tools.readBack(...args));
  await expect(judged(lays, finds, { ...task.tools, readBack })).rejects.toThrow('The broker finds something else');
});
