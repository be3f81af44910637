import { expect, test } from 'vitest';
import { callsOnFile } from '#learn/answers/index-calls.ts';
import { callFindings, countedCalls, lookupFindings } from '#learn/answers/judge-index-lookup.ts';
import type { Call } from '#proof/calls/index.ts';

const lookup = { entries: 3, target: 9, position: 4200 };
const about = { task: 'index-lookup', entries: 3, target: 9 };

test('lookupFindings() accepts the position and nothing else', () => {
  expect(lookupFindings(4200, lookup)).toEqual([]);
  expect(lookupFindings(100, lookup)).toEqual([
    { code: 'lookup-differs', args: { ...about, position: 4200, answered: 100 } },
  ]);
  expect(lookupFindings(null, lookup)).toEqual([{ code: 'answer-shape', args: { ...about, answered: 'null' } }]);
});

function call(name: string, args: readonly string[], result = 8): Call {
  return { thread: 1, name, args, result, errno: null, begun: 1, line: 1, remark: '' };
}

function found(...calls: readonly Call[]) {
  const { count, calls: seen } = callsOnFile('/x/a.index');
  for (const one of calls) count(one);
  return callFindings(seen, { entries: 3 }).map(({ code, args }) => [code, args.call, args.calls]);
}

const mapped = call('mmap', ['NULL', '24', 'PROT_READ', 'MAP_SHARED', '9</x/a.index>', '0'], 4096);

test('callFindings() wants the file to be mapped, and no call to read from it', () => {
  expect(found(mapped)).toEqual([]);
  expect(found(mapped, call('read', ['9</x/b.index>', '"…"', '8']))).toEqual([]);
  expect(found()).toEqual([['not-mapped', undefined, undefined]]);
  expect(found({ ...mapped, result: -1 })).toEqual([['not-mapped', undefined, undefined]]);
  const probe = call('pread64', ['9</x/a.index>', '"…"', '8', '16']);
  expect(found(mapped, probe, probe)).toEqual([['read-not-mapped', 'pread', 2]]);
  expect(found(mapped, call('sendfile', ['4<pipe:[1]>', '9</x/a.index>', '[0]', '24']))).toEqual([
    ['read-not-mapped', 'sendfile', 1],
  ]);
});

test("countedCalls() takes a read now and then for one of Node, and one in most lookups for the learner's", () => {
  const counted = (...reads: readonly number[]) => countedCalls(reads.map((readCalls) => ({ faults: 8, readCalls })));
  expect(counted(0, 0, 1, 0, 0)).toEqual({ reads: {}, maps: 8 });
  expect(counted(1, 0, 1, 2, 0)).toEqual({ reads: { read: 4 }, maps: 8 });
  expect(countedCalls([{ faults: 0, readCalls: 0 }]).maps).toBe(0);
});
